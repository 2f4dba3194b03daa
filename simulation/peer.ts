import * as Y from 'yjs'
import type { Command } from '#protocol/commands.ts'
import type { Result } from '#protocol/failures.ts'
import { permits, type Role } from '#protocol/roles.ts'
import type { FileNode } from '#protocol/sessions.ts'
import type { ClientDocument } from '#session/client-document.ts'
import type { ClientDocuments } from '#session/client-documents.ts'
import { nowhere } from '#session/outbox/browser-place.ts'
import { OwnEdits } from '#session/outbox/own-edits.ts'
import { Link } from './link.ts'
import { sessionId, type SimulatedServer, type Told } from './simulated-server.ts'
import type { VirtualTime } from './virtual-time.ts'

/** Everything that a person types here has this origin. */
const typed = Symbol('typed')

type Undo = { document: ClientDocument; manager: Y.UndoManager }

/** A browser tab: the real client documents over a link that the plan moves. */
export class Peer {
  readonly participantId: string
  role: Role = 'editor'
  revoked = false
  link: Link | undefined
  files = new Map<string, FileNode>()
  readonly edits: OwnEdits
  readonly documents: ClientDocuments
  /** By push id, what the server acknowledged. */
  readonly acknowledged = new Map<string, { fileId: string; seq: number }>()
  readonly #undo = new Map<string, Undo>()
  #online = false
  #sinceJoin: Told[] | undefined
  #pushes = 0

  constructor(participantId: string, time: VirtualTime) {
    this.participantId = participantId
    const push = async (payload: { fileId: string; pushId: string; epoch: number; update: Uint8Array }) => {
      const answer = (await this.#ask('document.push', payload)) as Result<{ seq: number }>
      if (answer.ok) this.acknowledged.set(payload.pushId, { fileId: payload.fileId, seq: answer.value.seq })
      return answer
    }
    this.edits = new OwnEdits({
      place: nowhere,
      sessionId,
      clock: time,
      newId: () => `${participantId}-${(this.#pushes += 1)}`,
      channel: {
        isOnline: () => this.#online,
        open: (fileId, opening) => this.#ask('document.open', { fileId, ...opening }) as never,
        rows: (fileId, afterSeq) => this.#ask('document.rows', { fileId, afterSeq }) as never,
        push,
        mismatch: (mismatch) => void this.#ask('document.mismatch', mismatch),
        offer: (offered) => this.#ask('document.offer', offered) as never,
      },
      pathOf: (fileId) => this.files.get(fileId)?.path,
      onHunks: () => {},
      onSaving: () => {},
      onOffered: () => {},
    })
    this.documents = this.edits.documents
    this.edits.open()
  }

  get mayEdit(): boolean {
    return permits(this.role, 'editor')
  }

  connect(server: SimulatedServer): void {
    if (this.link !== undefined || this.revoked) return
    const { participantId, role } = this
    // Told only through the link, which does not exist yet.
    const connection = server.connect({ participantId, role }, (told) => link.tell(() => this.#receive(told)))
    const link: Link = new Link(connection.serve, connection.leave)
    this.link = link
    this.#sinceJoin = []
    void link.request('session.join', {}).then((answer) => {
      if (!answer.ok || this.link !== link) return
      this.files = new Map((answer.value as FileNode[]).map((file) => [file.fileId, file]))
      const since = this.#sinceJoin ?? []
      this.#sinceJoin = undefined
      for (const told of since) this.#fold(told)
      for (const { fileId } of this.documents.all()) if (!this.files.has(fileId)) this.edits.remove(fileId)
      this.#online = true
      this.edits.online()
      for (const fileId of this.files.keys()) this.documents.open(fileId)
    })
  }

  cut(): void {
    const { link } = this
    if (link === undefined) return
    this.link = undefined
    this.#online = false
    this.#sinceJoin = undefined
    this.edits.offline()
    link.close()
  }

  /** The document of a file, where this person may write it now. */
  writable(fileId: string | undefined): ClientDocument | undefined {
    const document = fileId === undefined || !this.files.has(fileId) ? undefined : this.documents.get(fileId)
    if (document?.status.state !== 'open' || !this.mayEdit) return undefined
    this.#undoOf(document)
    return document
  }

  edit(fileId: string | undefined, change: (text: Y.Text) => void): void {
    const document = this.writable(fileId)
    document?.doc.transact(() => change(document.text), typed)
  }

  /** Returns the number of other people's characters before and after, which must be the same. */
  undo(fileId: string | undefined, how: 'undo' | 'redo'): [before: number, after: number] | undefined {
    const document = this.writable(fileId)
    if (document === undefined) return undefined
    const before = foreignCharacters(document)
    this.#undoOf(document).manager[how]()
    return [before, foreignCharacters(document)]
  }

  close(): void {
    this.cut()
    this.edits.close()
    for (const { manager } of this.#undo.values()) manager.destroy()
    for (const { fileId } of this.documents.all()) this.edits.remove(fileId)
  }

  #undoOf(document: ClientDocument): Undo {
    const known = this.#undo.get(document.fileId)
    if (known?.document === document) return known
    known?.manager.destroy()
    const manager = new Y.UndoManager(document.text, { trackedOrigins: new Set([typed]), captureTimeout: 0 })
    const made = { document, manager }
    this.#undo.set(document.fileId, made)
    return made
  }

  #ask(command: Command, payload: unknown): Promise<Result<unknown>> {
    return this.link?.request(command, payload) ?? Promise.resolve({ ok: false, error: { code: 'unavailable' } })
  }

  #receive(told: Told): void {
    this.#sinceJoin?.push(told)
    if (told.name === 'document.updated') this.documents.apply([told.payload])
    else if (told.name === 'document.head') this.documents.compare(told.payload)
    else this.#fold(told)
  }

  #fold(told: Told): void {
    if (told.name !== 'tree.changed') return
    for (const file of told.payload.changed) {
      this.files.set(file.fileId, file)
      this.documents.open(file.fileId)
    }
    for (const fileId of told.payload.removed) {
      this.files.delete(fileId)
      this.edits.remove(fileId)
    }
  }
}

/** Characters that stand in the text and were written under another client id. */
function foreignCharacters({ doc, text }: ClientDocument): number {
  let count = 0
  for (let item = text._start; item !== null; item = item.right) {
    if (!item.deleted && item.id.client !== doc.clientID) count += item.length
  }
  return count
}
