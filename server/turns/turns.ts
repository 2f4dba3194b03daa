import type { BaseId } from '#protocol/bases.ts'
import type { Reply } from '#protocol/commands.ts'
import type { ChangesSinceBase } from '#protocol/http.ts'
import type { HunkEvent } from '#protocol/hunks.ts'
import type { Failure } from '#protocol/failures.ts'
import type { BackendInfo, RecordedPrompt } from '#protocol/sessions.ts'
import type { Hunk } from '#protocol/hunks.ts'
import type { ServerEvents } from '#protocol/events.ts'
import type { Reference, Turn, TurnCursor, TurnFrame } from '#protocol/turns.ts'
import type { OfferedEdit } from './offered-edits.ts'

export type TurnEvent =
  | { type: 'started'; sessionId: string; turn: Turn }
  | { type: 'status'; sessionId: string; status: ServerEvents['turn.status'] }
  | ({ type: 'queued'; sessionId: string } & ServerEvents['turns.queued'])
  | { type: 'hunks'; sessionId: string; hunkEvents: HunkEvent[] }
  | { type: 'rolledBack'; sessionId: string; turnIds: string[] }
  | { type: 'ended'; sessionId: string; ended: ServerEvents['turn.ended'] }

export class TurnRefused extends Error {
  override name = 'TurnRefused'
  readonly code: Failure['code']
  constructor(code: Failure['code']) {
    super(code)
    this.code = code
  }
}

/** One tab that watches a session's turns: a cursor into each running turn's log. */
export interface Viewer {
  /** False while the connection's write buffer is not short; the cursor then waits and the next frame is larger. */
  ready(): boolean
  frame(frame: TurnFrame): void
  /** Comes after the last frame of that turn, and when the viewer is ready for it. */
  ended(ended: ServerEvents['turn.ended']): void
}

/** Right before or right after a turn that waits. */
export type QueuePlace = { before: string } | { after: string }

/** Who takes a turn away. `removesAny`: also the prompts of others. */
export type Remover = { participantId: string; removesAny: boolean }

/** A viewer that watches. */
export type Watch = {
  /** The viewer is ready again: it is sent what is due now, instead of at the next frame. */
  resume(): void
  stop(): void
}

/** A turn from prompt to end. Turns of one session run one after the other. */
export interface Turns {
  backends(): BackendInfo[]
  recordedPrompts(sampleId: string | undefined): RecordedPrompt[]
  start(turn: {
    sessionId: string
    participantId: string
    prompt: string
    references: Reference[]
    openFileIds: string[]
    redirect?: string
    /** The answer is read for remarks, also where it is asked for again or continued. */
    review?: true
  }): Promise<{ turnId: string }>
  /** Ends a turn that runs, whoever asked for it; one that waits only as `remove` does. */
  stop(sessionId: string, turnId: string, by: Remover): Promise<void>
  /** Lets a turn that waits run right before or after another one that waits; `turn_begun` where one of them does not. */
  move(sessionId: string, turnId: string, place: QueuePlace): Promise<void>
  /** Takes a turn that waits out of the queue; `denied` where it is somebody else's, `turn_begun` where it does not wait. */
  remove(sessionId: string, turnId: string, by: Remover): Promise<void>
  /** `retry` takes back what the turn left undecided and asks the same again; `continue` lets its answer go on. */
  again(turn: {
    sessionId: string
    participantId: string
    turnId: string
    how: 'retry' | 'continue'
  }): Promise<{ turnId: string }>
  /** One block that replaces a selection, beside the session's chat turns; one per person at a time (`turn_active`). */
  inline(edit: {
    sessionId: string
    participantId: string
    prompt: string
    target: { fileId: string; start: Uint8Array; end: Uint8Array }
  }): Promise<{ turnId: string }>
  decide(decision: {
    sessionId: string
    participantId: string
    hunkIds: string[]
    decision: 'accept' | 'reject' | 'revert' | 'redo'
  }): Promise<{ decided: string[]; skipped: string[] }>
  /** Applies a proposal at one of its candidates; `hunk_decided` where it is none any more, `asked_again` while the model writes it anew. */
  apply(proposal: { sessionId: string; participantId: string; hunkId: string; candidate: number }): Promise<void>
  /** Makes proposals of edits whose author may not edit any more. */
  offer(edit: OfferedEdit): Promise<{ hunks: number }>
  /** Brings files, chat or both back to what they were before a turn, by forward edits. */
  restore(checkpoint: {
    sessionId: string
    participantId: string
    turnId: string
    files: boolean
    chat: boolean
  }): Promise<Reply<'checkpoint.restore'>>
  /** What differs between a base and now. Given up, with what was found so far, once `isWanted` says that nobody waits for it. */
  changesSince(sessionId: string, baseId: BaseId, isWanted?: () => boolean): Promise<ChangesSinceBase>
  /** All hunks of a file as they are now. */
  hunksOfFile(sessionId: string, fileId: string): Promise<Hunk[]>
  /** Turns and hunks of a session for a snapshot; running turns carry what their log holds at this moment. */
  snapshot(sessionId: string): Promise<{ turns: Turn[]; hunks: Hunk[] }>
  /** From now on the viewer receives everything after its cursors, of running and of coming turns. */
  watch(sessionId: string, viewer: Viewer, cursors: TurnCursor[]): Watch
  onEvent(listener: (event: TurnEvent) => void): () => void
  /** After a restart: marks turns that were running as `interrupted` and rolls their streaming hunks back. */
  recover(): Promise<void>
  /** Ends running turns as `interrupted`, durably. */
  close(): Promise<void>
}
