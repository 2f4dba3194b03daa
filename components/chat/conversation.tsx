'use client'

import { ArrowDown } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { useSession } from '#session/session-provider.tsx'
import { conversationItems, type ConversationItem } from './conversation-items.ts'
import { DayLine, NewLine } from './conversation-lines.tsx'
import { InlineTurnView } from './inline-turn-view.tsx'
import { MessageView } from './message-view.tsx'
import { OlderMessages } from './older-messages.tsx'
import { OutgoingMessages } from './outgoing-view.tsx'
import { staysAtEnd, type ScrollPlace } from './stay-at-end.ts'
import { OfferedTurnView } from './offered-turn-view.tsx'
import { TurnView } from './turn-view.tsx'
import { useReading } from './use-reading.ts'

type ConversationProps = {
  onReveal: (hunkId: string, candidate?: number) => void
  onCompare: ((turnId: string) => void) | undefined
  onPrompt: (prompt: string) => void
  empty: ReactNode
}

/** Turns and messages, oldest first. It follows its end only while the reader is there. */
export function Conversation({ onReveal, onCompare, onPrompt, empty }: ConversationProps) {
  const turns = useSession((state) => state.turns)
  const chat = useSession((state) => state.chat)
  const scroller = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const place = useRef<ScrollPlace>({ scrollTop: 0, scrollHeight: 0, clientHeight: 0 })
  const [away, setAway] = useState(false)
  const { newFrom, unread } = useReading(scroller, away)

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

  const items = conversationItems(turns, chat, newFrom)
  const shownTurns = items.flatMap((item) => (item.kind === 'turn' ? [item.turn] : []))
  const newest = shownTurns.findLast(({ kind }) => kind === 'chat')?.turnId
  const last = shownTurns.at(-1)?.turnId
  const written = chat.outgoing.at(-1)?.messageId
  useLayoutEffect(toEnd, [newest, written])

  const onScroll = () => {
    const element = scroller.current
    if (element === null) return
    const now = placeOf(element)
    atEnd.current = staysAtEnd(atEnd.current, place.current, now)
    place.current = now
    setAway(!atEnd.current)
  }
  const toNew = () => {
    const line = content.current?.querySelector('[data-new]')
    if (line === null || line === undefined) toEnd()
    else line.scrollIntoView({ block: 'start' })
  }

  const view = (item: ConversationItem) => {
    switch (item.kind) {
      case 'turn': {
        const { turn } = item
        if (turn.kind === 'offer')
          return <OfferedTurnView key={turn.turnId} turn={turn} last={false} onReveal={onReveal} onCompare={onCompare} />
        const [View, ending] = turn.kind === 'inline' ? [InlineTurnView, last] : [TurnView, newest]
        return <View key={turn.turnId} turn={turn} last={turn.turnId === ending} onReveal={onReveal} onCompare={onCompare} />
      }
      case 'message': {
        const { message, continued } = item
        return <MessageView key={message.messageId} message={message} continued={continued} onPrompt={onPrompt} />
      }
      case 'day':
        return <DayLine key={`day ${item.at}`} at={item.at} isToday={item.isToday} />
      case 'new':
        return <NewLine key="new" />
      case 'older':
        return <OlderMessages key="older" before={item.before} scroller={scroller} />
    }
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
          {items.length === 0 && chat.outgoing.length === 0 ? empty : items.map(view)}
          <OutgoingMessages />
        </div>
      </div>
      {away && (
        <button
          type="button"
          onClick={unread > 0 ? toNew : toEnd}
          className="absolute bottom-2 left-1/2 flex h-7 -translate-x-1/2 items-center gap-1.5 rounded-full border border-line-strong bg-bg-3 px-3 text-small whitespace-nowrap shadow-float"
        >
          <ArrowDown size={13} aria-hidden />
          {unread === 0 ? 'Newest' : unread === 1 ? '1 new message' : `${unread} new messages`}
        </button>
      )}
    </div>
  )
}

function placeOf({ scrollTop, scrollHeight, clientHeight }: HTMLElement): ScrollPlace {
  return { scrollTop, scrollHeight, clientHeight }
}
