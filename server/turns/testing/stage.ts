import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { onTestFinished } from 'vitest'
import * as Y from 'yjs'
import { createDocuments } from '#documents/create-documents.ts'
import type { Documents } from '#documents/documents.ts'
import { similarPlace } from '#edits/similar-place.ts'
import type { ServerEvents } from '#protocol/events.ts'
import type { HunkEvent } from '#protocol/hunks.ts'
import type { TurnFrame } from '#protocol/turns.ts'
import { createSessions } from '#sessions/create-sessions.ts'
import type { Sessions } from '#sessions/sessions.ts'
import { openStore } from '#store/open-store.ts'
import type { Store, StoredHunk, TurnRecord } from '#store/store.ts'
import { createTurns } from '../create-turns.ts'
import type { TurnEvent, Turns, Viewer } from '../turns.ts'
import { ManualTimers } from './manual-timers.ts'
import { ScriptedModel } from './scripted-model.ts'

const log = pino({ level: 'silent' })
const frameMs = 16

/** A session on a real store with real documents, a scripted model, and time that only the test moves. */
export class Stage {
  readonly store: Store
  readonly documents: Documents
  readonly sessions: Sessions
  readonly turns: Turns
  readonly model = new ScriptedModel()
  readonly timers = new ManualTimers()
  readonly events: TurnEvent[] = []
  readonly tab = new WatchingTab()
  readonly sessionId: string
  readonly owner: string

  private constructor(rooms: { store: Store; sessionId: string; owner: string; nextId: () => string }) {
    this.store = rooms.store
    this.sessionId = rooms.sessionId
    this.owner = rooms.owner
    this.documents = createDocuments({ store: rooms.store, log })
    this.sessions = sessionsOn(rooms.store, this.documents, rooms.nextId)
    this.turns = createTurns({
      store: this.store,
      documents: this.documents,
      sessions: this.sessions,
      backends: new Map([
        [
          'scripted',
          { info: { backendId: 'scripted', name: 'Scripted', kind: 'live', models: ['scripted'] }, model: this.model },
        ],
      ]),
      recordedPrompts: () => [],
      clock: { now: () => 1_000 },
      timers: this.timers,
      search: async (text, { oldLines, newLines }) => similarPlace(text, oldLines, newLines, () => false),
      ids: { next: rooms.nextId },
      log,
    })
    this.turns.onEvent((event) => this.events.push(event))
    this.turns.watch(this.sessionId, this.tab, [])
    this.documents.onCommitted(({ hunkEvents }) => this.tab.hunks.push(...(hunkEvents ?? [])))
    onTestFinished(() => this.leave())
  }

  /** `files`: text by path. `file`: where the database is kept; in memory where absent. */
  static async open(files: Record<string, string> = {}, file = ':memory:'): Promise<Stage> {
    const store = await openStore({ file, log })
    onTestFinished(() => store.close())
    const nextId = countedIds('id')
    const documents = createDocuments({ store, log })
    const sessions = sessionsOn(store, documents, nextId)
    const { sessionId } = await sessions.createEmpty('visit')
    await sessions.chooseModel(sessionId, 'scripted', 'scripted')
    const [owner] = await sessions.participants(sessionId)
    for (const [path, text] of Object.entries(files)) await sessions.createFile(sessionId, path, { text })
    await documents.close()
    return new Stage({ store, sessionId, owner: owner?.participantId ?? '', nextId })
  }

  /** The server as it is after a restart: nothing in memory, the same store. */
  reopen(): Stage {
    return new Stage({ store: this.store, sessionId: this.sessionId, owner: this.owner, nextId: countedIds('again') })
  }

  async leave(): Promise<void> {
    await this.turns.close()
    await this.documents.close()
  }

  async ask(prompt = 'Change it', more: { redirect?: string; openFileIds?: string[]; participantId?: string } = {}) {
    const { turnId } = await this.turns.start({
      sessionId: this.sessionId,
      participantId: this.owner,
      prompt,
      references: [],
      openFileIds: [],
      ...more,
    })
    return turnId
  }

  /** Stops a turn, as the owner. */
  stop = (turnId: string) => this.turns.stop(this.sessionId, turnId, { participantId: this.owner, removesAny: true })

  /** Asks, and waits until the model was asked. */
  async asked(prompt?: string, more: { openFileIds?: string[] } = {}): Promise<string> {
    const before = this.model.requests.length
    const turnId = await this.ask(prompt, more)
    await until(() => this.model.requests.length > before)
    return turnId
  }

