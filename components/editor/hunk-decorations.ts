import type { Hunk } from '#protocol/hunks.ts'
import { DeletedLines } from './deleted-lines.ts'
import { hunkLines, type HunkLines } from './hunk-lines.ts'
import type { TextPlaces } from './hunk-place.ts'
import { monaco } from './monaco.ts'

/** For the difference of one hunk: again in every frame while it streams, and once when it is settled. */
const withinFrameMs = 4
const settledMs = 20

export type CodeEditor = ReturnType<typeof monaco.editor.create>

/** A hunk as it is drawn: the lines it takes up now, 1-based and inclusive; `last` is before `first` where nothing is left. */
export type DrawnHunk = { hunkId: string; first: number; last: number; streaming: boolean }

/** `version`: of the model that it was worked out for. */
type Drawn = DrawnHunk & { hunk: Hunk; version: number; live: string; lines: HunkLines }

/**
 * Draws the hunks of the file that an editor shows: added lines tinted, deleted lines above what took their place. Works out the
 * difference of a hunk again only when its text has changed.
 */
export class HunkDecorations {
  private readonly editor: CodeEditor
  private readonly decorations: ReturnType<CodeEditor['createDecorationsCollection']>
  private readonly deleted: DeletedLines
  private drawn = new Map<string, Drawn>()
  private active: string | null = null

  constructor(editor: CodeEditor) {
    this.editor = editor
    this.decorations = editor.createDecorationsCollection()
    this.deleted = new DeletedLines(editor)
  }

  /** In the order of their lines. */
  all(): DrawnHunk[] {
    return [...this.drawn.values()].toSorted((one, other) => one.first - other.first)
  }

  /**
   * The hunk on a line; deleted lines belong to the line under them, or to the last line where there is none. Several can meet on
   * a line: then the preferred one, else one that has lines there.
   */
  at(line: number, preferred: string | null = null): DrawnHunk | undefined {
    const lineCount = this.editor.getModel()?.getLineCount() ?? 0
    const found = this.all().filter(({ first, last }) => line >= Math.min(first, lineCount) && line <= Math.max(first, last))
    return found.find(({ hunkId }) => hunkId === preferred) ?? found.find(({ last }) => line <= last) ?? found[0]
  }

  ofZone(zoneId: string): DrawnHunk | undefined {
    const hunkId = this.deleted.hunkOf(zoneId)
    return hunkId === undefined ? undefined : this.drawn.get(hunkId)
  }

  /** The hunk that the controls are about is drawn a little stronger. */
  setActive(hunkId: string | null) {
    if (hunkId === this.active) return
    this.active = hunkId
    this.tint()
  }

  draw(hunks: readonly Hunk[], places: TextPlaces) {
    const before = this.drawn
    const changed: Drawn[] = []
    this.drawn = new Map()
    for (const hunk of hunks) {
      const drawn = this.work(hunk, places, before.get(hunk.hunkId))
      if (drawn === undefined) continue
      this.drawn.set(hunk.hunkId, drawn)
      if (drawn !== before.get(hunk.hunkId)) changed.push(drawn)
    }
    const gone = [...before.keys()].filter((hunkId) => !this.drawn.has(hunkId))
    if (changed.length === 0 && gone.length === 0) return
    this.tint()
    this.deleted.show(
      changed.map(({ hunkId, first, lines }) => ({ hunkId, first, pieces: lines.deleted })),
      gone,
    )
  }

  /** Takes everything off, because another file is shown: zones and decorations went with the old one. */
  clear() {
    this.drawn.clear()
    this.decorations.clear()
    this.deleted.clear()
  }

  private work(hunk: Hunk, places: TextPlaces, before: Drawn | undefined): Drawn | undefined {
    const model = this.editor.getModel()
    if (model === null) return undefined
    const version = model.getVersionId()
    if (before?.hunk === hunk && before.version === version) return before
    // While a document is read anew its hunks may be ahead of its text; until that arrives they stay as they were drawn.
    const place = places.of(hunk)
    if (place === undefined) return before
    const start = model.getPositionAt(place.start)
    const end = model.getPositionAt(place.end)
    const isEmpty = place.start === place.end
    const first = isEmpty && start.column > 1 ? start.lineNumber + 1 : start.lineNumber
    const last = isEmpty || end.column === 1 ? end.lineNumber - 1 : end.lineNumber
    const streaming = hunk.state === 'streaming'
    const live =
      last < first ? '' : `${model.getValueInRange(new monaco.Range(first, 1, last, model.getLineMaxColumn(last)))}\n`
    const { baseText } = hunk
    const same = before?.live === live && before.hunk.baseText === baseText && before.streaming === streaming
    if (same && before.first === first) return Object.assign(before, { hunk, version })
    const liveLines = live === '' ? [] : live.slice(0, -1).split('\n')
    const lines = same ? before.lines : hunkLines(baseText, liveLines, streaming ? withinFrameMs : settledMs)
    return { hunkId: hunk.hunkId, hunk, version, first, last, streaming, live, lines }
  }

  private tint() {
    const decorations = [...this.drawn.values()].flatMap(({ hunkId, first, lines }) =>
      lines.added.map(({ from, count }) => ({
        range: new monaco.Range(first + from, 1, first + from + count - 1, 1),
        options: hunkId === this.active ? activeLines : addedLines,
      })),
    )
    this.decorations.set(decorations)
  }
}

const addedLines = {
  description: 'hunk',
  isWholeLine: true,
  className: 'hunk-added',
  marginClassName: 'hunk-added',
  linesDecorationsClassName: 'hunk-added-bar',
  stickiness: monaco.editor.TrackedRangeStickiness.NeverGrowsWhenTypingAtEdges,
  overviewRuler: { color: '#3fb950a0', position: monaco.editor.OverviewRulerLane.Left },
}

const activeLines = { ...addedLines, className: 'hunk-added hunk-active', marginClassName: 'hunk-added hunk-active' }
