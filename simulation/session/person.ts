import * as Y from 'yjs'
import type { ClientDocument } from '#session/client-document.ts'
import { SessionClient } from '#session/session-client.ts'
import type { FileNode } from '#protocol/sessions.ts'
import { Link, type Accept, type Hear } from './link.ts'
import type { VirtualTime } from './virtual-time.ts'

/** Characters that only this person types: a block of the common ideographs for each. */
const firstCharacter = 0x4e00
const charactersPerPerson = 3_000
/** The assistant's. */
export const assistantCharacter = '·'

const byHand = Symbol('by hand')

/** Somebody with one tab, which runs the code of the browser. */
export class Person {
  readonly number: number
  readonly visitId: string
  link: Link
  client: SessionClient
  readonly #time: VirtualTime
  readonly #accept: Accept
  readonly #hear: () => Hear
  readonly #ids: () => string
  readonly #sessionId: string
  readonly #undo = new Map<ClientDocument, Y.UndoManager>()
  /** Of tabs that were closed; the server may not have noticed yet. */
  #left: Link[] = []
  #typed = 0

  constructor(options: {
    number: number
    visitId: string
    sessionId: string
    time: VirtualTime
    accept: Accept
    /** Of one link. */
    hear: () => Hear
    ids: () => string
  }) {
    this.number = options.number
    this.visitId = options.visitId
    this.#sessionId = options.sessionId
    this.#time = options.time
    this.#accept = options.accept
    this.#hear = options.hear
    this.#ids = options.ids
    this.link = new Link(this.#accept, this.#hear(), this.#time)
    this.client = this.#open()
  }

  /** The tab is closed without a word and another one opened. */
  openNewTab(): void {
    this.client.close()
    this.#left.push(this.link)
    this.link = new Link(this.#accept, this.#hear(), this.#time)
    this.client = this.#open()
  }

  /** The server notices which connections are gone. */
  noticeLosses(): void {
    for (const link of [this.link, ...this.#left]) link.noticeLoss()
    this.#left = []
  }

  get canType(): boolean {
    const role = this.client.store.read().you?.role
    return role === 'editor' || role === 'owner'
  }

  files(): FileNode[] {
    return this.client.store.read().files.filter(({ kind }) => kind === 'text')
  }

  /** The document of the file at that share of the tree, if its text is here and may be changed. */
  document(share: number): ClientDocument | undefined {
    const files = this.files()
    const file = files[Math.floor(share * files.length)]
    if (file === undefined) return undefined
    const document = this.client.documents.open(file.fileId)
    return document.status.state === 'open' ? document : undefined
  }

  edit(document: ClientDocument, change: (text: Y.Text) => void): void {
    this.#undoOf(document)
    document.doc.transact(() => change(document.text), byHand)
  }

  undo(document: ClientDocument): void {
    this.#undoOf(document).undo()
  }

  redo(document: ClientDocument): void {
    this.#undoOf(document).redo()
  }

  /** Begins a thread about a range; what becomes of it is seen in the session's state. */
  comment(document: ClientDocument, from: number, to: number): void {
    void this.client.actions.review('thread.create', {
      fileId: document.fileId,
      anchor: this.range(document, from, to),
      commentId: this.#ids(),
      body: `by person ${this.number}`,
      pending: false,
    })
  }

  /** Encoded Y.RelativePositions of a range. */
  range({ text }: ClientDocument, from: number, to: number): { start: Uint8Array<ArrayBuffer>; end: Uint8Array<ArrayBuffer> } {
    const place = (index: number, side: number) =>
      Uint8Array.from(Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(text, index, side)))
    return { start: place(from, 0), end: place(to, to > from ? -1 : 0) }
  }

  /** `length` characters that nobody else types. */
  characters(length: number): string {
    let written = ''
    for (let index = 0; index < length; index += 1) {
      written += String.fromCharCode(firstCharacter + this.number * charactersPerPerson + (this.#typed % charactersPerPerson))
      this.#typed += 1
    }
    return written
  }

  isOwn(character: string): boolean {
    const block = Math.floor((character.charCodeAt(0) - firstCharacter) / charactersPerPerson)
    return block === this.number
  }

  close(): void {
    this.client.close()
  }

  #undoOf(document: ClientDocument): Y.UndoManager {
    const known = this.#undo.get(document)
    if (known !== undefined) return known
    const manager = new Y.UndoManager(document.text, { trackedOrigins: new Set([byHand]), captureTimeout: 0 })
    this.#undo.set(document, manager)
    return manager
  }

  #open(): SessionClient {
    const { link } = this
    const client = new SessionClient({
      sessionId: this.#sessionId,
      clock: this.#time,
      frames: {
        request: (work) => {
          let isDue = true
          queueMicrotask(() => {
            if (isDue) work()
          })
          return () => (isDue = false)
        },
      },
      newId: this.#ids,
      dial: () => link,
    })
    client.open()
    link.establish()
    return client
  }
}
