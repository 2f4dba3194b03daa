import type { ClientDocuments } from '#session/client-documents.ts'
import type { SessionState } from '#session/session-state.ts'
import { permits } from '#protocol/roles.ts'
import { EditorModels } from './editor-models.ts'
import { optionsWhile } from './editor-options.ts'
import { cursorPlace } from './cursor-place.ts'
import type { CursorPlace } from './editor-props.ts'
import type { FileModel } from './file-model.ts'
import { Following } from './following.ts'
import type { CodeEditor } from './hunk-decorations.ts'
import { HunkLayer } from './hunk-layer.ts'
import { monaco } from './monaco.ts'
import { newlyWritten, turnHistory } from './own-turns.ts'
import type { TextEdit } from './text-edits.ts'
import { TypingCount } from './typing-count.ts'
import { TypeCheck } from './type-check.ts'
import { pointAt } from './pointed-lines.ts'
import { ViewStates } from './view-states.ts'

export type EditorCoreOptions = {
  editor: CodeEditor
  documents: ClientDocuments
  store: { read(): SessionState; subscribe(listener: () => void): () => void }
  decide(hunkId: string, decision: 'accept' | 'reject'): void
  onCursor(place: CursorPlace | null): void
  onFollowBroken(): void
  onOpenFile(fileId: string): void
  /** An edit was taken back because the file would have become too long. */
  onTooLong(): void
  onCurrentHunk(hunkId: string | null): void
  /** The person moved the cursor, not a program. */
  onCursorMoved(): void
  onHunksInSight(hunkIds: string[]): void
  /** Ctrl+Z or its opposite came to what one's own turn did to a file. */
  onTurnUndo(way: 'revert' | 'redo', fileId: string, turnId: string): void
}

/** One mounted editor over a session: its models, what is drawn into it, and following. Knows no React. */
export class EditorCore {
  readonly models: EditorModels
  private readonly editor: CodeEditor
  private readonly options: EditorCoreOptions
  private readonly typeCheck = new TypeCheck()
  private readonly layer: HunkLayer
  private readonly following: Following
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
  private drawn: Pick<SessionState, 'hunks' | 'writeHeads'> | undefined
  private wasStreaming: boolean | undefined
  private noted: SessionState['hunks'] | undefined

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
    this.following = new Following(
      editor,
      () => options.onFollowBroken(),
      (fileId) => options.onOpenFile(fileId),
    )
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
    const opener = monaco.editor.registerEditorOpener({
      openCodeEditor: (_source, resource, place) => this.openResource(resource.path.slice(1), place),
    })
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
      this.models.subscribe(() => this.attach()),
    ]
    this.followState()
  }

  /** Shows a file, or nothing. */
  show(fileId: string | null) {
    this.fileId = fileId
    this.attach()
  }

  setFollowing(following: boolean) {
    this.following.set(following)
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
    const { hunks, writeHeads } = state
    if (hunks === this.drawn?.hunks && writeHeads === this.drawn.writeHeads) return
    if (hunks !== this.drawn?.hunks) this.noteOwnTurns(hunks, state.you?.participantId)
    // Not for every change of the state: one's own typing is folded while Monaco is still telling its parts of the change.
    this.drawn = { hunks, writeHeads }
    this.draw()
  }

  /** Puts the file's model into the editor, again when the file got another one. */
  private attach() {
    const file = this.fileId === null ? undefined : this.models.open(this.fileId)
    const model = file?.model ?? null
    if (model !== this.editor.getModel()) {
      this.viewStates.keep(this.shown?.fileId)
      this.layer.clear()
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

  /**
   * A file without a model takes what was written in it into its history when it gets one. What was there when the page was loaded is
   * no step: nobody expects the first undo of a visit to take back the work of an earlier one.
   */
  private noteOwnTurns(hunks: SessionState['hunks'], participantId: string | undefined) {
    if (participantId === undefined) return
    this.noted ??= hunks
    for (const { fileId, turnId } of newlyWritten(this.noted, hunks, participantId)) this.models.wrote(fileId, turnId)
    this.noted = hunks
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
    if (this.shown !== undefined) this.layer.draw(this.shown, this.options.store.read())
    this.goToWanted()
    this.following.step(this.shown?.fileId, this.layer.writingLine)
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

  /** *Go to definition* and its like lead to another file of the session. */
  private openResource(path: string, place: unknown): boolean {
    const fileId = this.models.fileIdOf(path)
    if (fileId === undefined) return false
    this.options.onOpenFile(fileId)
    this.wantedPlace = { fileId, ...lineAndColumn(place) }
    this.attach()
    return true
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

/** Monaco hands over a position or a range. */
function lineAndColumn(place: unknown): { line: number; column: number } {
  const { startLineNumber, startColumn, lineNumber, column } = (place ?? {}) as Partial<Record<string, number>>
  return { line: startLineNumber ?? lineNumber ?? 1, column: startColumn ?? column ?? 1 }
}
