'use client'

import { useSession } from '#session/session-provider.tsx'
import { everyone, type Person } from './people-here.ts'

/** Everyone of the session and where they are, as slowly as the state moves. */
export function useEveryone(): Person[] {
  const participants = useSession((state) => state.participants)
  const people = useSession((state) => state.people)
  const you = useSession((state) => state.you)
  return everyone({ participants, people, you })
}
