import { monaco } from './monaco.ts'
import type { CodeEditor } from './hunk-decorations.ts'

/** The assistant's cursor in one editor: an ember bar with a flag where it writes. */
export class AssistantCursor {
  private readonly editor: CodeEditor
  private readonly domNode = document.createElement('div')
  private position: { lineNumber: number; column: number } | null = null
  private added = false

  constructor(editor: CodeEditor) {
    this.editor = editor
    this.domNode.className = 'assistant-cursor'
    this.domNode.setAttribute('aria-hidden', 'true')
    const flag = document.createElement('span')
    flag.textContent = '✦ Assistant'
    this.domNode.append(flag)
  }

  /** Moves it, or takes it away (null). */
  moveTo(position: { lineNumber: number; column: number } | null) {
    const { lineNumber, column } = position ?? { lineNumber: 0, column: 0 }
    if (this.position?.lineNumber === lineNumber && this.position.column === column) return
    this.position = position
    if (position === null) return this.remove()
    // The flag stands above the bar; over the first line there is no room for it.
    this.domNode.classList.toggle('assistant-cursor-first', lineNumber === 1)
    if (this.added) return this.editor.layoutContentWidget(this.widget)
    this.added = true
    this.editor.addContentWidget(this.widget)
  }

  remove() {
    this.position = null
    if (!this.added) return
    this.added = false
    this.editor.removeContentWidget(this.widget)
  }

  private readonly widget = {
    getId: () => 'assistant-cursor',
    getDomNode: () => this.domNode,
    getPosition: () => ({
      position: this.position,
      preference: [monaco.editor.ContentWidgetPositionPreference.EXACT],
    }),
    suppressMouseDown: true,
  }
}
