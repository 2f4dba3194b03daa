import type { FollowTarget } from '#session/leader.ts'
import type { SessionState } from '#session/session-state.ts'
import { permits } from '#protocol/roles.ts'
import { EditorModels } from './editor-models.ts'
import type { EditorCoreOptions } from './editor-core-options.ts'
import { optionsWhile } from './editor-options.ts'
import { cursorPlace } from './cursor-place.ts'
import type { FileModel } from './file-model.ts'
import { Following } from './following.ts'
import { HunkLayer } from './hunk-layer.ts'
import { TextPlaces } from './hunk-place.ts'
import { monaco } from './monaco.ts'
import { OwnTurns, turnHistory } from './own-turns.ts'
import { OwnPlace } from './own-place.ts'
import { PeerLayer } from './peer-layer.ts'
import { peersIn } from './peers.ts'
import type { TextEdit } from './text-edits.ts'
import { TypingCount } from './typing-count.ts'
import { TypeCheck } from './type-check.ts'
import { pointAt } from './pointed-lines.ts'
import { openResources } from './resource-opener.ts'
import { ViewStates } from './view-states.ts'

/** One mounted editor over a session: its models, what is drawn into it, and following. Knows no React. */
export class EditorCore {
  readonly models: EditorModels
  private readonly editor: EditorCoreOptions['editor']
  private readonly options: EditorCoreOptions
  private readonly typeCheck = new TypeCheck()
  private readonly layer: HunkLayer
  private readonly following: Following
  private readonly peers: PeerLayer
  private readonly ownPlace: OwnPlace
  private readonly viewStates: ViewStates
  private readonly stops: (() => void)[]
  private fileId: string | null = null
  private shown: FileModel | undefined
  private readonly typing: TypingCount
  /** A hunk to go to, and what was typed before that was asked for. */
  private wanted: { hunkId: string; typed: number } | null = null
  private wantedPlace: { fileId: string; line: number; column: number } | null = null
  private frame: number | undefined
  private files: SessionState['files'] | undefined
  private drawn: Pick<SessionState, 'hunks' | 'writeHeads' | 'participants'> | undefined
  private wasStreaming: boolean | undefined
  private readonly ownTurns = new OwnTurns((fileId, turnId) => this.models.wrote(fileId, turnId))

  constructor(options: EditorCoreOptions) {
    const { editor, documents, store } = options
    this.options = options
    this.editor = editor
    this.models = new EditorModels(documents, {
      onTooLong: () => options.onTooLong(),
      mayWrite: () => mayWrite(store.read()),
      onUndone: (fileId, edit) => this.showUndone(fileId, edit),
      turns: turnHistory(store, (way, fileId, turnId) => options.onTurnUndo(way, fileId, turnId)),
    })
    this.layer = new HunkLayer(editor, {
      decide: (hunkId, decision) => options.decide(hunkId, decision),
      onCurrent: (hunkId) => options.onCurrentHunk(hunkId),
      onInSight: (hunkIds) => options.onHunksInSight(hunkIds),
    })
    this.following = new Following(editor, options.people, {
      onBroken: () => options.onFollowBroken(),
      onOpenFile: (fileId) => options.onFollowedTo(fileId),
    })
    this.peers = new PeerLayer(editor)
    this.ownPlace = new OwnPlace(editor, options.own, () => this.shown)
    this.viewStates = new ViewStates(editor)
    this.typing = new TypingCount(editor)
    const disposables = [
      editor.onDidChangeModelContent(() => this.drawSoon()),
      editor.onDidChangeCursorSelection(({ reason }) => {
        if (reason === monaco.editor.CursorChangeReason.Explicit) {
          this.shown?.endUndoGroup()
          options.onCursorMoved()
        }
        this.tellCursor()
        this.layer.point()
      }),
    ]
    const opener = openResources(
      (path) => this.models.fileIdOf(path),
      (place) => {
        options.onOpenFile(place.fileId)
        this.wantedPlace = place
        this.attach()
      },
    )
    const seen = () => {
      if (document.hidden) return
      for (const file of this.models.all()) file.catchUp()
      this.followState()
      this.draw()
    }
    document.addEventListener('visibilitychange', seen)
    this.stops = [
      () => document.removeEventListener('visibilitychange', seen),
      () => opener.dispose(),
      ...disposables.map((disposable) => () => disposable.dispose()),
      store.subscribe(() => this.followState()),
      options.people.subscribe(() => this.drawSoon()),
      this.models.subscribe(() => this.attach()),
    ]
    this.followState()
  }

  /** Shows a file, or nothing. */
  show(fileId: string | null) {
    this.fileId = fileId
    this.attach()
  }

  setFollowing(target: FollowTarget) {
    this.following.set(target)
    this.draw()
  }

  reveal(line: number, column = 1) {
    this.editor.setPosition({ lineNumber: line, column })
    this.editor.revealLineInCenterIfOutsideViewport(line)
  }

  point(fromLine: number, toLine: number) {
    pointAt(this.editor, fromLine, toLine)
  }

