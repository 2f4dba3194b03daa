import type { Hunk } from '#protocol/hunks.ts'
import type { ClientDocument } from '../client-document.ts'
import { ClientDocuments, isLarge, type DocumentChannel } from '../client-documents.ts'
import type { Clock } from '../clock.ts'
import { PushPlaces } from '../push-places.ts'
import type { Saving } from '../saving-state.ts'
import type { BrowserPlace } from './browser-place.ts'
import { KeptCopies } from './kept-copies.ts'
import { LeftEdits } from './left-edits.ts'
import { Offers, type Offered } from './offers.ts'
import { Outbox } from './outbox.ts'
import { StrandedEdits } from './stranded-edits.ts'

export type OwnEditsOptions = {
  sessionId: string
  place: BrowserPlace
  clock: Clock
  newId(): string
  channel: DocumentChannel
  pathOf(fileId: string): string | undefined
  onHunks(hunks: Hunk[]): void
  onSaving(saving: Saving): void
  /** Edits became a proposal, because their writer's role does not allow them any more. */
  onOffered(offered: Offered): void
}

/** A person's edits from the key to the server's disk, across tabs that come and go: documents, outbox, and what could not be sent. */
export class OwnEdits {
  readonly documents: ClientDocuments
  readonly copies: KeptCopies
  private readonly options: OwnEditsOptions
  private readonly outbox: Outbox
  private readonly left: LeftEdits
  private readonly offers: Offers
  private readonly stranded: StrandedEdits
  private reading = true
  private leave: (() => void) | undefined

  constructor(options: OwnEditsOptions) {
    this.options = options
    const { sessionId, place, clock, newId, channel, pathOf } = options
    const onPendingChanged = () => options.onSaving(this.saving())
    this.outbox = new Outbox({ sessionId, tabId: place.tabId, clock, open: place.openDatabase })
    this.copies = new KeptCopies(this.outbox, onPendingChanged)
    const places = new PushPlaces(() => {
      this.documents.pumpAll()
      this.left.pump()
    })
    this.documents = new ClientDocuments({
      channel,
      places,
      clock,
      newPushId: newId,
      onHunks: options.onHunks,
      onPendingChanged,
      keeper: {
        keep: (fileId, push, instead, onLate) =>
          this.outbox.keep({ ...push, fileId, path: pathOf(fileId) ?? fileId }, instead, onLate),
        keepBase: (fileId, clientId, state) => this.outbox.keepBase({ fileId, clientId, state }),
        forget: (pushIds) => this.outbox.forget(pushIds),
      },
      onRefused: (document, code) => {
        this.stranded.ofDocument(document, code)
        onPendingChanged()
      },
    })
    this.left = new LeftEdits({
      clock,
      newPushId: newId,
      isLarge,
      claim: places.claim,
      release: places.release,
      send: ({ fileId, pushId, epoch, update }) => channel.push({ fileId, pushId, epoch, update }),
      forget: (pushIds) => this.outbox.forget(pushIds),
      onPendingChanged,
      onStranded: (stranded) => void this.stranded.ofTab(stranded),
    })
    this.offers = new Offers({ send: (push) => channel.offer(push), clock })
    this.stranded = new StrandedEdits({
      sessionId,
      documents: this.documents,
      outbox: this.outbox,
      copies: this.copies,
      offers: this.offers,
      onOffered: options.onOffered,
      onPlacing: onPendingChanged,
      clock,
      newId,
      pathOf,
    })
  }

  /** Whether closing the page now would lose something. */
  get isAtRisk(): boolean {
    return this.copies.isAtRisk || this.documents.all().some((document) => document.inTab.edits > 0)
  }

  /** This tab is here: it answers others, and takes over what those that are gone have left. */
  open() {
    this.leave ??= this.options.place.rollCall.attend(() => void this.adopt())
    void this.copies.load()
    void this.adopt()
  }

  close() {
    this.leave?.()
    this.leave = undefined
    this.offers.close()
  }

  online() {
    void this.adopt()
    this.left.resume()
    this.documents.reopenAll()
  }

  offline() {
    this.left.pause()
    this.documents.suspendAll()
  }

  /** Pushes that came back in the log. */
  stored(pushIds: readonly string[]) {
    for (const pushId of pushIds) this.left.stored(pushId)
  }

  /** A file is gone. */
  remove(fileId: string) {
    this.documents.remove(fileId)
    this.left.remove(fileId)
  }

  /** Gives up a document that the server refused: what it had is kept as a copy, and the file is read anew. */
  async readAnew(document: ClientDocument): Promise<void> {
    await this.stranded.setAside(document, 'refused')
  }

  private async adopt() {
    const present = await this.options.place.rollCall.present()
    this.left.add(await this.outbox.adopt((tabId) => present.has(tabId)))
    this.reading = false
    this.options.onSaving(this.saving())
  }

  private saving(): Saving {
    const documents = this.documents.all()
    const sum = (count: (document: ClientDocument) => number) => documents.reduce((total, each) => total + count(each), 0)
    return {
      pending: sum(({ pending }) => pending) + this.left.pending + this.stranded.placing,
      unkept: sum(({ inTab }) => inTab.unkept),
      refused: sum(({ status, pending }) => (status.state === 'refused' ? pending : 0)),
      aside: this.copies.list.length,
      reading: this.reading,
    }
  }
}
