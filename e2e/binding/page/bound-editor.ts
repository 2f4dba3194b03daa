import { editorOptions, optionsWhile } from '#editor/editor-options.ts'
import { FileModel } from '#editor/file-model.ts'
import { monaco } from '#editor/monaco.ts'
import type { Change, Plan, Span, Step } from './plans.ts'
import { Replicas } from './replicas.ts'

// The app's own bundler finds its workers by their package; this one needs a file of the page.
self.MonacoEnvironment = {
  getWorker: () => new Worker(new URL('editor-worker.ts', import.meta.url), { type: 'module' }),
}

const element = document.querySelector<HTMLElement>('#editor')
if (element === null) throw new Error('the page has no place for the editor')
/** One for all plans: making its view costs more than a plan. */
const editor = monaco.editor.create(element, {
  ...editorOptions,
  ...optionsWhile(true),
  model: null,
  quickSuggestions: false,
})

// Monaco ends its worker with the last model; starting another for every plan would take longer than the plan.
monaco.editor.createModel('', 'plaintext')

let hidden = false
Object.defineProperty(document, 'hidden', { get: () => hidden })

/**
 * Python: it has rules of indentation and brackets, and no worker that would answer after the plan is over. The name changes with
 * every rename.
 */
const pathOf = (version: number) => `plan-${version}.py`

/** Takes a plan's steps on a real editor whose model the real binding holds to the first of several replicas. */
export class BoundEditor {
  private readonly replicas: Replicas
  private readonly file: FileModel
  private version = 0
  /** A carriage return stood in the document at some moment of the last step. */
  private heldCarriageReturn: boolean

  constructor({ initial, remotes }: Plan) {
    hidden = false
    this.replicas = new Replicas(1 + remotes, initial)
    this.file = new FileModel({ fileId: 'plan', path: pathOf(0) }, 'what was stored before', {
      mayWrite: () => true,
      onTooLong: () => {},
      onTypedUnbound: () => {},
      onUndone: () => {},
      turns: { canUndo: () => false, canRedo: () => false, undo: () => {}, redo: () => {} },
    })
    const { text } = this.replicas.local
    this.heldCarriageReturn = this.holdsCarriageReturn
    text.observe(() => (this.heldCarriageReturn ||= this.holdsCarriageReturn))
    this.file.bind({ text })
    editor.setModel(this.file.model)
  }

  take(step: Step): void {
    const { model } = this.file
    this.heldCarriageReturn = this.holdsCarriageReturn
    switch (step.kind) {
      case 'type':
        this.select(step.at)
        editor.trigger('keyboard', 'type', { text: step.text })
        return
      case 'paste':
        this.select(step.at)
        editor.trigger('keyboard', 'paste', { text: step.text, pasteOnNewLine: false, multicursorText: null })
        return
      case 'command':
        this.select(step.at)
        editor.trigger('keyboard', step.command, {})
        return
      case 'execute':
        editor.executeEdits('plan', this.modelEdits(step.changes))
        return
      case 'undo':
      case 'redo':
        editor.trigger('keyboard', step.kind, {})
        return
      case 'end undo group':
        this.file.endUndoGroup()
        return
      case 'set line ends to CRLF':
        model.setEOL(monaco.editor.EndOfLineSequence.CRLF)
        return
      case 'set line ends to LF':
        model.setEOL(monaco.editor.EndOfLineSequence.LF)
        return
      case 'append CRLF':
        model.pushEOL(monaco.editor.EndOfLineSequence.CRLF)
        return
      case 'replace model text':
        model.setValue('not what\r\nthe document says')
        return
      case 'rename':
        this.rename()
        return
      case 'hide':
        hidden = true
        return
      case 'show':
        hidden = false
        this.file.catchUp()
        return
      case 'write': {
        const { doc, text } = this.remote(step.by)
        const edits = disjoint(text.toString(), step.changes).toReversed()
        doc.transact(() => {
          for (const { offset, length, text: inserted } of edits) {
            text.delete(offset, length)
            text.insert(offset, inserted)
          }
        })
        return
      }
      case 'stream':
        this.stream(step)
        return
      case 'deliver':
        this.replicas.deliver(step.to, step)
    }
  }

