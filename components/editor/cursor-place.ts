import type { CursorPlace } from './editor-props.ts'
import type { TextModel } from './file-model.ts'
import type { CodeEditor } from './hunk-decorations.ts'

type Selection = NonNullable<ReturnType<CodeEditor['getSelection']>>

/** Where a selection is, as the rest of the workbench knows it. */
export function cursorPlace(fileId: string, model: TextModel, selection: Selection): CursorPlace {
  return {
    fileId,
    line: selection.positionLineNumber,
    column: selection.positionColumn,
    selectionLength: selection.isEmpty() ? 0 : model.getValueLengthInRange(selection),
    fromLine: selection.startLineNumber,
    toLine: lastTouched(selection),
  }
}

/** A selection that ends before the first character of a line does not touch that line. */
function lastTouched(selection: { startLineNumber: number; endLineNumber: number; endColumn: number }): number {
  const { startLineNumber, endLineNumber, endColumn } = selection
  return endColumn === 1 && endLineNumber > startLineNumber ? endLineNumber - 1 : endLineNumber
}
