import type { SessionState } from '#session/session-state.ts'
import { followStep, type FollowMoment } from './follow.ts'
import type { CodeEditor } from './hunk-decorations.ts'
import { monaco } from './monaco.ts'

/** Keeps one editor's view on the assistant's write head until the person scrolls, clicks or types in it. */
export class Following {
  private readonly editor: CodeEditor
  private readonly onBroken: () => void
  private readonly onOpenFile: (fileId: string) => void
  private readonly stops: (() => void)[]
  private following = false
  private typedAt = -Infinity
  private movedAt = -Infinity
  private heads: SessionState['writeHeads'] = {}
  /** The file in which the assistant wrote last. */
  private newest: string | null = null

  constructor(editor: CodeEditor, onBroken: () => void, onOpenFile: (fileId: string) => void) {
    this.editor = editor
    this.onBroken = onBroken
    this.onOpenFile = onOpenFile
    const node = editor.getContainerDomNode()
    const pointed = () => this.break()
    const typed = () => {
      this.typedAt = performance.now()
      this.break()
    }
    const keys = editor.onKeyDown(({ browserEvent }) => {
      if (!['Shift', 'Control', 'Alt', 'Meta'].includes(browserEvent.key)) typed()
    })
    const pastes = editor.onDidPaste(typed)
    // Before Monaco: it scrolls as it handles them.
    for (const event of ['wheel', 'pointerdown']) node.addEventListener(event, pointed, { passive: true, capture: true })
    this.stops = [
      () => keys.dispose(),
      () => pastes.dispose(),
      ...['wheel', 'pointerdown'].map((event) => () => node.removeEventListener(event, pointed, { capture: true })),
    ]
  }

  set(following: boolean) {
    this.following = following
  }

  /** Which file the assistant wrote in last. */
  noteHeads(heads: SessionState['writeHeads']) {
    if (heads === this.heads) return
    const moved = Object.entries(heads).filter(([fileId, head]) => this.heads[fileId] !== head)
    const [fileId] = moved.at(-1) ?? []
    if (fileId !== undefined) this.newest = fileId
    else if (this.newest !== null && heads[this.newest] === undefined) this.newest = null
    this.heads = heads
  }

  /** Moves the view if it should move. `writingLine`: where the assistant writes in the shown file, if that is known. */
  step(shownFileId: string | undefined, writingLine: number | undefined) {
    if (!this.following || this.newest === null) return
    const fileId = this.newest
    const now = performance.now()
    const step = followStep({
      now,
      following: true,
      head: { fileId, line: fileId === shownFileId ? writingLine : undefined },
      shown: this.sight(shownFileId),
      typedAt: this.typedAt,
      movedAt: this.movedAt,
    })
    if (step.type === 'stay') return
    this.movedAt = now
    if (step.type === 'open') this.onOpenFile(step.fileId)
    else this.editor.revealLineInCenter(step.line, monaco.editor.ScrollType.Immediate)
  }

  close() {
    for (const stop of this.stops) stop()
  }

  private break() {
    if (this.following) this.onBroken()
  }

  private sight(fileId: string | undefined): FollowMoment['shown'] {
    const ranges = this.editor.getVisibleRanges()
    const [first] = ranges
    if (fileId === undefined || first === undefined) return null
    return { fileId, firstLine: first.startLineNumber, lastLine: (ranges.at(-1) ?? first).endLineNumber }
  }
}
