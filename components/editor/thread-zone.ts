import type { CodeEditor } from './hunk-decorations.ts'

/** Between the widget and the lines around it. */
const marginPx = 8
const firstHeightPx = 120

let zones = 0

/**
 * Room under a line of an editor, and a widget in it that React fills. View zones lie below the text's mouse and keyboard layers, so the
 * zone only keeps the room, and an overlay stands where the zone is.
 */
export class ThreadZone {
  readonly domNode = document.createElement('div')
  private readonly editor: CodeEditor
  private readonly zone: {
    afterLineNumber: number
    heightInPx: number
    domNode: HTMLElement
    showInHiddenAreas: boolean
    onDomNodeTop(top: number): void
  }
  private readonly id: string
  private zoneId = ''
  private afterFolding = 0
  private readonly stops: { dispose(): void }[]

  constructor(editor: CodeEditor, afterLineNumber: number) {
    zones += 1
    this.id = `thread-${zones}`
    this.editor = editor
    this.domNode.className = 'thread-zone'
    this.zone = {
      afterLineNumber,
      heightInPx: firstHeightPx,
      // A comparison that folds unchanged lines does not fold what somebody reads or writes under them.
      showInHiddenAreas: true,
      domNode: document.createElement('div'),
      onDomNodeTop: (top) => {
        this.domNode.style.top = `${top + marginPx / 2}px`
      },
    }
    editor.changeViewZones((accessor) => {
      this.zoneId = accessor.addZone(this.zone)
    })
    editor.addOverlayWidget(this.widget)
    this.stops = [
      editor.onDidLayoutChange(() => this.place()),
      // A comparison leaves as much room on its other side. It reads where when a zone is laid out, unless it is folding lines itself.
      editor.onDidChangeHiddenAreas(() => {
        cancelAnimationFrame(this.afterFolding)
        this.afterFolding = requestAnimationFrame(() => this.layOut())
      }),
    ]
    this.place()
  }

  /** The line that it stands under. */
  moveTo(afterLineNumber: number) {
    if (afterLineNumber === this.zone.afterLineNumber) return
    this.zone.afterLineNumber = afterLineNumber
    this.layOut()
  }

  /** What the widget needs, in px. */
  setHeight(height: number) {
    const heightInPx = Math.ceil(height) + marginPx
    if (heightInPx === this.zone.heightInPx) return
    this.zone.heightInPx = heightInPx
    this.layOut()
  }

  dispose() {
    cancelAnimationFrame(this.afterFolding)
    for (const stop of this.stops) stop.dispose()
    this.editor.removeOverlayWidget(this.widget)
    this.editor.changeViewZones((accessor) => accessor.removeZone(this.zoneId))
  }

  private layOut() {
    this.editor.changeViewZones((accessor) => accessor.layoutZone(this.zoneId))
  }

  private place() {
    const { contentLeft, contentWidth, verticalScrollbarWidth } = this.editor.getLayoutInfo()
    this.domNode.style.left = `${contentLeft}px`
    this.domNode.style.width = `${Math.max(0, Math.min(720, contentWidth - verticalScrollbarWidth - 12))}px`
  }

  private readonly widget = {
    getId: () => this.id,
    getDomNode: () => this.domNode,
    getPosition: () => null,
  }
}
