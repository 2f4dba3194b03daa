'use client'

import { ArrowDown } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { useSession } from '#session/session-provider.tsx'
import { TurnView } from './turn-view.tsx'

/** How near to its end the conversation counts as read to the end, in CSS pixels. */
const pinnedDistance = 48

/** All turns, oldest first. It follows its end only while the reader is there. */
export function Conversation({ onReveal, empty }: { onReveal: (hunkId: string) => void; empty: ReactNode }) {
  const turns = useSession((state) => state.turns)
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const pinned = useRef(true)
  const [away, setAway] = useState(false)

  const toEnd = () => {
    const element = scroller.current
    if (element !== null) element.scrollTop = element.scrollHeight
  }

  useEffect(() => {
    const element = content.current
    if (element === null) return
    // The size changes at most once per frame, however many tokens arrive.
    const observer = new ResizeObserver(() => {
      if (pinned.current) toEnd()
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])

  const newest = turns.at(-1)?.turnId
  useLayoutEffect(() => {
    pinned.current = true
    toEnd()
  }, [newest])

  const onScroll = () => {
    const element = scroller.current
    if (element === null) return
    pinned.current = element.scrollHeight - element.scrollTop - element.clientHeight < pinnedDistance
    setAway(!pinned.current)
  }

  return (
    <div className="relative min-h-0 flex-1">
      <div
        ref={scroller}
        onScroll={onScroll}
        role="region"
        aria-label="Conversation"
        tabIndex={0}
        className="h-full overflow-y-auto [overflow-anchor:none]"
      >
        <div ref={content} className="pb-2">
          {turns.length === 0
            ? empty
            : turns.map((turn, index) => (
                <TurnView key={turn.turnId} turn={turn} last={index === turns.length - 1} onReveal={onReveal} />
              ))}
        </div>
      </div>
      {away && (
        <button
          type="button"
          onClick={() => {
            pinned.current = true
            toEnd()
          }}
          className="absolute bottom-2 left-1/2 flex h-7 -translate-x-1/2 items-center gap-1.5 rounded-full border border-line-strong bg-bg-3 px-3 text-small shadow-float"
        >
          <ArrowDown size={13} aria-hidden /> Newest
        </button>
      )}
    </div>
  )
}
