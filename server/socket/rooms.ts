import type { Documents } from '#documents/documents.ts'
import type { Messages } from '#messages/messages.ts'
import type { Reviews } from '#reviews/reviews.ts'
import type { Presences } from '#sessions/presence.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { Turns } from '#turns/turns.ts'

/** The domain rooms that connections ask, and whose events they are told. */
export type Rooms = {
  sessions: Sessions
  documents: Documents
  turns: Turns
  presences: Presences
  messages: Messages
  reviews: Reviews
}
