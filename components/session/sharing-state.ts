import type { Sharing } from '#protocol/links.ts'
import type { Participant } from '#protocol/sessions.ts'

type SharingState = { you: Participant | null; participants: Participant[]; sharing: Sharing | null }

export type SharingEvent =
  | { type: 'participants.changed'; changed: Participant[] }
  | { type: 'sharing.changed'; sharing: Sharing }

/** Folds what is told of people and links. */
export function foldSharing({ you, participants }: SharingState, event: SharingEvent): Partial<SharingState> {
  if (event.type === 'sharing.changed') return { sharing: event.sharing }
  const changed = new Map(event.changed.map((person) => [person.participantId, person]))
  const known = new Set(participants.map((person) => person.participantId))
  // Oneself as one joined: another role comes with another join.
  const renamed = you && changed.get(you.participantId)
  return {
    participants: [
      ...participants.map((person) => changed.get(person.participantId) ?? person),
      ...event.changed.filter((person) => !known.has(person.participantId)),
    ],
    ...(you && renamed ? { you: { ...you, name: renamed.name } } : {}),
  }
}
