import type { Participant } from '#protocol/sessions.ts'
import { assistant, type Nameable } from './message-names.ts'

/** Everyone who can be mentioned in a message: of two with one name rather who is still here, the assistant last. */
export function nameables(participants: readonly Participant[]): Nameable[] {
  const here = participants.toSorted((one, other) => Number(one.removed ?? false) - Number(other.removed ?? false))
  return [...here.map(({ participantId: id, name }) => ({ id, name })), assistant]
}
