'use client'

import { useSyncExternalStore } from 'react'
import { useSession } from '#session/session-provider.tsx'
import { ReadMark } from './read-mark.ts'
import { unreadIn, type Unread } from './unread.ts'

const marks = new Map<string, ReadMark>()

/** The mark of the session that is shown, the same for everyone who asks. */
export function useReadMark(): ReadMark {
  const sessionId = useSession(({ session }) => session?.sessionId ?? '')
  const known = marks.get(sessionId) ?? new ReadMark(sessionId, () => window.localStorage)
  marks.set(sessionId, known)
  return known
}

/** Messages of others that this person has not seen yet, as far as they are loaded. */
export function useUnread(): Unread {
  const mark = useReadMark()
  const { read } = useSyncExternalStore(mark.subscribe, mark.snapshot, mark.snapshot)
  const messages = useSession(({ chat }) => chat.messages)
  const you = useSession((state) => state.you?.participantId)
  return unreadIn(messages, read, you)
}
