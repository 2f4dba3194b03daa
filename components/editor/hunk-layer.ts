import type { SessionState, WriteHead } from '#session/session-state.ts'
import { AssistantCursor } from './assistant-cursor.ts'
import type { FileModel } from './file-model.ts'
import { HunkControls } from './hunk-controls.ts'
import { HunkDecorations, type CodeEditor, type DrawnHunk } from './hunk-decorations.ts'
import type { TextPlaces } from './hunk-place.ts'
import { monaco } from './monaco.ts'
import { isDrawn } from './review-order.ts'

type Place = { lineNumber: number; column: number }

/** Everything about hunks in one editor: their lines, the assistant's cursor, the controls at the hunk one points at. */
export class HunkLayer {
  private readonly editor: CodeEditor
  private readonly hunks: HunkDecorations
  private readonly cursor: AssistantCursor
  private readonly controls: HunkControls
  private readonly inHunk: { set(value: boolean): void }
  private readonly stops: { dispose(): void }[]
  private readonly onCurrent: (hunkId: string | null) => void
  /** Where the assistant writes in the file as it was drawn last. */
  writing: Place | undefined
  private hovered: string | null = null
  private reviewed: string | null = null
  /** What is reviewed has no place in the text: its keys work wherever the cursor stands. */
  private isAtFile = false
  private told: string | null = null
  private readonly onInSight: (hunkIds: string[]) => void
  private inSight: string[] = []

  constructor(
    editor: CodeEditor,
    options: {
      decide(hunkId: string, decision: 'accept' | 'reject'): void
      /** The cursor stands in another hunk than before, or in none. */
      onCurrent(hunkId: string | null): void
      /** Other settled hunks than before are on screen, at least in part. */
      onInSight(hunkIds: string[]): void
    },
  ) {
    this.editor = editor
    this.onInSight = options.onInSight
    this.onCurrent = options.onCurrent
    this.hunks = new HunkDecorations(editor)
    this.cursor = new AssistantCursor(editor)
    this.controls = new HunkControls(editor, options.decide)
    this.inHunk = editor.createContextKey('flintInHunk', false)
    const { CONTENT_VIEW_ZONE, GUTTER_VIEW_ZONE } = monaco.editor.MouseTargetType
    this.stops = [
      editor.onMouseMove(({ target }) => {
        const isZone = target.type === CONTENT_VIEW_ZONE || target.type === GUTTER_VIEW_ZONE
        if (isZone) this.hover(this.hunks.ofZone(target.detail.viewZoneId))
        else this.hover(target.position === null ? undefined : this.hunks.at(target.position.lineNumber))
      }),
      editor.onMouseLeave(() => this.hover(undefined)),
      editor.onDidScrollChange(() => this.tellInSight()),
      editor.onDidLayoutChange(() => this.tellInSight()),
    ]
  }

  /** `places`: of the file's document; absent until it is open. */
  draw(file: FileModel, state: SessionState, places: TextPlaces | undefined) {
    if (places !== undefined) {
      const own = Object.values(state.hunks).filter((hunk) => hunk.fileId === file.fileId && isDrawn(hunk))
      this.hunks.draw(own, places)
      this.follow(file, state.writeHeads[file.fileId], places)
    }
    this.point()
    this.tellInSight()
  }

  /** Another file is shown. */
  clear() {
    this.hovered = null
    this.hunks.clear()
    this.writing = undefined
    this.cursor.remove()
    this.point()
    this.tellInSight()
  }

  /** The hunk that the cursor stands in. */
  current(): DrawnHunk | undefined {
    const position = this.editor.getPosition()
    return position === null ? undefined : this.hunks.at(position.lineNumber, this.reviewed)
  }

  /** The line on which a drawn hunk begins. */
  lineOf(hunkId: string): number | undefined {
    return this.hunks.all().find((hunk) => hunk.hunkId === hunkId)?.first
  }

  /** Works out anew which hunk is pointed at. */
  point() {
    const current = this.current()
    const drawn = this.hunks.all()
    const find = (wanted: string | null) => drawn.find(({ hunkId }) => hunkId === wanted)
    const shown = find(this.hovered) ?? current ?? find(this.reviewed) ?? null
    this.controls.show(shown)
    this.hunks.setActive(shown?.hunkId ?? null)
    this.inHunk.set(current === undefined ? this.isAtFile : !current.streaming)
    const hunkId = current?.hunkId ?? null
    if (hunkId === this.told) return
    this.told = hunkId
    this.onCurrent(hunkId)
  }

  close() {
    for (const stop of this.stops) stop.dispose()
    this.controls.dispose()
  }

  /** The hunk that the review is at; it has the controls while nothing else is pointed at. */
  review(hunkId: string | null, isOfFile = false) {
    if (hunkId === this.reviewed && isOfFile === this.isAtFile) return
    this.reviewed = hunkId
    this.isAtFile = isOfFile
    this.point()
  }

  /** A head whose text has not arrived, because the document is just being read anew, leaves the cursor where it is. */
  private follow(file: FileModel, head: WriteHead | undefined, places: TextPlaces) {
    const offset = head === undefined ? undefined : places.offsetOf(head.position)
    if (head !== undefined && offset === undefined) return
    this.writing = offset === undefined ? undefined : writingPlace(file, offset)
    this.cursor.moveTo(this.writing ?? null)
  }

  private tellInSight() {
    const ranges = this.editor.getVisibleRanges()
    const inSight = this.hunks
      .all()
      .filter(({ streaming }) => !streaming)
      .filter(({ first, last }) =>
        // Where only deleted lines are left, they stand above the line `first`.
        ranges.some((range) => range.startLineNumber <= Math.max(first, last) && range.endLineNumber >= Math.min(first, last)),
      )
      .map(({ hunkId }) => hunkId)
    if (inSight.length === this.inSight.length && inSight.every((hunkId, index) => hunkId === this.inSight[index])) return
    this.inSight = inSight
    this.onInSight(inSight)
  }

  private hover(hunk: DrawnHunk | undefined) {
    const hunkId = hunk?.hunkId ?? null
    if (this.controls.hovered || hunkId === this.hovered) return
    this.hovered = hunkId
    this.point()
  }
}

/** Where the assistant's cursor stands: behind a line feed it has finished a line, and stays at the end of that line. */
function writingPlace({ model }: FileModel, offset: number): Place {
  const place = model.getPositionAt(offset)
  if (place.column > 1 || place.lineNumber === 1) return place
  const lineNumber = place.lineNumber - 1
  return { lineNumber, column: model.getLineMaxColumn(lineNumber) }
}
