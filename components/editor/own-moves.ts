import type { CodeEditor } from './hunk-decorations.ts'

/** Notices when a person scrolls, clicks or types in an editor: whoever moves by themselves follows nobody any more. */
export class OwnMoves {
  /** When the person last typed, as `performance.now()` tells time. */
  typedAt = -Infinity
  private readonly stops: (() => void)[]

  constructor(editor: CodeEditor, onMove: () => void) {
    const node = editor.getContainerDomNode()
    const typed = () => {
      this.typedAt = performance.now()
      onMove()
    }
    const keys = editor.onKeyDown(({ browserEvent }) => {
      if (!['Shift', 'Control', 'Alt', 'Meta'].includes(browserEvent.key)) typed()
    })
    const pastes = editor.onDidPaste(typed)
    const pointed = ['wheel', 'pointerdown']
    // Before Monaco: it scrolls as it handles them.
    for (const event of pointed) node.addEventListener(event, onMove, { passive: true, capture: true })
    this.stops = [
      () => keys.dispose(),
      () => pastes.dispose(),
      ...pointed.map((event) => () => node.removeEventListener(event, onMove, { capture: true })),
    ]
  }

  close() {
    for (const stop of this.stops) stop()
  }
}
