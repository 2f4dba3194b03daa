'use client'

import { namesOf } from '#people/people-wording.ts'
import { systemClock } from '#session/clock.ts'
import { Comings } from '#session/comings.ts'
import { useSessionStore } from '#session/session-provider.tsx'
import { toast } from '#ui/toast.tsx'
import { useEffect, useEffectEvent } from 'react'

/** Says quietly who came and who left; a screen reader hears it when it has nothing else to say. `onLeft`: who left for good. */
export function useComings(onLeft: (participantIds: string[]) => void): void {
  const store = useSessionStore()
  const left = useEffectEvent(onLeft)
  useEffect(() => {
    const named = (participantIds: string[]) => {
      const { participants } = store.read()
      return namesOf(
        participantIds.map((id) => participants.find(({ participantId }) => participantId === id)?.name ?? 'Somebody'),
      )
    }
    const comings = new Comings(systemClock, (who) => {
      const sentences = [
        ...(who.came.length === 0 ? [] : [`${named(who.came)} joined`]),
        ...(who.left.length === 0 ? [] : [`${named(who.left)} left`]),
      ]
      toast(sentences.join(' · '), { duration: 4_000 })
      left(who.left)
    })
    let seen: unknown
    const see = () => {
      const { people, connection } = store.read()
      // Who is offline sees nobody leave.
      if (people === seen || people.length === 0 || connection.status !== 'online') return
      seen = people
      comings.see(people.map(({ participantId }) => participantId))
    }
    see()
    const stop = store.subscribe(see)
    return () => {
      stop()
      comings.close()
    }
  }, [store])
}
