import * as Y from 'yjs'
import { limits } from '#protocol/limits.ts'
import type { EditorPlace, OwnPresence } from '#session/own-presence.ts'
import type { FileModel } from './file-model.ts'
import type { CodeEditor } from './hunk-decorations.ts'
import { monaco } from './monaco.ts'

type Selection = NonNullable<ReturnType<CodeEditor['getSelections']>>[number]

const { ContentFlush, RecoverFromMarkers } = monaco.editor.CursorChangeReason

/**
 * Tells the others where cursors and view of one editor are, as positions in the document, so that they stay right while others write.
 * Cursors that only move because others write are not told: everybody sees that by themselves.
 */
export class OwnPlace {
  private readonly editor: CodeEditor
  private readonly shown: () => FileModel | undefined
  private readonly stops: (() => void)[]
  private last: EditorPlace | undefined

  constructor(editor: CodeEditor, own: OwnPresence, shown: () => FileModel | undefined) {
    this.editor = editor
    this.shown = shown
    const disposables = [
      editor.onDidChangeCursorSelection(({ reason }) => {
        if (reason !== ContentFlush && reason !== RecoverFromMarkers) own.moved()
      }),
      editor.onDidScrollChange(({ scrollTopChanged }) => scrollTopChanged && own.moved()),
      editor.onDidChangeModel(() => own.moved()),
      editor.onKeyDown(({ browserEvent }) => {
        if (writes(browserEvent) && !editor.getOption(monaco.editor.EditorOption.readOnly)) own.typed()
      }),
      editor.onDidPaste(() => own.typed()),
    ]
    this.stops = [own.attach(() => this.read()), ...disposables.map((disposable) => () => disposable.dispose())]
  }

  close() {
    for (const stop of this.stops) stop()
  }

  private read(): EditorPlace | undefined {
    const file = this.shown()
    const [main, ...others] = this.editor.getSelections() ?? []
    if (file === undefined || main === undefined) return undefined
    const text = file.document?.text
    // A model that is behind its document, because nobody sees it, says nothing about positions there.
    if (text === undefined || text.length !== file.model.getValueLength()) {
      return this.last?.fileId === file.fileId ? this.last : { fileId: file.fileId, line: main.positionLineNumber }
    }
    const firstLine = this.editor.getVisibleRanges()[0]?.startLineNumber
    this.last = {
      fileId: file.fileId,
      line: main.positionLineNumber,
      selections: [main, ...others]
        .slice(0, limits.presenceSelections)
        .map((selection) => encodeSelection(text, file, selection)),
      ...(firstLine === undefined
        ? {}
        : { top: encode(text, file.model.getOffsetAt({ lineNumber: firstLine, column: 1 }), 0) }),
    }
    return this.last
  }
}

/** What is typed at an edge of a selection stays outside it; what is typed at a cursor moves it. */
function encodeSelection(text: Y.Text, { model }: FileModel, selection: Selection) {
  const head = model.getOffsetAt(selection.getPosition())
  const anchor = model.getOffsetAt({ lineNumber: selection.selectionStartLineNumber, column: selection.selectionStartColumn })
  if (head === anchor) return { head: encode(text, head, 0) }
  return { head: encode(text, head, head < anchor ? 0 : -1), anchor: encode(text, anchor, anchor < head ? 0 : -1) }
}

function encode(text: Y.Text, offset: number, assoc: 0 | -1): Uint8Array<ArrayBuffer> {
  const position = Y.createRelativePositionFromTypeIndex(text, Math.min(offset, text.length), assoc)
  return Uint8Array.from(Y.encodeRelativePosition(position))
}

function writes({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean {
  return (key.length === 1 && !ctrlKey && !metaKey && !altKey) || ['Backspace', 'Delete', 'Enter', 'Tab'].includes(key)
}
