'use client'

import { ArrowDown } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { useSession } from '#session/session-provider.tsx'
import { staysAtEnd, type ScrollPlace } from './stay-at-end.ts'
import { InlineTurnView } from './inline-turn-view.tsx'
import { TurnView } from './turn-view.tsx'

/** All turns, oldest first. It follows its end only while the reader is there. */
export function Conversation({
  onReveal,
  onCompare,
  empty,
}: {
  onReveal: (hunkId: string, candidate?: number) => void
  onCompare: ((turnId: string) => void) | undefined
  empty: ReactNode
}) {
  const turns = useSession((state) => state.turns)
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const place = useRef<ScrollPlace>({ scrollTop: 0, scrollHeight: 0, clientHeight: 0 })
  const [away, setAway] = useState(false)

  const toEnd = () => {
    const element = scroller.current
    if (element === null) return
    atEnd.current = true
    element.scrollTop = element.scrollHeight
    place.current = placeOf(element)
    setAway(false)
  }

  useEffect(() => {
    if (scroller.current === null || content.current === null) return
    // Sizes change at most once per frame, however many tokens arrive.
    const observer = new ResizeObserver(() => {
      // What has become too short to scroll is read to its end.
      const isShort = scroller.current !== null && scroller.current.scrollHeight <= scroller.current.clientHeight
      if (atEnd.current || isShort) toEnd()
    })
    observer.observe(scroller.current)
    observer.observe(content.current)
    return () => observer.disconnect()
  }, [])

  const newest = turns.findLast(({ kind }) => kind === 'chat')?.turnId
  const last = turns.at(-1)?.turnId
  useLayoutEffect(toEnd, [newest])

  const onScroll = () => {
    const element = scroller.current
    if (element === null) return
    const now = placeOf(element)
    atEnd.current = staysAtEnd(atEnd.current, place.current, now)
    place.current = now
    setAway(!atEnd.current)
  }

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        onScroll={onScroll}
        role="region"
        aria-label="Conversation"
        tabIndex={0}
        // What is being read stays where it is while turns above it get their real height; the end is followed without that.
        className={`h-full overflow-y-auto ${away ? '' : '[overflow-anchor:none]'}`}
      >
        <div ref={content} className="pb-2">
          {turns.length === 0
            ? empty
            : turns.map((turn) => {
                const [View, ending] = turn.kind === 'inline' ? [InlineTurnView, last] : [TurnView, newest]
                return (
                  <View key={turn.turnId} turn={turn} last={turn.turnId === ending} onReveal={onReveal} onCompare={onCompare} />
                )
              })}
        </div>
      </div>
      {away && (
        <button
          type="button"
          onClick={toEnd}
          className="absolute bottom-2 left-1/2 flex h-7 -translate-x-1/2 items-center gap-1.5 rounded-full border border-line-strong bg-bg-3 px-3 text-small shadow-float"
        >
          <ArrowDown size={13} aria-hidden /> Newest
        </button>
      )}
    </div>
  )
}

function placeOf({ scrollTop, scrollHeight, clientHeight }: HTMLElement): ScrollPlace {
  return { scrollTop, scrollHeight, clientHeight }
}
