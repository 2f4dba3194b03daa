import type { CodeEditor } from './hunk-decorations.ts'
import { monaco } from './monaco.ts'

/** Between the widget and the lines around it. */
const marginPx = 6
const firstHeightPx = 44

/**
 * Room above some lines of an editor, and a widget in it that React fills. View zones lie below the text's mouse and keyboard layers, so the
 * zone only keeps the room, and an overlay stands where the zone is.
 */
export class InlineEditZone {
  readonly domNode = document.createElement('div')
  private readonly editor: CodeEditor
  private readonly zone: { afterLineNumber: number; heightInPx: number; domNode: HTMLElement; onDomNodeTop(top: number): void }
  private readonly zoneId: string
  private readonly lines: { clear(): void }
  private readonly stops: { dispose(): void }[]

  /** Lines 1-based and inclusive. They are marked as long as the zone is there. */
  constructor(editor: CodeEditor, { fromLine, toLine }: { fromLine: number; toLine: number }) {
    this.editor = editor
    this.domNode.className = 'inline-edit'
    this.zone = {
      afterLineNumber: fromLine - 1,
      heightInPx: firstHeightPx,
      domNode: document.createElement('div'),
      onDomNodeTop: (top) => {
        this.domNode.style.top = `${top + marginPx / 2}px`
      },
    }
    let zoneId = ''
    editor.changeViewZones((accessor) => {
      zoneId = accessor.addZone(this.zone)
    })
    this.zoneId = zoneId
    this.lines = editor.createDecorationsCollection([
      {
        range: new monaco.Range(fromLine, 1, toLine, editor.getModel()?.getLineMaxColumn(toLine) ?? 1),
        options: {
          linesDecorationsClassName: 'inline-edit-bar',
        },
      },
    ])
    editor.addOverlayWidget(this.widget)
    this.stops = [editor.onDidLayoutChange(() => this.place())]
    this.place()
  }

  /** What the widget needs, in px. */
  setHeight(height: number) {
    const heightInPx = height + marginPx
    if (heightInPx === this.zone.heightInPx) return
    this.zone.heightInPx = heightInPx
    this.editor.changeViewZones((accessor) => accessor.layoutZone(this.zoneId))
  }

  /** Scrolls as little as it takes to have the widget and the first of its lines in sight. */
  reveal() {
    const { editor } = this
    const line = this.zone.afterLineNumber + 1
    const top = editor.getTopForLineNumber(line, true)
    const bottom = editor.getBottomForLineNumber(line)
    const { height } = editor.getLayoutInfo()
    if (top < editor.getScrollTop()) editor.setScrollTop(top)
    else if (bottom > editor.getScrollTop() + height) editor.setScrollTop(bottom - height / 2)
  }

  dispose() {
    for (const stop of this.stops) stop.dispose()
    this.editor.removeOverlayWidget(this.widget)
    this.lines.clear()
    this.editor.changeViewZones((accessor) => accessor.removeZone(this.zoneId))
  }

  private place() {
    const { contentLeft, contentWidth, verticalScrollbarWidth } = this.editor.getLayoutInfo()
    this.domNode.style.left = `${contentLeft}px`
    this.domNode.style.width = `${Math.max(0, contentWidth - verticalScrollbarWidth - 12)}px`
  }

  private readonly widget = {
    getId: () => 'inline-edit',
    getDomNode: () => this.domNode,
    getPosition: () => null,
  }
}