  /** Asks for an inline edit of a selection, given as offsets, or as the text that is selected. */
  async inline(
    path: string,
    selected: string | { start: number; end: number },
    prompt = 'Change them',
    participantId = this.owner,
  ) {
    const fileId = await this.fileId(path)
    const { update } = await this.documents.open(fileId, { participantId })
    const doc = new Y.Doc()
    Y.applyUpdate(doc, update)
    const text = doc.getText('text')
    const from = typeof selected === 'string' ? text.toString().indexOf(selected) : selected.start
    const to = typeof selected === 'string' ? from + selected.length : selected.end
    const encoded = (index: number, assoc: number) =>
      Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, index, assoc))
    const target = { fileId, start: encoded(from, 0), end: encoded(to, from === to ? 0 : -1) }
    return (await this.turns.inline({ sessionId: this.sessionId, participantId, prompt, target })).turnId
  }

  /** Asks for an inline edit, and waits until the model was asked. */
  async inlineAsked(...asked: Parameters<Stage['inline']>): Promise<string> {
    const before = this.model.requests.length
    const turnId = await this.inline(...asked)
    await until(() => this.model.requests.length > before)
    return turnId
  }

  /** Lets time pass in frames, with everything that becomes durable in between. */
  async pass(frames = 1): Promise<void> {
    for (let frame = 0; frame < frames; frame += 1) {
      await quiet()
      this.timers.advance(frameMs)
      await quiet()
    }
  }

  /** Waits for the end of a turn, frame by frame. */
  async end(turnId: string): Promise<ServerEvents['turn.ended']> {
    for (let frame = 0; frame < 200; frame += 1) {
      const ended = this.tab.endings.find((ending) => ending.turnId === turnId)
      if (ended !== undefined) return ended
      await this.pass()
    }
    throw new Error(`the turn ${turnId} does not end`)
  }

  /** Asks and lets the model give this whole answer. */
  async answer(text: string, more: { openFileIds?: string[] } = {}): Promise<string> {
    const turnId = await this.asked('Change it', more)
    this.model.say(text)
    this.model.finish()
    await this.end(turnId)
    return turnId
  }

  async fileId(path: string): Promise<string> {
    const file = (await this.sessions.files(this.sessionId)).find((candidate) => candidate.path === path)
    if (file === undefined) throw new Error(`no file ${path}`)
    return file.fileId
  }

  async text(path: string): Promise<string> {
    return (await this.documents.text(await this.fileId(path))).text
  }

  async hunks(): Promise<StoredHunk[]> {
    return this.store.hunks(this.sessionId)
  }

  async turn(turnId: string): Promise<TurnRecord> {
    const turn = await this.store.turn(turnId)
    if (turn === undefined) throw new Error(`no turn ${turnId}`)
    return turn
  }

  /** Where a hunk is in its document now. */
  async rangeOf({ path, start, end }: StoredHunk): Promise<{ start: number; end: number }> {
    const { update } = await this.documents.open(await this.fileId(path), { participantId: this.owner })
    const doc = new Y.Doc()
    Y.applyUpdate(doc, update)
    doc.getText('text')
    const indexOf = (position?: Uint8Array) =>
      Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(position ?? new Uint8Array()), doc)?.index ?? -1
    return { start: indexOf(start), end: indexOf(end) }
  }

  decide(decision: 'accept' | 'reject' | 'revert' | 'redo', hunkIds: string[]) {
    return this.turns.decide({ sessionId: this.sessionId, participantId: this.owner, hunkIds, decision })
  }

  apply(hunkId: string, candidate = 0) {
    return this.turns.apply({ sessionId: this.sessionId, participantId: this.owner, hunkId, candidate })
  }

  /** Paths of the session's files. */
  async paths(): Promise<string[]> {
    return (await this.sessions.files(this.sessionId)).map(({ path }) => path).toSorted()
  }

  restore(turnId: string, what: { files?: boolean; chat?: boolean } = { files: true }) {
    const { sessionId, owner: participantId } = this
    return this.turns.restore({ sessionId, participantId, turnId, files: false, chat: false, ...what })
  }

  /** Text of every text file by path. */
  async texts(): Promise<Record<string, string>> {
    const files = await this.sessions.files(this.sessionId)
    const texts = await this.sessions.texts(this.sessionId)
    const pathOf = new Map(files.map(({ fileId, path }) => [fileId, path]))
    return Object.fromEntries(texts.map(({ fileId, text }) => [pathOf.get(fileId) ?? '', text]))
  }

  /** A person edits a file; resolves when it is committed. */
  async type(path: string, edit: (text: Y.Text) => void): Promise<void> {
    const fileId = await this.fileId(path)
    const { clientId, update } = await this.documents.open(fileId, { participantId: this.owner })
    const doc = new Y.Doc()
    doc.clientID = clientId
    Y.applyUpdate(doc, update)
    const before = Y.encodeStateVector(doc)
    doc.transact(() => edit(doc.getText('text')))
    const push = { participantId: this.owner, pushId: `push${clientId}`, update: Y.encodeStateAsUpdate(doc, before) }
    await this.documents.push(fileId, push)
    this.documents.release(fileId)
  }
}

export class WatchingTab implements Viewer {
  readonly frames: TurnFrame[] = []
  readonly endings: ServerEvents['turn.ended'][] = []
  /** What the session's connections are told about hunks in documents. */
  readonly hunks: HunkEvent[] = []

  ready(): boolean {
    return true
  }
  frame(frame: TurnFrame): void {
    this.frames.push(frame)
  }
  ended(ended: ServerEvents['turn.ended']): void {
    this.endings.push(ended)
  }
  textOf(turnId: string): string {
    return this.frames
      .filter((frame) => frame.turnId === turnId)
      .map(({ text }) => text)
      .join('')
  }
}

export async function until(condition: () => boolean): Promise<void> {
  for (let round = 0; round < 2_000; round += 1) {
    if (condition()) return
    await new Promise(setImmediate)
  }
  throw new Error('what the test waits for does not happen')
}

/** Lets everything run that waits for nothing but the event loop. */
async function quiet(): Promise<void> {
  for (let round = 0; round < 12; round += 1) await new Promise(setImmediate)
}

function sessionsOn(store: Store, documents: Documents, nextId: () => string): Sessions {
  const samplesDir = mkdtempSync(join(tmpdir(), 'flint-no-samples-'))
  onTestFinished(() => rmSync(samplesDir, { recursive: true }))
  return createSessions({
    store,
    documents,
    samplesDir,
    clock: () => 1_000,
    ids: nextId,
    defaultBackend: () => ({ backendId: 'scripted', model: 'scripted' }),
    log,
  })
}

function countedIds(prefix: string): () => string {
  let last = 0
  return () => `${prefix}${++last}`
}
