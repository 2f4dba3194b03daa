import type * as Y from 'yjs'
import { composeDeltas } from './compose-deltas.ts'
import { editsOfDelta, minimalEdit, withLineFeeds, type TextDelta, type TextEdit } from './text-edits.ts'

type Position = { lineNumber: number; column: number }
type Disposable = { dispose(): void }
export type ModelRange = { startLineNumber: number; startColumn: number; endLineNumber: number; endColumn: number }
export type ModelChange = {
  changes: readonly { rangeOffset: number; rangeLength: number; text: string }[]
  isFlush: boolean
  isEolChange: boolean
}

/** What the binding uses of Monaco's text model. */
export type BindableModel = {
  getValue(): string
  getValueLength(): number
  getPositionAt(offset: number): Position
  /** Stays off Monaco's undo stack. */
  applyEdits(operations: { range: ModelRange; text: string }[]): void
  setEOL(sequence: 0 | 1): void
  onDidChangeContent(listener: (change: ModelChange) => void): Disposable
}

export type YjsBindingOptions = {
  text: Y.Text
  model: BindableModel
  /** Origin of the transactions that write what was typed here. */
  origin: object
  /** Longest text in UTF-16 units; an edit beyond it is taken back. */
  maxLength: number
  onTooLong(): void
  /** Whether this tab may change the document. */
  mayWrite(): boolean
  /** Whether anybody can see the model; while not, changes are gathered until `catchUp`. */
  isVisible(): boolean
  /** What changed in the model because of a transaction that is not typing; `last` is the last edit, in the new text. */
  onRemoteChange?: (transaction: Y.Transaction, last: TextEdit) => void
}

/** After this long without changes both texts are compared in full: their lengths alone cannot show every difference. */
const compareAfterMs = 2_000
const lineFeed = 0

/**
 * Keeps one Monaco model and one Y.Text the same text. The Y.Text is the truth: whatever the model cannot say exactly is
 * put right from it by a minimal edit. Selections are never touched; Monaco moves cursors itself.
 */
export class YjsBinding {
  private readonly options: YjsBindingOptions
  private readonly stopModel: Disposable
  private applying = false
  /** The model is to be put right; until then its offsets mean nothing. */
  private stale = false
  private disposed = false
  /** What the model has not been told yet, because nobody could see it. */
  private behind: TextDelta | undefined
  private comparison: ReturnType<typeof setTimeout> | undefined

  constructor(options: YjsBindingOptions) {
    this.options = options
    const { model, text } = options
    model.setEOL(lineFeed)
    this.putModelRight()
    text.observe(this.onText)
    this.stopModel = model.onDidChangeContent((change) => this.onModel(change))
  }

  /** The model can be seen again: everything that happened meanwhile becomes one edit. */
  catchUp() {
    const { behind } = this
    this.behind = undefined
    if (behind === undefined || this.disposed || this.stale) return
    const edits = editsOfDelta(behind)
    this.applyToModel(edits)
    this.check(edits.some(holdsCarriageReturn))
  }

  /** Puts the model right if it differs from the Y.Text. Returns whether it did. */
  verify(): boolean {
    const { model, text } = this.options
    if (this.disposed || this.behind !== undefined || model.getValue() === text.toString()) return false
    this.putModelRight()
    return true
  }

  /** Idempotent. */
  dispose() {
    if (this.disposed) return
    this.disposed = true
    clearTimeout(this.comparison)
    this.options.text.unobserve(this.onText)
    this.stopModel.dispose()
  }

  private readonly onText = (event: Y.YTextEvent, transaction: Y.Transaction) => {
    if (transaction.origin === this.options.origin || this.stale) return
    if (this.behind !== undefined || !this.options.isVisible()) {
      this.behind = composeDeltas(this.behind ?? [], event.delta)
      return
    }
    const edits = editsOfDelta(event.delta)
    this.applyToModel(edits)
    const last = edits.at(-1)
    if (last !== undefined) {
      const before = edits.slice(0, -1).reduce((sum, edit) => sum + edit.text.length - edit.length, 0)
      this.options.onRemoteChange?.(transaction, { ...last, offset: last.offset + before })
    }
    this.check(edits.some(holdsCarriageReturn))
  }

  private onModel(change: ModelChange) {
    if (this.applying || this.stale) return
    const { model, text, origin, maxLength, onTooLong } = this.options
    // Somebody replaced the model's text or line ends from outside: that is no edit of a person.
    if (change.isFlush || change.isEolChange) return this.putModelRightSoon()
    // A program changed a model that is not up to date: its offsets mean nothing in the document.
    if (this.behind !== undefined) return this.putModelRightSoon()
    if (model.getValueLength() > maxLength) {
      onTooLong()
      return this.putModelRightSoon()
    }
    // Monaco lists changes from the last to the first, so the offsets of one do not depend on the others.
    text.doc?.transact(() => {
      for (const { rangeOffset, rangeLength, text: inserted } of change.changes) {
        if (rangeLength > 0) text.delete(rangeOffset, rangeLength)
        if (inserted !== '') text.insert(rangeOffset, withLineFeeds(inserted))
      }
    }, origin)
    this.check()
  }

  private check(mayDiffer = false) {
    const { model, text } = this.options
    if (mayDiffer || model.getValueLength() !== text.length) return this.putModelRightSoon()
    clearTimeout(this.comparison)
    this.comparison = setTimeout(() => this.verify(), compareAfterMs)
  }

  /** Not at once: Monaco is still telling its other listeners about the change. */
  private putModelRightSoon() {
    if (this.stale) return
    this.stale = true
    queueMicrotask(() => {
      if (!this.disposed) this.putModelRight()
    })
  }

  private putModelRight() {
    const { model, text } = this.options
    this.stale = true
    this.behind = undefined
    this.takeOutCarriageReturns()
    model.setEOL(lineFeed)
    const edit = minimalEdit(model.getValue(), withLineFeeds(text.toString()))
    if (edit !== undefined) this.applyToModel([edit])
    this.stale = false
  }

  /** The model cannot hold them, so every offset behind one would be wrong. */
  private takeOutCarriageReturns() {
    const { text, mayWrite } = this.options
    const written = text.toString()
    if (!written.includes('\r') || !mayWrite()) return
    text.doc?.transact(() => {
      for (const match of Array.from(written.matchAll(/\r\n?/g)).reverse()) {
        text.delete(match.index, 1)
        if (match[0] === '\r') text.insert(match.index, '\n')
      }
    }, this)
  }

  private applyToModel(edits: TextEdit[]) {
    if (edits.length === 0) return
    const { model } = this.options
    this.applying = true
    try {
      model.applyEdits(edits.map((edit) => ({ range: rangeOf(model, edit), text: edit.text })))
    } finally {
      this.applying = false
    }
  }
}

/** The model makes a line feed of it: alone, it leaves both texts equally long. */
function holdsCarriageReturn({ text }: TextEdit): boolean {
  return text.includes('\r')
}

function rangeOf(model: BindableModel, { offset, length }: TextEdit): ModelRange {
  const start = model.getPositionAt(offset)
  const end = length === 0 ? start : model.getPositionAt(offset + length)
  return {
    startLineNumber: start.lineNumber,
    startColumn: start.column,
    endLineNumber: end.lineNumber,
    endColumn: end.column,
  }
}