  /** What is wrong right now, in words; undefined when nothing is. A hidden model may be behind. */
  fault(): string | undefined {
    if (hidden) return undefined
    const { model } = this.file
    const [shown, shared] = [model.getValue(), this.replicas.local.text.toString()]
    if (shown !== shared) return `the model says ${JSON.stringify(shown)}, the document ${JSON.stringify(shared)}`
    if (model.getValueLength() !== this.replicas.local.text.length) return 'model and document count different lengths'
    if (model.getEOL() !== '\n') return 'the model ends its lines with CRLF'
    const astray = editor.getSelections()?.find((selection) => !model.validateRange(selection).equalsRange(selection))
    return astray === undefined ? undefined : `a selection is outside of the text: ${astray.toString()}`
  }

  /** A peer's carriage returns, and line ends or text set from outside, are put right in a microtask; all else at once. */
  get isPutRightLater(): boolean {
    return this.heldCarriageReturn
  }

  /** Lets everything arrive everywhere, what answers it too. Returns the texts that still differ from the bound one. */
  async exchangeAll(): Promise<string[]> {
    while (this.replicas.deliverAll()) await Promise.resolve()
    return this.replicas.apart()
  }

  dispose(): void {
    editor.setModel(null)
    this.file.dispose()
  }

  private get holdsCarriageReturn(): boolean {
    return this.replicas.local.text.toString().includes('\r')
  }

  private remote(index: number) {
    return this.replicas.at(1 + (index % (this.replicas.all.length - 1)))
  }

  private select(spans: Span[]) {
    const { model } = this.file
    const length = model.getValueLength()
    editor.setSelections(
      spans.map(({ from, length: selected }) => {
        const offset = Math.round(from * length)
        const [start, end] = [model.getPositionAt(offset), model.getPositionAt(offset + selected)]
        return new monaco.Selection(start.lineNumber, start.column, end.lineNumber, end.column)
      }),
    )
  }

  private modelEdits(changes: Change[]) {
    const { model } = this.file
    return disjoint(model.getValue(), changes).map(({ offset, length, text }) => ({
      range: monaco.Range.fromPositions(model.getPositionAt(offset), model.getPositionAt(offset + length)),
      text,
    }))
  }

  private rename() {
    this.version += 1
    const old = this.file.moveTo(pathOf(this.version), this.file.model.getValue())
    editor.setModel(this.file.model)
    old.dispose()
  }

  private stream({ by, at, lines, spread }: Extract<Step, { kind: 'stream' }>) {
    const { doc, text } = this.remote(by)
    const inserted = Array.from({ length: lines }, (_, line) => `    value_${line} = "${'streamed '.repeat(line % 7)}"\n`)
    doc.transact(() => {
      if (!spread) {
        text.insert(wholeCharacter(text.toString(), Math.round(at * text.length)), inserted.join(''))
        return
      }
      for (const [index, line] of inserted.entries()) {
        const place = Math.round(((at + index / lines) % 1) * text.length)
        text.insert(wholeCharacter(text.toString(), place), line)
      }
    })
  }
}

/** The changes that do not overlap an earlier one, ascending, between whole characters. */
function disjoint(text: string, changes: Change[]): { offset: number; length: number; text: string }[] {
  let free = 0
  return changes
    .toSorted((one, other) => one.from - other.from)
    .flatMap(({ from, length, text: inserted }) => {
      const offset = wholeCharacter(text, Math.round(from * text.length))
      if (offset < free) return []
      const end = wholeCharacter(text, Math.min(offset + length, text.length))
      free = end + 1
      return [{ offset, length: Math.max(0, end - offset), text: inserted }]
    })
}

/** The offset, or the one before it where it would cut a surrogate pair. */
function wholeCharacter(text: string, offset: number): number {
  const unit = text.charCodeAt(offset)
  return unit >= 0xdc00 && unit < 0xe000 && offset > 0 ? offset - 1 : offset
}
