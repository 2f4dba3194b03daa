import type { ClientDocuments } from '#session/client-documents.ts'
import type { OwnPresence } from '#session/own-presence.ts'
import type { PeopleFeed } from '#session/people-feed.ts'
import type { SessionState } from '#session/session-state.ts'
import type { CursorPlace } from './editor-props.ts'
import type { CodeEditor } from './hunk-decorations.ts'

/** What a mounted editor works with, and whom it tells. */
export type EditorCoreOptions = {
  editor: CodeEditor
  documents: ClientDocuments
  people: PeopleFeed
  own: OwnPresence
  store: { read(): SessionState; subscribe(listener: () => void): () => void }
  decide(hunkId: string, decision: 'accept' | 'reject'): void
  onCursor(place: CursorPlace | null): void
  onFollowBroken(): void
  onOpenFile(fileId: string): void
  /** Whom the view follows is in another file. */
  onFollowedTo(fileId: string): void
  /** An edit was taken back because the file would have become too long. */
  onTooLong(): void
  onCurrentHunk(hunkId: string | null): void
  /** The person moved the cursor, not a program. */
  onCursorMoved(): void
  onHunksInSight(hunkIds: string[]): void
  /** Ctrl+Z or its opposite came to what one's own turn did to a file. */
  onTurnUndo(way: 'revert' | 'redo', fileId: string, turnId: string): void
}
