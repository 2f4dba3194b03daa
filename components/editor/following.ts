import type { PeopleFeed } from '#session/people-feed.ts'
import { leaderOf, type FollowTarget } from '#session/leader.ts'
import type { SessionState } from '#session/session-state.ts'
import { followStep, type FollowMoment } from './follow.ts'
import type { FileModel } from './file-model.ts'
import type { CodeEditor } from './hunk-decorations.ts'
import type { TextPlaces } from './hunk-place.ts'
import { monaco } from './monaco.ts'
import { OwnMoves } from './own-moves.ts'
import { PersonView } from './person-view.ts'

/** Keeps one editor's view on the assistant's write head, or where somebody else's view is, until the person moves in it. */
export class Following {
  private readonly editor: CodeEditor
  private readonly people: PeopleFeed
  private readonly onBroken: () => void
  private readonly onOpenFile: (fileId: string) => void
  private readonly moves: OwnMoves
  private readonly view: PersonView
  private target: FollowTarget = null
  private movedAt = -Infinity
  private heads: SessionState['writeHeads'] = {}
  /** The file in which the assistant wrote last. */
  private newest: string | null = null

  constructor(
    editor: CodeEditor,
    people: PeopleFeed,
    { onBroken, onOpenFile }: { onBroken: () => void; onOpenFile: (fileId: string) => void },
  ) {
    this.editor = editor
    this.people = people
    this.onBroken = onBroken
    this.onOpenFile = onOpenFile
    this.moves = new OwnMoves(editor, () => this.break())
    this.view = new PersonView(editor, onOpenFile)
  }

  set(target: FollowTarget) {
    this.target = target
    this.view.forget()
  }

  /** The person went somewhere by themselves. */
  break() {
    if (this.target !== null) this.onBroken()
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
  step(
    shown: FileModel | undefined,
    { writingLine, places, you }: { writingLine: number | undefined; places: TextPlaces | undefined; you: SessionState['you'] },
  ) {
    const { target, people } = this
    if (target?.kind === 'assistant') this.followAssistant(shown?.fileId, writingLine)
    if (target?.kind !== 'person') return
    const leader = leaderOf(target.participantId, you?.participantId, (person) => people.of(person)?.following)
    if (leader !== null) this.view.step(people.of(leader), shown, places)
  }

  close() {
    this.moves.close()
  }

  private followAssistant(shownFileId: string | undefined, writingLine: number | undefined) {
    if (this.newest === null) return
    const fileId = this.newest
    const now = performance.now()
    const step = followStep({
      now,
      following: true,
      head: { fileId, line: fileId === shownFileId ? writingLine : undefined },
      shown: this.sight(shownFileId),
      typedAt: this.moves.typedAt,
      movedAt: this.movedAt,
    })
    if (step.type === 'stay') return
    this.movedAt = now
    if (step.type === 'open') this.onOpenFile(step.fileId)
    else this.editor.revealLineInCenter(step.line, monaco.editor.ScrollType.Immediate)
  }

  private sight(fileId: string | undefined): FollowMoment['shown'] {
    const ranges = this.editor.getVisibleRanges()
    const [first] = ranges
    if (fileId === undefined || first === undefined) return null
    return { fileId, firstLine: first.startLineNumber, lastLine: (ranges.at(-1) ?? first).endLineNumber }
  }
}