  /** Goes to a hunk as soon as its file is shown and the hunk is drawn, unless the person is typing by then. */
  revealHunk(hunkId: string) {
    this.wanted = { hunkId, typed: this.typing.value }
    this.draw()
  }

  /** How often the person has typed here until now. */
  get typed(): number {
    return this.typing.value
  }

  /** The hunk that the review is at. */
  review(hunkId: string | null, isOfFile: boolean) {
    this.layer.review(hunkId, isOfFile)
  }

  /** Where the cursor stands in the document, in UTF-16 units. */
  cursorOffset(): { fileId: string; offset: number } | null {
    const position = this.editor.getPosition()
    if (this.shown === undefined || position === null) return null
    return { fileId: this.shown.fileId, offset: this.shown.model.getOffsetAt(position) }
  }

  close() {
    for (const stop of this.stops) stop()
    if (this.frame !== undefined) cancelAnimationFrame(this.frame)
    this.following.close()
    this.peers.close()
    this.ownPlace.close()
    this.typing.close()
    this.layer.close()
    this.editor.setModel(null)
    this.models.close()
    this.typeCheck.close()
  }

  private followState() {
    const state = this.options.store.read()
    if (state.files !== this.files) {
      this.files = state.files
      this.models.setFiles(state.files)
      this.attach()
    }
    const isStreaming = state.turns.some((turn) => turn.status === 'streaming')
    if (isStreaming !== this.wasStreaming) {
      this.wasStreaming = isStreaming
      this.editor.updateOptions(optionsWhile(isStreaming))
      this.typeCheck.pause(isStreaming)
    }
    this.following.noteHeads(state.writeHeads)
    const { hunks, writeHeads, participants } = state
    const { drawn } = this
    if (hunks === drawn?.hunks && writeHeads === drawn.writeHeads && participants === drawn.participants) return
    if (hunks !== drawn?.hunks) this.ownTurns.note(hunks, state.you?.participantId)
    // Not for every change of the state: one's own typing is folded while Monaco is still telling its parts of the change.
    this.drawn = { hunks, writeHeads, participants }
    this.draw()
  }

  /** Puts the file's model into the editor, again when the file got another one. */
  private attach() {
    const file = this.fileId === null ? undefined : this.models.open(this.fileId)
    const model = file?.model ?? null
    if (model !== this.editor.getModel()) {
      this.viewStates.keep(this.shown?.fileId)
      this.layer.clear()
      this.peers.clear()
      this.shown = file
      this.editor.setModel(model)
      this.viewStates.restore(file?.fileId)
      this.typeCheck.show(model)
      this.tellCursor()
    }
    if (this.wantedPlace !== null && this.wantedPlace.fileId === this.shown?.fileId) {
      const { line, column } = this.wantedPlace
      this.wantedPlace = null
      this.reveal(line, column)
      this.editor.focus()
    }
    this.draw()
  }

  private drawSoon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined
      this.draw()
    })
  }

  private draw() {
    if (this.frame !== undefined) cancelAnimationFrame(this.frame)
    this.frame = undefined
    // The models of a hidden page are behind their documents.
    if (document.hidden) return
    const { shown, layer } = this
    const state = this.options.store.read()
    const text = shown?.document?.text
    const places = text && new TextPlaces(text)
    if (shown !== undefined) layer.draw(shown, state, places)
    if (shown !== undefined && places !== undefined) {
      this.peers.draw(shown, places, peersIn(shown.fileId, this.options.people, state), layer.writing)
    }
    this.goToWanted()
    this.following.step(shown, { writingLine: layer.writing?.lineNumber, places, you: state.you })
  }

  private goToWanted() {
    if (this.wanted === null) return
    const { hunkId, typed } = this.wanted
    const line = typed === this.typing.value ? this.lineOfHunk(hunkId) : 'stale'
    if (line === undefined) return
    this.wanted = null
    if (line === 'stale') return
    this.layer.review(hunkId)
    this.reveal(line)
  }

  /** A rename or deletion is about the whole file, so it stands at its top. */
  private lineOfHunk(hunkId: string): number | undefined {
    const hunk = this.options.store.read().hunks[hunkId]
    const isOfFile = hunk?.kind === 'rename' || hunk?.kind === 'delete'
    if (isOfFile) return hunk.fileId === this.shown?.fileId ? 1 : undefined
    return this.layer.lineOf(hunkId)
  }

  private tellCursor() {
    const selection = this.editor.getSelection()
    if (this.shown === undefined || selection === null) return this.options.onCursor(null)
    this.options.onCursor(cursorPlace(this.shown.fileId, this.shown.model, selection))
  }

  /** The cursor goes to what undo or redo changed, as people know it from editors. */
  private showUndone(fileId: string, { offset, text }: TextEdit) {
    if (this.shown?.fileId !== fileId || !this.editor.hasTextFocus()) return
    const position = this.shown.model.getPositionAt(offset + text.length)
    this.editor.setPosition(position)
    this.editor.revealPositionInCenterIfOutsideViewport(position)
  }
}

/** Whether this tab may change documents. */
function mayWrite({ you, connection }: SessionState): boolean {
  return you !== null && permits(you.role, 'editor') && connection.status !== 'refused'
}
