'use client'

import { namesOf } from '#people/people-wording.ts'
import type { FollowTarget } from '#session/leader.ts'
import type { Gathering } from '#session/people-feed.ts'
import { usePeopleFeed, useSessionActions, useSessionStore } from '#session/session-provider.tsx'
import { toast } from '#ui/toast.tsx'
import { useEffect, useEffectEvent, useRef } from 'react'

/** Long enough to finish a sentence first. */
const offeredMs = 20_000

/**
 * *Bring everyone to me*, from both sides. Nobody is moved who did not ask for it: the others are asked, and go, follow, or let it be;
 * who follows already is there. Returns how to ask.
 */
export function useGathering({
  onGo,
  onFollow,
}: {
  onGo(place: Gathering): void
  onFollow(target: FollowTarget): void
}): () => Promise<void> {
  const feed = usePeopleFeed()
  const store = useSessionStore()
  const actions = useSessionActions()
  /** The toast of each person that asked, which their next one replaces. */
  const shown = useRef(new Map<string, string | number>())
  const asked = useEffectEvent((gathering: Gathering) => {
    const { participants, files, you } = store.read()
    const { participantId, fileId, line } = gathering
    const name = participants.find((person) => person.participantId === participantId)?.name
    const path = files.find((file) => file.fileId === fileId)?.path
    if (name === undefined || path === undefined || participantId === you?.participantId) return
    // Not one id for all of a person's: a toast that is just being closed would take the next one with it.
    const before = shown.current.get(participantId)
    if (before !== undefined) toast.dismiss(before)
    const id = toast(`${name} asks you to look at ${path}:${line}`, {
      duration: offeredMs,
      action: { label: 'Go there', onClick: () => onGo(gathering) },
      cancel: { label: 'Follow', onClick: () => onFollow({ kind: 'person', participantId }) },
    })
    shown.current.set(participantId, id)
  })
  useEffect(() => feed.onGathering((gathering) => asked(gathering)), [feed])

  return async () => {
    const { people, participants, you } = store.read()
    const others = people.filter(({ participantId }) => participantId !== you?.participantId)
    if (others.length === 0) {
      toast('Nobody else is here', { id: 'gather' })
      return
    }
    const answer = await actions.gather()
    const names = others.flatMap(
      (other) => participants.find(({ participantId }) => participantId === other.participantId)?.name ?? [],
    )
    if (answer.ok) toast(`Asked ${namesOf(names)} to come to where you are`, { id: 'gather' })
    else if (answer.error.code === 'denied') toast('Only editors can bring everyone to them', { id: 'gather' })
    else if (answer.error.code === 'not_found') toast('Open a file first: the others need a place to come to', { id: 'gather' })
    else if (answer.error.code === 'rate_limited') toast('You asked often just now. Try again in a minute.', { id: 'gather' })
    else toast.error('The others could not be asked. Nothing changed; try again when you are online.', { id: 'gather' })
  }
}
