import { CommentButton } from './comment-button.ts'
import type { CodeEditor } from './hunk-decorations.ts'
import { monaco } from './monaco.ts'

/** A thread in the file that is shown: its lines, 1-based and inclusive. */
export type MarkedThread = { threadId: string; fromLine: number; toLine: number; isShown: boolean }

/** Marks the lines that people talk about, and offers to talk about others. */
export class ThreadMarks {
  private readonly editor: CodeEditor
  private readonly decorations: ReturnType<CodeEditor['createDecorationsCollection']>
  private readonly button: CommentButton
  private readonly stop: { dispose(): void }
  private marked: readonly MarkedThread[] = []

  constructor(editor: CodeEditor, options: { onToggle(threadId: string): void; onComment(line: number): void }) {
    this.editor = editor
    this.decorations = editor.createDecorationsCollection()
    this.button = new CommentButton(editor, options.onComment)
    const { GUTTER_LINE_DECORATIONS, GUTTER_LINE_NUMBERS } = monaco.editor.MouseTargetType
    this.stop = editor.onMouseDown(({ target, event }) => {
      if (!event.leftButton || (target.type !== GUTTER_LINE_DECORATIONS && target.type !== GUTTER_LINE_NUMBERS)) return
      const thread = this.at(target.position.lineNumber)
      if (thread !== undefined) options.onToggle(thread.threadId)
    })
  }

  mayComment(may: boolean) {
    this.button.setOffered(may)
  }

  draw(threads: readonly MarkedThread[]) {
    this.marked = threads
    const last = this.editor.getModel()?.getLineCount() ?? 1
    this.decorations.set(
      threads.flatMap(({ fromLine, toLine, isShown }) => [
        {
          range: new monaco.Range(fromLine, 1, Math.min(toLine, last), 1),
          options: {
            isWholeLine: true,
            linesDecorationsClassName: 'thread-bar',
            ...(isShown ? { className: 'thread-lines' } : {}),
            stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
            overviewRuler: { color: '#6cb0ffa0', position: monaco.editor.OverviewRulerLane.Center },
          },
        },
        {
          range: new monaco.Range(Math.min(toLine, last), 1, Math.min(toLine, last), 1),
          options: { lineNumberClassName: 'thread-number' },
        },
      ]),
    )
  }

  /** The thread at a line, first the one that begins last. */
  at(line: number): MarkedThread | undefined {
    return this.marked.findLast(({ fromLine, toLine }) => line >= fromLine && line <= toLine)
  }

  dispose() {
    this.stop.dispose()
    this.decorations.clear()
    this.button.dispose()
  }
}
