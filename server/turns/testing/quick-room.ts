import * as Y from 'yjs'
import { DocumentFailure, type Author, type Documents, type Replica } from '#documents/documents.ts'
import type { FileNode } from '#protocol/sessions.ts'
import { SessionFailure, type Sessions } from '#sessions/sessions.ts'
import type { Store, StoredHunk, StoredHunkEvent } from '#store/store.ts'
import { DocumentLines } from '../document-lines.ts'

const sessionId = 'session'
const nothingToReverse = { inserted: [], deleted: [] }

type QuickFile = { file: FileNode; doc: Y.Doc }

/**
 * Documents, tree and hunk records of one session in memory, for properties that need thousands of turns: everything is durable at once,
 * and everybody is told in the same tick. What the real rooms add, the tests on `Stage` cover.
 */
export class QuickRoom {
  readonly sessionId = sessionId
  readonly hunks = new Map<string, StoredHunk>()
  readonly lines = new DocumentLines()
  readonly turns: { turnId: string; number: number; kind: 'chat'; status: 'ended' }[] = []
  readonly documents: Documents
  readonly sessions: Sessions
  readonly store: Store
  readonly #files = new Map<string, QuickFile>()
  readonly #replicas = new Set<{ fileId: string; doc: Y.Doc; origin: object }>()
  #lastId = 0
  #lastClient = 100

  constructor(files: Record<string, string>) {
    for (const [path, text] of Object.entries(files)) this.#add(path, text)
    this.documents = {
      replica: async (fileId: string, author: Author) => this.#replica(fileId, author),
    } as unknown as Documents
    this.sessions = this.#tree() as unknown as Sessions
    this.store = this.#records() as unknown as Store
  }

  newId(): string {
    this.#lastId += 1
    return `id${this.#lastId}`
  }

  paths(): string[] {
    return [...this.#files.values()].map(({ file }) => file.path).toSorted()
  }

  files(): FileNode[] {
    return [...this.#files.values()].map(({ file }) => file)
  }

  text(path: string): string {
    return this.#at(path).doc.getText('text').toString()
  }

  /** As it would be exported, with the line endings that it had. */
  exported(path: string): string {
    return this.#at(path).file.lineEnding === 'crlf' ? this.text(path).replaceAll('\n', '\r\n') : this.text(path)
  }

  texts(): Map<string, string> {
    return new Map(this.files().map(({ fileId, path }) => [fileId, this.text(path)]))
  }

  doc(fileId: string): Y.Doc | undefined {
    return this.#files.get(fileId)?.doc
  }

  /** A person's own copy of a file, which sends and receives when it is told to. */
  person(path: string): Person {
    const { file, doc } = this.#at(path)
    this.#lastClient += 1
    return new Person(doc, this.#lastClient, {
      isThere: () => this.#files.has(file.fileId),
      spread: (update) => this.#spread(file.fileId, update, undefined),
    })
  }

  #at(path: string): QuickFile {
    const found = [...this.#files.values()].find(({ file }) => file.path === path)
    if (found === undefined) throw new Error(`no file ${path}`)
    return found
  }

  #add(path: string, text: string, proposedBy?: string): FileNode {
    const fileId = this.newId()
    const doc = quickDoc()
    doc.clientID = 1
    doc.getText('text').insert(0, text.replaceAll('\r\n', '\n'))
    const file: FileNode = {
      fileId,
      path,
      kind: 'text',
      lineEnding: text.includes('\r\n') ? 'crlf' : 'lf',
      bytes: text.length,
      ...(proposedBy !== undefined && { proposedBy }),
    }
    this.#files.set(fileId, { file, doc })
    return file
  }

  #spread(fileId: string, update: Uint8Array, from: object | undefined): void {
    const master = this.doc(fileId)
    if (master === undefined) throw new DocumentFailure('not_found')
    Y.applyUpdate(master, update)
    for (const { fileId: of, doc, origin } of this.#replicas) if (of === fileId && origin !== from) Y.applyUpdate(doc, update)
  }

