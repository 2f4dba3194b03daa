import type { Presence } from '#protocol/presence.ts'
import { sameBytes } from '#session/own-presence.ts'
import type { FileModel } from './file-model.ts'
import { flagLevels } from './flag-levels.ts'
import type { CodeEditor } from './hunk-decorations.ts'
import type { TextPlaces } from './hunk-place.ts'
import { monaco } from './monaco.ts'
import { colourOf, PeerCursor, type PeerSign } from './peer-cursor.ts'

/** Somebody who is in the file, as they are drawn. */
export type Peer = PeerSign & { presence: Presence }

type Drawn = { cursor: PeerCursor; head: Uint8Array; start: number; end: number; isBackward: boolean; colour: number }

const { GrowsOnlyWhenTypingAfter, NeverGrowsWhenTypingAtEdges } = monaco.editor.TrackedRangeStickiness
/** The flag of the assistant's cursor, in characters. */
const assistantWidth = 13

/** Cursors and selections of the others in the file that one editor shows. */
export class PeerLayer {
  private readonly editor: CodeEditor
  private readonly selections: ReturnType<CodeEditor['createDecorationsCollection']>
  private readonly stops: { dispose(): void }[]
  private drawn = new Map<string, Drawn>()
  private signature = ''
  private assistant: { lineNumber: number; column: number } | undefined

  constructor(editor: CodeEditor) {
    this.editor = editor
    this.selections = editor.createDecorationsCollection()
    this.stops = [
      // The widgets know nothing of edits; the decorations move with them, in the same frame.
      editor.onDidChangeModelContent(() => this.followText()),
      editor.onMouseMove(({ target }) => this.hover(target.position)),
      editor.onMouseLeave(() => this.hover(null)),
    ]
  }

  /** A position whose text has not arrived leaves its cursor where it was. `assistant`: where the assistant's flag stands. */
  draw(file: FileModel, places: TextPlaces, peers: Peer[], assistant: { lineNumber: number; column: number } | undefined) {
    this.assistant = assistant
    const before = this.drawn
    this.drawn = new Map()
    const moved = peers.flatMap((peer) => this.place(peer, places, before))
    for (const [key, { cursor }] of before) if (!this.drawn.has(key)) cursor.dispose()
    this.drawSelections(file)
    for (const { cursor, start, end, isBackward } of this.drawn.values()) {
      cursor.moveTo(file.model.getPositionAt(isBackward ? start : end))
    }
    for (const cursor of moved) cursor.showFlag()
    this.layoutFlags()
  }

  clear() {
    for (const { cursor } of this.drawn.values()) cursor.dispose()
    this.drawn = new Map()
    this.signature = ''
    this.selections.clear()
  }

  close() {
    for (const stop of this.stops) stop.dispose()
    this.clear()
  }

  /** Works out where somebody's cursors are. Returns those that the person moved. */
  private place({ presence, name, colour }: Peer, places: TextPlaces, before: Map<string, Drawn>): PeerCursor[] {
    const moved: PeerCursor[] = []
    for (const [at, { head, anchor = head }] of (presence.selections ?? []).entries()) {
      const key = `${presence.connectionId}-${at}`
      const known = before.get(key)
      const one = places.offsetOf(head)
      const other = places.offsetOf(anchor)
      if (one === undefined || other === undefined) {
        if (known !== undefined) this.drawn.set(key, known)
        continue
      }
      const cursor = known?.cursor ?? new PeerCursor(this.editor, key, () => this.layoutFlags())
      cursor.setSign({ name, colour })
      const isBackward = one < other
      this.drawn.set(key, { cursor, head, start: Math.min(one, other), end: Math.max(one, other), isBackward, colour })
      // One flag per person is enough, however many cursors they have.
      if (at > 0) continue
      cursor.setTyping(presence.state === 'typing')
      if (!sameBytes(known?.head, head)) moved.push(cursor)
    }
    return moved
  }

  /** Set anew only when a person moved, not when the text did: decorations follow that by themselves. */
  private drawSelections({ model }: FileModel) {
    const drawn = [...this.drawn]
    const signature = drawn.map(([key, { start, end, colour }]) => `${key}:${start}:${end}:${colour}`).join()
    if (signature !== this.signature) {
      this.signature = signature
      this.selections.set(
        drawn.map(([, { start, end, colour }]) => ({
          range: monaco.Range.fromPositions(model.getPositionAt(start), model.getPositionAt(end)),
          options: {
            className: `peer-selection peer-colour-${colourOf(colour)}`,
            stickiness: start === end ? GrowsOnlyWhenTypingAfter : NeverGrowsWhenTypingAtEdges,
          },
        })),
      )
    }
  }

  private followText() {
    const ranges = this.selections.getRanges()
    for (const [at, { cursor, isBackward }] of [...this.drawn.values()].entries()) {
      const range = ranges[at]
      if (range !== undefined) cursor.moveTo(isBackward ? range.getStartPosition() : range.getEndPosition())
    }
  }

  private hover(place: { lineNumber: number; column: number } | null) {
    for (const { cursor } of this.drawn.values()) {
      const { lineNumber, column } = cursor.place ?? { lineNumber: 0, column: 0 }
      cursor.hover(place !== null && place.lineNumber === lineNumber && Math.abs(place.column - column) < 2)
    }
  }

  private layoutFlags() {
    const shown = [...this.drawn.values()].map(({ cursor }) => cursor).filter((cursor) => cursor.flagShown)
    const flags = shown.map(({ place, width }) => ({ lineNumber: place?.lineNumber ?? 0, column: place?.column ?? 0, width }))
    // The assistant's flag always stands on its line.
    const fixed = this.assistant === undefined ? [] : [{ ...this.assistant, width: assistantWidth }]
    const levels = flagLevels(flags, fixed)
    for (const [at, cursor] of shown.entries()) cursor.setLevel(levels[at] ?? 0)
  }
}
