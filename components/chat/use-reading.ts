'use client'

import { useEffect, useEffectEvent, useSyncExternalStore, type RefObject } from 'react'
import { useSession, useSessionStore } from '#session/session-provider.tsx'
import { toast } from '#ui/toast.tsx'
import { mentionedIn, withNames } from './message-names.ts'
import { useReadMark, useUnread } from './use-unread.ts'

/**
 * Keeps what this person has read: everything, while the end of the conversation is in sight of a page that is. `newFrom`: the first
 * message that came while it was not, until more come or something is written. A mention that is not in sight is told in a toast.
 */
export function useReading(
  scroller: RefObject<HTMLElement | null>,
  away: boolean,
): { newFrom: number | undefined; unread: number } {
  const mark = useReadMark()
  const store = useSessionStore()
  const { newFrom } = useSyncExternalStore(mark.subscribe, mark.snapshot, mark.snapshot)
  const unread = useUnread()
  const loaded = useSession((state) => state.loaded)
  const newest = useSession(({ chat }) => chat.messages.at(-1)?.number ?? 0)
  const written = useSession(({ chat }) => chat.outgoing.at(-1)?.messageId)

  const read = useEffectEvent(() => {
    const isRead = !away && inSight(scroller.current)
    if (isRead) mark.readTo(newest)
    return isRead
  })
  const arrived = useEffectEvent(() => {
    if (!loaded) return
    if (!read()) mark.missed(unread)
    const { chat, participants, you } = store.read()
    const told = mark.tellTo(newest)
    // What is there at first is for the badge to say.
    if (told === undefined || you === null) return
    const nameOf = (id: string) => participants.find(({ participantId }) => participantId === id)?.name ?? id
    const since = Math.max(told, mark.snapshot().read)
    for (const { number, messageId, author, body } of chat.messages) {
      if (number <= since || author === you.participantId || !mentionedIn(body).has(you.participantId)) continue
      const description = withNames(body, nameOf).slice(0, 160)
      toast(`${nameOf(author)} mentioned you`, { id: messageId, description })
    }
  })

  useEffect(() => arrived(), [newest, loaded])
  useEffect(() => {
    const look = () => void read()
    look()
    const observer = new IntersectionObserver(look)
    if (scroller.current !== null) observer.observe(scroller.current)
    document.addEventListener('visibilitychange', look)
    window.addEventListener('focus', look)
    return () => {
      observer.disconnect()
      document.removeEventListener('visibilitychange', look)
      window.removeEventListener('focus', look)
    }
  }, [away, scroller])
  useEffect(() => {
    if (written !== undefined) mark.wrote()
  }, [written, mark])

  return { newFrom, unread: unread.count }
}

/** A panel that is closed is inert and of no width, but as high as ever. */
function inSight(element: HTMLElement | null): boolean {
  if (element === null || element.clientHeight === 0 || element.clientWidth === 0) return false
  return element.closest('[inert]') === null && document.visibilityState === 'visible' && document.hasFocus()
}
