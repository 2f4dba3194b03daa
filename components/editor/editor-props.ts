import type { ComponentType, Ref } from 'react'
import type { FollowTarget } from '#session/leader.ts'
import type { TurnFailure } from '#protocol/failures.ts'

/** Where the person's cursor is: 1-based line and column, UTF-16 units selected, and the lines that the selection touches. */
export type CursorPlace = {
  fileId: string
  line: number
  column: number
  selectionLength: number
  fromLine: number
  toLine: number
}

/** What the workbench's commands and shortcuts may do with the editor. */
export type EditorHandle = {
  focus(): void
  /** Shows a place of the open file; 1-based. */
  reveal(line: number, column?: number): void
  /** Shows lines of the open file and marks them for a moment; 1-based and inclusive. The cursor stays where it is. */
  point(fromLine: number, toLine: number): void
  /** Runs one of Monaco's own actions, e.g. `actions.find`, `editor.action.formatDocument`. */
  run(actionId: string): void
  /** Asks what to do with the selected lines. */
  inlineEdit(): void
  /** Begins a conversation about the selected lines. */
  comment(): void
  acceptHunk(): void
  rejectHunk(): void
  acceptFile(): void
  rejectFile(): void
  /** All hunks of the turn that the review is at. */
  decideTurn(decision: 'accept' | 'reject'): void
  /** Brings back what was rejected last. */
  undoReject(): void
  acceptAll(): void
  nextHunk(): void
  previousHunk(): void
}

/** What happened to a turn that failed, and what to do. */
export type WordFailure = (failure: TurnFailure, backendName: string) => { happened: string; toDo: string }

/** Lines that somebody is about to comment on: as they are now, and as they are told to the server. */
export type NewThreadLines = {
  fromLine: number
  toLine: number
  anchor: { start: Uint8Array<ArrayBuffer>; end: Uint8Array<ArrayBuffer> }
  text: string
}

/** Conversations in the code. What they look like is the review's to say. */
export type ThreadsInEditor = {
  shownThreadId: string | null
  onShow(threadId: string | null): void
  onStep(step: 1 | -1): void
  ThreadView: ComponentType<{ threadId: string; onClose(): void; onStep(step: 1 | -1): void }>
  NewThread: ComponentType<{ fileId: string; lines?: NewThreadLines; onEnd(threadId?: string): void }>
}

export type EditorAreaProps = {
  /** The file to show; null while none is open. */
  fileId: string | null
  theme: 'dark' | 'light'
  /** Whose place the view follows. */
  follow: FollowTarget
  /** What had the focus when the person went into the file: the editor takes it from there as soon as one can type, not from elsewhere. */
  enteredFrom: Element | null
  /** The person scrolled, clicked or typed while following: the workbench turns `follow` off. */
  onFollowBroken(): void
  onCursor(place: CursorPlace | null): void
  /** Which of the settled hunks that wait for a decision are in the part of the file that is shown. */
  onHunksInSight(hunkIds: string[]): void
  /** Review and *go to definition* lead to another file. */
  onOpenFile(fileId: string): void
  /** Whom the view follows is in another file. */
  onFollowedTo(fileId: string): void
  wordFailure: WordFailure
  threads: ThreadsInEditor
  ref?: Ref<EditorHandle>
}
