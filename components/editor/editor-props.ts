import type { Ref } from 'react'
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

export type EditorAreaProps = {
  /** The file to show; null while none is open. */
  fileId: string | null
  theme: 'dark' | 'light'
  /** Whether the view follows the assistant's write head. */
  follow: boolean
  /** The person went into the file: the editor takes the focus as soon as one can type, unless something else has it by then. */
  entered: boolean
  /** The person scrolled, clicked or typed while following: the workbench turns `follow` off. */
  onFollowBroken(): void
  onCursor(place: CursorPlace | null): void
  /** Which of the settled hunks that wait for a decision are in the part of the file that is shown. */
  onHunksInSight(hunkIds: string[]): void
  /** Review, following and *go to definition* lead to another file. */
  onOpenFile(fileId: string): void
  wordFailure: WordFailure
  ref?: Ref<EditorHandle>
}
