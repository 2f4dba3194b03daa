import type { CodeEditor, DrawnHunk } from './hunk-decorations.ts'
import { reviewKeys } from './review-keys.ts'

/** Accept and reject at the hunk under the mouse or the cursor: one overlay of an editor, at the right end of the hunk's first row. */
export class HunkControls {
  private readonly editor: CodeEditor
  private readonly domNode = document.createElement('div')
  private readonly stops: { dispose(): void }[]
  private shown: DrawnHunk | null = null
  /** The pointer is on the controls themselves. */
  hovered = false

  constructor(editor: CodeEditor, decide: (hunkId: string, decision: 'accept' | 'reject') => void) {
    this.editor = editor
    this.domNode.className = 'hunk-controls'
    this.domNode.setAttribute('role', 'toolbar')
    this.domNode.setAttribute('aria-label', 'This hunk')
    for (const decision of ['accept', 'reject'] as const) {
      this.domNode.append(
        button(decision, () => {
          if (this.shown !== null) decide(this.shown.hunkId, decision)
        }),
      )
    }
    this.domNode.addEventListener('pointerenter', () => (this.hovered = true))
    this.domNode.addEventListener('pointerleave', () => (this.hovered = false))
    this.domNode.hidden = true
    editor.addOverlayWidget(this.widget)
    this.stops = [editor.onDidScrollChange(() => this.place()), editor.onDidLayoutChange(() => this.place())]
  }

  show(hunk: DrawnHunk | null) {
    this.shown = hunk
    this.place()
  }

  dispose() {
    for (const stop of this.stops) stop.dispose()
    this.editor.removeOverlayWidget(this.widget)
  }

  private place() {
    const hunk = this.shown
    this.domNode.hidden = hunk === null || hunk.streaming
    if (hunk === null || hunk.streaming) {
      this.hovered = false
      return
    }
    const { editor } = this
    const { height, verticalScrollbarWidth, minimap } = editor.getLayoutInfo()
    const top = editor.getTopForLineNumber(hunk.first, true) - editor.getScrollTop()
    const bottom = editor.getBottomForLineNumber(Math.max(hunk.first, hunk.last)) - editor.getScrollTop()
    if (bottom < 0 || top > height) this.domNode.hidden = true
    // Astride the hunk's upper edge; over a hunk that begins above the view they stay in sight.
    this.domNode.style.top = `${Math.round(Math.max(4, top - 12))}px`
    this.domNode.style.right = `${verticalScrollbarWidth + minimap.minimapWidth + 12}px`
  }

  private readonly widget = {
    getId: () => 'hunk-controls',
    getDomNode: () => this.domNode,
    getPosition: () => null,
  }
}

function button(decision: 'accept' | 'reject', onClick: () => void): HTMLElement {
  const element = document.createElement('button')
  element.type = 'button'
  element.className = `hunk-controls-${decision}`
  element.textContent = decision === 'accept' ? 'Accept' : 'Reject'
  const keys = document.createElement('kbd')
  keys.textContent = reviewKeys[decision].shown
  element.append(keys)
  // A click must not take the focus out of the text.
  element.addEventListener('pointerdown', (event) => event.preventDefault())
  element.addEventListener('mousedown', (event) => event.preventDefault())
  element.addEventListener('click', onClick)
  return element
}