  #replica(fileId: string, _author: Author): Replica {
    const master = this.doc(fileId)
    if (master === undefined) throw new DocumentFailure('not_found')
    const doc = quickDoc()
    this.#lastClient += 1
    doc.clientID = this.#lastClient
    const text = doc.getText('text')
    Y.applyUpdate(doc, Y.encodeStateAsUpdate(master))
    const origin = {}
    const entry = { fileId, doc, origin }
    this.#replicas.add(entry)
    return {
      fileId,
      clientId: doc.clientID,
      doc,
      text,
      commit: async (edit, hunkEvents) => {
        const before = Y.encodeStateVector(doc)
        if (edit !== undefined) doc.transact(() => edit(text), origin)
        const events = hunkEvents?.() ?? []
        this.#spread(fileId, Y.encodeStateAsUpdate(doc, before), origin)
        this.#apply(events)
        return { seq: 0 }
      },
      onForeignChange: (listener) => {
        const observe = (event: Y.YTextEvent, transaction: Y.Transaction) => {
          if (transaction.origin !== origin) listener(event)
        }
        text.observe(observe)
        return () => text.unobserve(observe)
      },
      close: () => void this.#replicas.delete(entry),
    }
  }

  #apply(events: readonly StoredHunkEvent[]): void {
    for (const { event, reversal, undoing } of events) {
      const hunkId = event.type === 'grew' ? event.hunkId : event.hunk.hunkId
      const known = this.hunks.get(hunkId)
      const kept = { sessionId, reversal: reversal ?? known?.reversal ?? nothingToReverse }
      const way = undoing === undefined ? known?.undoing : (undoing ?? undefined)
      if (event.type !== 'grew') {
        this.hunks.set(hunkId, copyOf({ ...event.hunk, ...kept, ...(way !== undefined && { undoing: way }) }))
      } else if (known !== undefined) {
        const { start, end, addedLines, replaced } = event
        const old = replaced && { baseText: known.baseText + replaced.text, deletedLines: replaced.lines }
        this.hunks.set(hunkId, copyOf({ ...known, ...kept, ...old, start, end, addedLines }))
      }
    }
  }

  #tree() {
    const find = (fileId: string) => {
      const found = this.#files.get(fileId)
      if (found === undefined) throw new SessionFailure('not_found')
      return found
    }
    return {
      files: async () => this.files(),
      file: async (_session: string, fileId: string) => this.#files.get(fileId)?.file,
      createFile: async (
        _session: string,
        path: string,
        { text = '', proposedBy, hunkEvents }: Parameters<Sessions['createFile']>[2] = {},
      ) => {
        if (this.paths().includes(path)) throw new SessionFailure('path_taken')
        const file = this.#add(path, text, proposedBy)
        this.#apply(hunkEvents?.(file) ?? [])
        return file
      },
      deleteFile: async (_session: string, fileId: string) => void this.#files.delete(find(fileId).file.fileId),
      renameFile: async (_session: string, fileId: string, path: string) => {
        if (this.paths().includes(path)) throw new SessionFailure('path_taken')
        const found = find(fileId)
        found.file = { ...found.file, path }
        return found.file
      },
      confirmFile: async (_session: string, fileId: string) => {
        const found = find(fileId)
        const { proposedBy: _proposed, ...confirmed } = found.file
        found.file = confirmed
      },
      onEvent: () => () => {},
    }
  }

  #records() {
    const those = (isMeant: (hunk: StoredHunk) => boolean) => [...this.hunks.values()].filter(isMeant).map(copyOf)
    return {
      saveHunks: async (_session: string, events: StoredHunkEvent[]) => this.#apply(events),
      hunks: async () => those(() => true),
      hunksById: async (hunkIds: string[]) =>
        hunkIds.flatMap((hunkId) => {
          const hunk = this.hunks.get(hunkId)
          return hunk === undefined ? [] : copyOf(hunk)
        }),
      hunksOfTurn: async (turnId: string) => those((hunk) => hunk.turnId === turnId),
      hunksOfFile: async (_session: string, fileId: string) => those((hunk) => hunk.fileId === fileId),
      turns: async () => [...this.turns],
      turn: async (turnId: string) => this.turns.find((turn) => turn.turnId === turnId),
    }
  }
}

/** The random id that a document makes up for itself is slow, and nobody asks for it. */
function quickDoc(): Y.Doc {
  return new Y.Doc({ guid: '' })
}

/** As deep as anybody changes it; `structuredClone` would take most of the time of a run. */
function copyOf({ reversal, undoing, ...hunk }: StoredHunk): StoredHunk {
  const copied = ({ inserted, deleted, ...rest }: StoredHunk['reversal']) => ({
    inserted: [...inserted],
    deleted: [...deleted],
    ...rest,
  })
  return { ...hunk, reversal: copied(reversal), ...(undoing !== undefined && { undoing: copied(undoing) }) }
}

/** Edits its own copy of a document; others see that after `send`, and it sees theirs after `receive`. */
export class Person {
  readonly doc = quickDoc()
  readonly #master: Y.Doc
  readonly #file: { isThere: () => boolean; spread: (update: Uint8Array) => void }

  constructor(master: Y.Doc, clientId: number, file: { isThere: () => boolean; spread: (update: Uint8Array) => void }) {
    this.#master = master
    this.#file = file
    this.doc.clientID = clientId
    this.doc.getText('text')
    this.receive()
  }

  get text(): Y.Text {
    return this.doc.getText('text')
  }

  /** Whether the file still is in the session. */
  get isThere(): boolean {
    return this.#file.isThere()
  }

  send(): void {
    if (this.isThere) this.#file.spread(Y.encodeStateAsUpdate(this.doc, Y.encodeStateVector(this.#master)))
  }

  receive(): void {
    Y.applyUpdate(this.doc, Y.encodeStateAsUpdate(this.#master, Y.encodeStateVector(this.doc)))
  }
}
