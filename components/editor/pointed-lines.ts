import type { CodeEditor } from './hunk-decorations.ts'
import { monaco } from './monaco.ts'

const shownMs = 2_000

/** Scrolls to lines and marks them for a moment. */
export function pointAt(editor: CodeEditor, fromLine: number, toLine: number): void {
  const range = new monaco.Range(fromLine, 1, toLine, 1)
  editor.revealRangeInCenterIfOutsideViewport(range)
  const marked = editor.createDecorationsCollection([
    {
      range,
      options: { isWholeLine: true, className: 'pointed-lines', marginClassName: 'pointed-lines' },
    },
  ])
  setTimeout(() => marked.clear(), shownMs)
}
