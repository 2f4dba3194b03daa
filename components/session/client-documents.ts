import type { Reply } from '#protocol/commands.ts'
import type { Result } from '#protocol/failures.ts'
import { limits } from '#protocol/limits.ts'
import { ClientDocument, type DocumentRow, type Opening } from './client-document.ts'
import type { Clock } from './clock.ts'

/** How documents reach the server. */
export type DocumentChannel = {
  isOnline(): boolean
  open(fileId: string, opening: Opening): Promise<Result<Reply<'document.open'>>>
  push(push: OutgoingPush): Promise<Result<{ seq: number }>>
  /** For updates above `limits.pushBytes`. */
  pushLarge(push: OutgoingPush): Promise<Result<{ seq: number }>>
}

/** A file went away before own edits of it were stored: what it looked like here. */
export type DroppedEdits = { fileId: string; text: string }

export type OutgoingPush = { fileId: string; pushId: string; update: Uint8Array }

/** The documents that this tab holds. One entry per file; a rename changes nothing here. */
export class ClientDocuments {
  /** The documents whose text is here, another map whenever one of them comes or goes: those that are open, or were until refused. */
  opened: ReadonlyMap<string, ClientDocument> = new Map()
  private readonly documents = new Map<string, ClientDocument>()
  private readonly listeners = new Set<() => void>()
  private readonly channel: DocumentChannel
  private readonly clock: Clock
  private readonly newPushId: () => string
  private readonly onGap: () => void
  private readonly onPendingChanged: (pending: number) => void
  private readonly droppedListeners = new Set<(dropped: DroppedEdits) => void>()
  private inFlight = 0

  constructor(options: {
    channel: DocumentChannel
    clock: Clock
    newPushId: () => string
    onGap: () => void
    onPendingChanged: (pending: number) => void
  }) {
    this.channel = options.channel
    this.clock = options.clock
    this.newPushId = options.newPushId
    this.onGap = options.onGap
    this.onPendingChanged = options.onPendingChanged
  }

  /** Own edits of all documents that the server has not stored yet. */
  get pending(): number {
    return [...this.documents.values()].reduce((sum, document) => sum + document.pending, 0)
  }

  all(): ClientDocument[] {
    return [...this.documents.values()]
  }

  get(fileId: string): ClientDocument | undefined {
    return this.documents.get(fileId)
  }

  /** Told when a document was added, replaced or removed, or has another status. Returns its undo. */
  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** The document of a file; opened in the background where this tab does not hold it yet. */
  open(fileId: string): ClientDocument {
    const known = this.documents.get(fileId)
    if (known !== undefined) return known
    const document = new ClientDocument({
      fileId,
      clock: this.clock,
      newPushId: this.newPushId,
      isOnline: () => this.channel.isOnline(),
      open: (opening) => this.channel.open(fileId, opening),
      isLarge,
      send: (pushId, update) => {
        const push = { fileId, pushId, update }
        return isLarge(update) ? this.channel.pushLarge(push) : this.channel.push(push)
      },
      claim: () => {
        if (this.inFlight >= limits.pushesInFlight) return false
        this.inFlight += 1
        return true
      },
      release: () => {
        this.inFlight -= 1
        if (this.inFlight === limits.pushesInFlight - 1) for (const other of this.documents.values()) other.pump()
      },
      onGap: this.onGap,
      onPendingChanged: () => this.onPendingChanged(this.pending),
    })
    this.documents.set(fileId, document)
    document.subscribe(() => {
      this.opened = new Map(this.opened).set(fileId, document)
      this.changed()
    })
    void document.reopen()
    this.changed()
    return document
  }

  /** Committed rows in the order in which they arrived. A document that this tab does not hold yet is opened by its row. */
  apply(rows: DocumentRow[]) {
    const byFile = new Map<string, DocumentRow[]>()
    for (const row of rows) byFile.set(row.fileId, [...(byFile.get(row.fileId) ?? []), row])
    for (const [fileId, own] of byFile) this.open(fileId).apply(own)
  }

  /** After a (re)connect. */
  reopenAll() {
    for (const document of this.documents.values()) void document.reopen()
  }

  /** The connection is gone; edits are kept and sent again after the reconnect. */
  suspendAll() {
    for (const document of this.documents.values()) document.suspend()
  }

  /** Told when a file went away with own edits that were not stored. Returns its undo. */
  onDropped(listener: (dropped: DroppedEdits) => void): () => void {
    this.droppedListeners.add(listener)
    return () => this.droppedListeners.delete(listener)
  }

  /** The file is gone: lets go of its document, and tells of edits that were not stored. */
  remove(fileId: string) {
    const document = this.documents.get(fileId)
    if (document === undefined) return
    const dropped = document.pending > 0 ? { fileId, text: document.text.toString() } : undefined
    this.letGo(document)
    if (dropped !== undefined) for (const listener of this.droppedListeners) listener(dropped)
  }

  /** Gives up edits that the server refused and reads the file anew. */
  discard(fileId: string): ClientDocument {
    const document = this.documents.get(fileId)
    if (document !== undefined) this.letGo(document)
    return this.open(fileId)
  }

  private letGo(document: ClientDocument) {
    this.documents.delete(document.fileId)
    document.close()
    this.opened = new Map([...this.opened].filter(([fileId]) => fileId !== document.fileId))
    this.changed()
  }

  private changed() {
    for (const listener of this.listeners) listener()
  }
}

function isLarge(update: Uint8Array): boolean {
  return update.byteLength > limits.pushBytes
}
