'use client'

import type { FollowTarget } from '#session/leader.ts'
import { usePeopleFeed, useSessionStore } from '#session/session-provider.tsx'
import { toast } from '#ui/toast.tsx'
import { useComings } from './use-comings.ts'
import { useGathering } from './use-gathering.ts'
import { useTellPresence } from './use-tell-presence.ts'

/** Presence as the workbench knows it: what this tab tells, who comes and goes, and the ways to where the others are. */
export function usePeople({
  fileId,
  follow,
  setFollow,
  reveal,
}: {
  fileId: string | null
  follow: FollowTarget
  setFollow(target: FollowTarget): void
  reveal(fileId: string, line: number, column: number): void
}) {
  const feed = usePeopleFeed()
  const store = useSessionStore()
  useTellPresence(fileId, follow)
  useComings((left) => {
    if (follow?.kind === 'person' && left.includes(follow.participantId)) setFollow(null)
  })
  const gather = useGathering({ onGo: (place) => reveal(place.fileId, place.line, 1), onFollow: setFollow })
  return {
    gather,
    goTo: (participantId: string) => {
      const place = feed.of(participantId)
      if (place !== undefined && place.fileId !== null) reveal(place.fileId, place.line ?? 1, 1)
    },
    /** Follows one after the other, and nobody after the last: a way without the pointer. */
    followNext: () => {
      const { people, you } = store.read()
      const others = people.map(({ participantId }) => participantId).filter((other) => other !== you?.participantId)
      const at = follow?.kind === 'person' ? others.indexOf(follow.participantId) : -1
      const next = others[at + 1]
      setFollow(next === undefined ? null : { kind: 'person', participantId: next })
      if (others.length === 0) toast('Nobody else is here', { id: 'follow' })
    },
  }
}
