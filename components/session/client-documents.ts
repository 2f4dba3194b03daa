import type { DocumentHead, DocumentRange, DocumentRows } from '#protocol/documents.ts'
import type { FailureCode, Result } from '#protocol/failures.ts'
import type { Hunk } from '#protocol/hunks.ts'
import { limits } from '#protocol/limits.ts'
import { ClientDocument, type Opening, type WrittenPush } from './client-document.ts'
import type { Clock } from './clock.ts'
import type { WholeDocument } from './large-state.ts'
import type { PushPlaces } from './push-places.ts'

/** How documents reach the server. */
export type DocumentChannel = {
  isOnline(): boolean
  /** `signal` ends it where the connection goes that asked. */
  open(fileId: string, opening: Opening, signal: AbortSignal): Promise<Result<WholeDocument>>
  rows(fileId: string, afterSeq: number): Promise<Result<DocumentRows>>
  push(push: OutgoingPush): Promise<Result<{ seq: number }>>
  mismatch(mismatch: DocumentHead): void
  /** Edits that the person's role does not allow any more, to be proposed. */
  offer(push: OutgoingPush): Promise<Result<{ hunks: number }>>
}

export type OutgoingPush = { fileId: string; pushId: string; epoch: number; update: Uint8Array }

/** What keeps pushes of a file beyond this tab. */
export type PushKeeper = {
  keep(fileId: string, push: WrittenPush, instead: readonly string[], onLate: () => void): Promise<boolean>
  keepBase(fileId: string, clientId: number, state: Uint8Array): void
  forget(pushIds: readonly string[]): void
}

type ClientDocumentsOptions = {
  channel: DocumentChannel
  keeper: PushKeeper
  places: PushPlaces
  clock: Clock
  newPushId: () => string
  onHunks: (hunks: Hunk[]) => void
  onPendingChanged: () => void
  /** The server does not go on with the document; `not_found` also where the file went away with edits that were not stored. */
  onRefused: (document: ClientDocument, code: FailureCode) => void
}

/** The documents that this tab holds. One entry per file; a rename changes nothing here. */
export class ClientDocuments {
  /** The documents whose text is here, another map whenever one of them comes or goes: those that are open, or were until refused. */
  opened: ReadonlyMap<string, ClientDocument> = new Map()
  private readonly documents = new Map<string, ClientDocument>()
  private readonly listeners = new Set<() => void>()
  private readonly options: ClientDocumentsOptions

  constructor(options: ClientDocumentsOptions) {
    this.options = options
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
    const { channel, keeper, places, clock, newPushId, onHunks, onPendingChanged, onRefused } = this.options
    const document = new ClientDocument({
      fileId,
      clock,
      newPushId,
      isOnline: () => channel.isOnline(),
      open: (opening, signal) => channel.open(fileId, opening, signal),
      rows: (afterSeq) => channel.rows(fileId, afterSeq),
      isLarge,
      send: (push) => channel.push({ fileId, ...push }),
      keep: (push, instead, onLate) => keeper.keep(fileId, push, instead, onLate),
      keepBase: (clientId, state) => keeper.keepBase(fileId, clientId, state),
      forget: (pushIds) => keeper.forget(pushIds),
      claim: places.claim,
      release: places.release,
      onHunks,
      onPendingChanged,
    })
    this.documents.set(fileId, document)
    document.subscribe(() => {
      this.opened = new Map(this.opened).set(fileId, document)
      this.changed()
      if (document.status.state === 'refused') onRefused(document, document.status.reason)
    })
    void document.reopen()
    this.changed()
    return document
  }

  /** Resolves when the document is open, or will not be. */
  async whenOpen(fileId: string): Promise<ClientDocument> {
    const document = this.open(fileId)
    if (document.status.state !== 'opening') return document
    return new Promise((resolve) => {
      const stop = this.subscribe(() => {
        if (document.status.state === 'opening' && this.documents.get(fileId) === document) return
        stop()
        resolve(document)
      })
    })
  }

  /** Committed rows in the order in which they arrived. A document that this tab does not hold yet is opened by its row. */
  apply(rows: DocumentRange[]) {
    const byFile = new Map<string, DocumentRange[]>()
    for (const row of rows) byFile.set(row.fileId, [...(byFile.get(row.fileId) ?? []), row])
    for (const [fileId, own] of byFile) this.open(fileId).apply(own)
  }

  /** What the server says a document is. One that is something else here is read anew; that should never happen. */
  compare(head: DocumentHead) {
    const hash = this.documents.get(head.fileId)?.mismatch(head)
    if (hash === undefined) return
    this.options.channel.mismatch({ ...head, hash })
    this.discard(head.fileId)
  }

  /** After a (re)connect. */
  reopenAll() {
    for (const document of this.documents.values()) void document.reopen()
  }

  /** The connection is gone; edits are kept and sent again after the reconnect. */
  suspendAll() {
    for (const document of this.documents.values()) document.suspend()
  }

  pumpAll() {
    for (const document of this.documents.values()) document.pump()
  }

  sealAll() {
    for (const document of this.documents.values()) document.seal()
  }

  /** The file is gone. */
  remove(fileId: string) {
    const document = this.documents.get(fileId)
    if (document === undefined) return
    if (document.pending > 0) this.options.onRefused(document, 'not_found')
    else this.letGo(document)
  }

  /** Reads the file anew. Returns the ids of its pushes that are still kept; what was not stored is gone from here. */
  discard(fileId: string): string[] {
    const document = this.documents.get(fileId)
    const pushIds = document === undefined ? [] : this.letGo(document)
    this.open(fileId)
    return pushIds
  }

  /** Returns the ids of its pushes that are still kept. */
  letGo(document: ClientDocument): string[] {
    if (this.documents.get(document.fileId) !== document) return []
    this.documents.delete(document.fileId)
    const pushIds = document.close()
    this.opened = new Map([...this.opened].filter(([fileId]) => fileId !== document.fileId))
    this.changed()
    return pushIds
  }

  private changed() {
    for (const listener of this.listeners) listener()
  }
}

export function isLarge(update: Uint8Array): boolean {
  return update.byteLength > limits.pushBytes
}
