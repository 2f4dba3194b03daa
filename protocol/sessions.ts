import type { ZipBase } from './bases.ts'
import type { MessagePage } from './chat.ts'
import type { Hunk } from './hunks.ts'
import type { PresenceSnapshot } from './presence.ts'
import type { ReviewSnapshot } from './review.ts'
import type { Sharing } from './links.ts'
import type { Role } from './roles.ts'
import type { Turn } from './turns.ts'

/** A file of a session's tree. */
export type FileNode = {
  fileId: string
  /** Relative, `/`-separated, no `.` or `..` segment. */
  path: string
  kind: 'text' | 'binary'
  /** Line ending restored on export; documents hold LF only. */
  lineEnding: 'lf' | 'crlf' | 'cr'
  /** Size of the last stored text in bytes. */
  bytes: number
  /** The turn that created this file, until somebody accepts it. */
  proposedBy?: string
}

export type Participant = {
  participantId: string
  name: string
  role: Role
  /** Index into the people colours `--p1` … `--p5`. */
  colour: number
  /** Came through a link and chose the name. */
  guest?: true
  /** Not in the session any more; what they wrote still names them. */
  removed?: true
}

/** A configured endpoint, as clients see it: never a key, never a URL with credentials. */
export type BackendInfo = {
  backendId: string
  name: string
  /** `recorded`: the replay backend; the UI says *recorded answer* wherever it is in use. */
  kind: 'live' | 'recorded'
  models: string[]
}

export type RecordedPrompt = {
  title: string
  prompt: string
  /** For an inline edit of exactly these whole lines of a file of the sample; absent for a prompt of the chat. */
  selection?: { path: string; text: string }
}

export type SessionInfo = {
  sessionId: string
  name: string
  /** The sample it was started from, if any. */
  sampleId?: string
  createdAt: number
  backendId: string
  model: string
  /** Who comes through a link waits until an owner lets them in. */
  approval?: true
}

/** Everything a tab needs to draw the session; what follows arrives as events. */
export type SessionSnapshot = {
  session: SessionInfo
  you: Participant
  /** Also those who were removed. */
  participants: Participant[]
  /** Only for owners. */
  sharing?: Sharing
  files: FileNode[]
  /** Folders that exist without files, beside those that exist through the files in them. */
  folders: string[]
  /** The files hold every change of the tree up to this version, and may hold later ones. */
  treeVersion: number
  /** Oldest first. A running turn's text is what the log held when the reply was written; frames continue from there. */
  turns: Turn[]
  /** The newest messages between people. */
  messages: MessagePage
  /** All hunks that are still open, and those of the turns above. */
  hunks: Hunk[]
  backends: BackendInfo[]
  /** What the replay backend can answer in this session. */
  recordedPrompts: RecordedPrompt[]
  presence: PresenceSnapshot
  review: ReviewSnapshot
  /** Zips to compare with, oldest first. */
  bases: ZipBase[]
}
