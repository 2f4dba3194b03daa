import type { CodeEditor } from './hunk-decorations.ts'

/** A + beside the line under the mouse, which begins a comment on it. */
export class CommentButton {
  private readonly editor: CodeEditor
  private readonly domNode = document.createElement('button')
  private readonly stops: { dispose(): void }[]
  private line: number | undefined
  private isOffered = false

  constructor(editor: CodeEditor, onComment: (line: number) => void) {
    this.editor = editor
    this.domNode.type = 'button'
    this.domNode.className = 'comment-button'
    this.domNode.textContent = '+'
    this.domNode.title = 'Comment on this line'
    // People who use the keyboard have a key for it, and the menu of the text.
    this.domNode.tabIndex = -1
    this.domNode.setAttribute('aria-label', 'Comment on this line')
    this.domNode.addEventListener('mousedown', (event) => event.preventDefault())
    this.domNode.addEventListener('click', () => {
      if (this.line !== undefined) onComment(this.line)
    })
    this.domNode.hidden = true
    editor.addOverlayWidget(this.widget)
    this.stops = [
      editor.onMouseMove(({ target, event }) => {
        if (this.domNode.contains(event.browserEvent.target as Node)) return
        this.show(target.position?.lineNumber)
      }),
      editor.onMouseLeave(({ event }) => {
        if (!this.domNode.contains(event.browserEvent.relatedTarget as Node | null)) this.show(undefined)
      }),
      editor.onDidScrollChange(() => this.show(undefined)),
      editor.onDidChangeModel(() => this.show(undefined)),
    ]
  }

  setOffered(isOffered: boolean) {
    this.isOffered = isOffered
    if (!isOffered) this.show(undefined)
  }

  dispose() {
    for (const stop of this.stops) stop.dispose()
    this.editor.removeOverlayWidget(this.widget)
  }

  private show(line: number | undefined) {
    this.line = line
    this.domNode.hidden = line === undefined || !this.isOffered
    if (line === undefined) return
    this.domNode.style.top = `${this.editor.getTopForLineNumber(line) - this.editor.getScrollTop() + 1}px`
    this.domNode.style.left = '2px'
  }

  private readonly widget = {
    getId: () => 'comment-button',
    getDomNode: () => this.domNode,
    getPosition: () => null,
  }
}
