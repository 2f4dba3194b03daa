'use client'

import { useSession } from '#session/session-provider.tsx'

export type Person = { name: string; colour: number | undefined }

const assistant: Person = { name: 'Assistant', colour: undefined }
const somebody: Person = { name: 'Somebody', colour: 0 }

/** Whom an id names; null is the assistant. */
export function usePerson(participantId: string | null): Person {
  const participants = useSession((state) => state.participants)
  if (participantId === null) return assistant
  return participants.find((one) => one.participantId === participantId) ?? somebody
}
