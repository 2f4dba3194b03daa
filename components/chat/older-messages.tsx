'use client'

import { useEffect, useEffectEvent, useRef, useState, type RefObject } from 'react'
import { useSessionActions } from '#session/session-provider.tsx'
import { Button } from '#ui/button.tsx'

/** Stands before the oldest message that is loaded, and loads the ones before it when it comes into sight. */
export function OlderMessages({ before, scroller }: { before: number; scroller: RefObject<HTMLDivElement | null> }) {
  const { loadOlderMessages } = useSessionActions()
  const mark = useRef<HTMLDivElement>(null)
  const [failed, setFailed] = useState(false)
  const loading = useRef(false)

  const load = async () => {
    if (loading.current) return
    loading.current = true
    const element = scroller.current
    const fromEnd = element === null ? 0 : element.scrollHeight - element.scrollTop
    const answer = await loadOlderMessages(before)
    loading.current = false
    setFailed(!answer.ok)
    // What was being read stays where it is, also in browsers that do not see to that themselves.
    if (answer.ok && element !== null) requestAnimationFrame(() => (element.scrollTop = element.scrollHeight - fromEnd))
  }
  const onSeen = useEffectEvent((entries: IntersectionObserverEntry[]) => {
    if (entries.some(({ isIntersecting }) => isIntersecting) && !failed) void load()
  })
  useEffect(() => {
    if (mark.current === null) return
    const observer = new IntersectionObserver((entries) => onSeen(entries), { root: scroller.current })
    observer.observe(mark.current)
    return () => observer.disconnect()
    // Observed anew once a page has come: the mark may still be in sight.
  }, [before, scroller])

  return (
    <div ref={mark} className="flex items-center justify-center gap-2 px-3.5 py-2 text-small text-text-3">
      {failed ? 'Earlier messages could not be loaded.' : 'Earlier messages…'}
      <Button size="small" variant="ghost" onClick={() => void load()}>
        {failed ? 'Try again' : 'Load'}
      </Button>
    </div>
  )
}
