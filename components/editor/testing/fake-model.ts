import type { BindableModel, ModelChange, ModelRange } from '../yjs-binding.ts'

type Edit = { offset: number; length: number; text: string }

/** A text model with Monaco's rules about line ends, positions and change events, and nothing else. */
export class FakeModel implements BindableModel {
  events: ModelChange[] = []
  private text = ''
  private lineEnd: '\n' | '\r\n' = '\n'
  private readonly listeners = new Set<(change: ModelChange) => void>()

  constructor(text = '', lineEnd: '\n' | '\r\n' = '\n') {
    this.lineEnd = lineEnd
    this.text = this.normalised(text)
  }

  getValue() {
    return this.text
  }

  getValueLength() {
    return this.text.length
  }

  getPositionAt(offset: number) {
    const before = this.text.slice(0, Math.max(0, offset)).split(this.lineEnd)
    return { lineNumber: before.length, column: (before.at(-1) ?? '').length + 1 }
  }

  getOffsetAt({ lineNumber, column }: { lineNumber: number; column: number }) {
    const lines = this.text.split(this.lineEnd)
    const above = lines.slice(0, lineNumber - 1).reduce((sum, line) => sum + line.length + this.lineEnd.length, 0)
    return above + Math.min(column - 1, lines[lineNumber - 1]?.length ?? 0)
  }

  applyEdits(operations: { range: ModelRange; text: string }[]) {
    this.change(
      operations.map(({ range, text }) => {
        const offset = this.getOffsetAt({ lineNumber: range.startLineNumber, column: range.startColumn })
        const end = this.getOffsetAt({ lineNumber: range.endLineNumber, column: range.endColumn })
        return { offset, length: end - offset, text }
      }),
    )
  }

  /** What a person does: disjoint edits against the same text, one per cursor. */
  type(...edits: Edit[]) {
    this.change(edits)
  }

  setValue(text: string) {
    this.text = this.normalised(text)
    this.tell({ changes: [], isFlush: true, isEolChange: false })
  }

  setEOL(sequence: 0 | 1) {
    const lineEnd = sequence === 0 ? '\n' : '\r\n'
    if (lineEnd === this.lineEnd) return
    this.lineEnd = lineEnd
    this.text = this.normalised(this.text)
    this.tell({ changes: [], isFlush: false, isEolChange: true })
  }

  onDidChangeContent(listener: (change: ModelChange) => void) {
    this.listeners.add(listener)
    return { dispose: () => void this.listeners.delete(listener) }
  }

  get listenerCount() {
    return this.listeners.size
  }

  private change(edits: Edit[]) {
    const downwards = edits.toSorted((one, other) => other.offset - one.offset)
    const changes = downwards.map(({ offset, length, text }) => {
      const inserted = this.normalised(text)
      this.text = this.text.slice(0, offset) + inserted + this.text.slice(offset + length)
      return { rangeOffset: offset, rangeLength: length, text: inserted }
    })
    this.tell({ changes, isFlush: false, isEolChange: false })
  }

  private normalised(text: string) {
    return text.replaceAll(/\r\n|\r|\n/g, this.lineEnd)
  }

  private tell(change: ModelChange) {
    this.events.push(change)
    for (const listener of this.listeners) listener(change)
  }
}
