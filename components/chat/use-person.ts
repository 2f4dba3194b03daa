'use client'

import { useSession } from '#session/session-provider.tsx'

/** A person by the name of now; `you` where it is oneself. */
export type Person = { name: string; colour: number; you: boolean }

/** Somebody who wrote, asked or decided here; people who left the session keep their names. */
export function usePerson(participantId: string | undefined): Person {
  const person = useSession(({ participants }) => participants.find((one) => one.participantId === participantId))
  const you = useSession((state) => state.you !== null && state.you.participantId === participantId)
  return { name: person?.name ?? 'Someone who left', colour: person?.colour ?? 0, you }
}
