'use client'

import { useUnread } from './use-unread.ts'

/** How many messages wait to be read; stands out where one of them mentions this person. Nothing where there are none. */
export function UnreadBadge() {
  const { count, mentions } = useUnread()
  if (count === 0) return null
  const label = `${count} unread ${count === 1 ? 'message' : 'messages'}${mentions === 0 ? '' : `, ${mentions} for you`}`
  return (
    <span
      role="img"
      aria-label={label}
      className={`absolute -top-0.5 -right-0.5 min-w-4 rounded-full px-1 text-center text-[9.5px] leading-4 font-semibold tabular-nums ${mentions > 0 ? 'bg-info text-bg-2' : 'bg-bg-3 text-text-1 ring-1 ring-line-strong'}`}
    >
      {mentions > 0 ? '@' : count > 99 ? '99+' : count}
    </span>
  )
}
