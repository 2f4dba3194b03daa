import * as Y from 'yjs'
import type { FailureCode } from '#protocol/failures.ts'
import type { ClientDocument } from '../client-document.ts'
import { isLarge, type ClientDocuments } from '../client-documents.ts'
import type { Clock } from '../clock.ts'
import type { KeptCopies } from './kept-copies.ts'
import { strandedText, type Stranded } from './left-edits.ts'
import type { Offered, Offers } from './offers.ts'
import type { Outbox } from './outbox.ts'
import type { AsideReason, KeptCopy, OutboxRow } from './outbox-database.ts'

type StrandedEditsOptions = {
  sessionId: string
  documents: ClientDocuments
  outbox: Outbox
  copies: KeptCopies
  offers: Offers
  clock: Clock
  onOffered(offered: Offered): void
  onPlacing(): void
  newId(): string
  pathOf(fileId: string): string | undefined
}

/**
 * Finds a place for edits that the server does not take any more: a proposal, where only the person's role has changed, else a copy that
 * the person decides about. Whatever happens, they are in the outbox, in a copy, or on the server.
 */
export class StrandedEdits {
  private readonly options: StrandedEditsOptions
  /** Edits of tabs that are gone for which a place is being found; until then they are in the outbox alone. */
  placing = 0

  constructor(options: StrandedEditsOptions) {
    this.options = options
  }

  /** Of a document of this tab. Other refusals than these leave it read-only, until the person has it read anew. */
  ofDocument(document: ClientDocument, code: FailureCode) {
    if (code === 'epoch_changed') void this.setAside(document, 'epoch')
    else if (code === 'not_found' && document.pending > 0) void this.setAside(document, 'file_gone')
    else if (code === 'denied' && document.pending > 0) void this.offer(document)
  }

  /** The person may not edit any more: what was typed before becomes a proposal, else a copy. */
  private async offer(document: ClientDocument): Promise<void> {
    const { documents, outbox, onOffered } = this.options
    const { fileId, epoch } = document
    const rest = document.rest()
    if (rest === undefined) return
    const taken = await this.offered(fileId, epoch, rest)
    // The file went away, or was read anew, meanwhile.
    if (documents.get(fileId) !== document) return
    if (taken === undefined) return this.setAside(document, 'denied')
    outbox.forget(documents.discard(fileId))
    onOffered({ path: this.pathOf(fileId), edits: rest.edits, hunks: taken.hunks })
  }

  private async offered(fileId: string, epoch: number, { pushId, update }: { pushId: string; update: Uint8Array }) {
    return isLarge(update) ? undefined : this.options.offers.make({ fileId, epoch, pushId, update })
  }

  /** Reads a file anew; what was not stored becomes a copy. */
  async setAside(document: ClientDocument, why: AsideReason): Promise<void> {
    const { documents, copies } = this.options
    const { fileId, pending: edits } = document
    const text = document.text.toString()
    if (edits === 0 && why !== 'epoch') {
      // Nothing of this person's is in it: what the tab held may be old, and is nothing to put back.
      if (why === 'file_gone') documents.letGo(document)
      else documents.discard(fileId)
      return
    }
    const copy = this.copy(fileId, why, edits, text)
    // Where the whole document was set back, also what had been stored may be gone.
    const pushIds = documents.letGo(document)
    if (edits > 0) copies.add(copy, pushIds)
    if (why === 'file_gone') return
    await this.compare(copy)
  }

  /** Of a tab that is gone. */
  async ofTab(stranded: Stranded): Promise<void> {
    const edits = count(stranded.rows)
    this.placing += edits
    try {
      await this.place(stranded)
    } finally {
      this.placing -= edits
      this.options.onPlacing()
    }
  }

  private async place({ rows, code }: Stranded): Promise<void> {
    const [first] = rows
    if (first === undefined) return
    const { documents, outbox, copies, onOffered } = this.options
    const pushIds = rows.map(({ pushId }) => pushId)
    if (code === 'denied') {
      const rest = { pushId: rows.at(-1)?.pushId ?? first.pushId, update: Y.mergeUpdates(rows.map(({ update }) => update)) }
      const taken = await this.offered(first.fileId, first.epoch, rest)
      if (taken !== undefined) {
        outbox.forget(pushIds)
        return onOffered({ path: this.pathOf(first.fileId, first.path), edits: count(rows), hunks: taken.hunks })
      }
    }
    const why =
      code === 'epoch_changed' ? 'epoch' : code === 'not_found' ? 'file_gone' : code === 'denied' ? 'denied' : 'refused'
    const base = await outbox.base(first.fileId, first.clientId)
    const isOneHistory = why === 'refused' || why === 'denied'
    const stored = isOneHistory ? await documents.whenOpen(first.fileId) : undefined
    const text = strandedText(rows, base, stored && Y.encodeStateAsUpdate(stored.doc))
    const copy = this.copy(first.fileId, why, count(rows), text, first.path)
    copies.add(copy, pushIds)
    if (why !== 'file_gone') void this.compare(copy)
  }

  /** Adds what the server has instead, once that is known. Where it is the same nothing was lost. */
  private async compare(copy: KeptCopy) {
    const { documents, copies } = this.options
    const isListed = () => copies.list.some(({ copyId }) => copyId === copy.copyId)
    const wasListed = isListed()
    const fresh = await documents.whenOpen(copy.fileId)
    const isThrownAway = wasListed && !isListed()
    if (fresh.status.state !== 'open' || isThrownAway) return
    const stored = fresh.text.toString()
    if (stored === copy.text) copies.drop(copy.copyId)
    else copies.add({ ...copy, stored })
  }

  private copy(fileId: string, why: AsideReason, edits: number, text: string, path?: string): KeptCopy {
    const { sessionId, clock, newId } = this.options
    return { copyId: newId(), sessionId, fileId, path: this.pathOf(fileId, path), why, edits, text, at: clock.now() }
  }

  private pathOf(fileId: string, otherwise = fileId): string {
    return this.options.pathOf(fileId) ?? otherwise
  }
}

function count(rows: readonly OutboxRow[]): number {
  return rows.reduce((sum, { edits }) => sum + edits, 0)
}
