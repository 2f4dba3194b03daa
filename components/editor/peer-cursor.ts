import type { CodeEditor } from './hunk-decorations.ts'
import { monaco } from './monaco.ts'

type Place = { lineNumber: number; column: number }
/** `colour`: index into the people colours. */
export type PeerSign = { name: string; colour: number }

const flagMs = 2_000
const flagHeightPx = 15
/** People colours in `app/tokens.css`. */
const colours = 5

export const colourOf = (colour: number) => (Math.abs(Math.trunc(colour)) % colours) + 1

/** Somebody's cursor in one editor: a bar in their colour, with their name on a flag while it moves or is pointed at. */
export class PeerCursor {
  place: Place | null = null
  private readonly editor: CodeEditor
  private readonly id: string
  private readonly onFlag: () => void
  private readonly domNode = document.createElement('div')
  private readonly flag = document.createElement('span')
  private sign: PeerSign | undefined
  private added = false
  private hovered = false
  private typing = false
  private timer: ReturnType<typeof setTimeout> | undefined

  /** `onFlag`: its flag was shown or hidden. */
  constructor(editor: CodeEditor, id: string, onFlag: () => void) {
    this.editor = editor
    this.id = id
    this.onFlag = onFlag
    this.domNode.className = 'peer-cursor'
    this.domNode.setAttribute('role', 'img')
    this.domNode.append(this.flag)
  }

  get flagShown(): boolean {
    return this.added && (this.hovered || this.typing || this.timer !== undefined)
  }

  /** Of the flag, in characters. */
  get width(): number {
    return (this.sign?.name.length ?? 0) + 2
  }

  setSign(sign: PeerSign) {
    if (sign.name === this.sign?.name && sign.colour === this.sign.colour) return
    this.sign = sign
    this.flag.textContent = sign.name
    this.domNode.setAttribute('aria-label', `Cursor of ${sign.name}`)
    this.domNode.dataset.colour = String(colourOf(sign.colour))
  }

  moveTo(place: Place) {
    const { lineNumber, column } = place
    if (this.added && this.place?.lineNumber === lineNumber && this.place.column === column) return
    this.place = place
    // Over the first line there is no room for a flag.
    this.domNode.classList.toggle('peer-cursor-first', lineNumber === 1)
    if (this.added) return this.editor.layoutContentWidget(this.widget)
    this.added = true
    this.editor.addContentWidget(this.widget)
  }

  /** The person moved it, not the text around it. */
  showFlag() {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => {
      this.timer = undefined
      this.drawFlag()
    }, flagMs)
    this.drawFlag()
  }

  setTyping(typing: boolean) {
    if (typing === this.typing) return
    this.typing = typing
    this.drawFlag()
  }

  hover(hovered: boolean) {
    if (hovered === this.hovered) return
    this.hovered = hovered
    this.drawFlag()
  }

  /** How many flags this one stands above. */
  setLevel(level: number) {
    const shift = this.place?.lineNumber === 1 ? level * flagHeightPx : -level * flagHeightPx
    this.flag.style.transform = level === 0 ? '' : `translateY(${shift}px)`
  }

  dispose() {
    clearTimeout(this.timer)
    if (this.added) this.editor.removeContentWidget(this.widget)
    this.added = false
  }

  private drawFlag() {
    this.domNode.classList.toggle('peer-cursor-flagged', this.flagShown)
    this.onFlag()
  }

  private readonly widget = {
    getId: () => `peer-cursor-${this.id}`,
    getDomNode: () => this.domNode,
    getPosition: () => ({ position: this.place, preference: [monaco.editor.ContentWidgetPositionPreference.EXACT] }),
    suppressMouseDown: true,
  }
}
