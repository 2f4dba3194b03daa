'use client'

import { reactionKinds, type ReactionKind, type ReviewComment } from '#protocol/review.ts'
import { useSession } from '#session/session-provider.tsx'
import { reactionSigns } from './review-wording.ts'

type ReactionBarProps = {
  reactions: ReviewComment['reactions']
  /** Undefined for who may only read. */
  onReact: ((reaction: ReactionKind, on: boolean) => void) | undefined
}

/** How people reacted to a comment; one's own reaction is pressed. */
export function ReactionBar({ reactions, onReact }: ReactionBarProps) {
  const me = useSession((state) => state.you?.participantId)
  const participants = useSession((state) => state.participants)
  const shown = reactionKinds.filter((kind) => (reactions[kind]?.length ?? 0) > 0)
  if (shown.length === 0) return null
  return (
    <div className="flex flex-wrap gap-1 pt-1">
      {shown.map((kind) => {
        const people = reactions[kind] ?? []
        const isMine = me !== undefined && people.includes(me)
        const names = people.map((id) => participants.find((one) => one.participantId === id)?.name ?? 'Somebody').join(', ')
        return (
          <button
            key={kind}
            type="button"
            title={names}
            aria-label={`${reactionSigns[kind].label}: ${names}`}
            aria-pressed={isMine}
            disabled={onReact === undefined}
            onClick={() => onReact?.(kind, !isMine)}
            className="flex h-5.5 items-center gap-1 rounded-full border border-line px-1.5 text-small text-text-2 tabular-nums enabled:hover:bg-bg-hover aria-pressed:border-info aria-pressed:text-text-1"
          >
            <span aria-hidden>{reactionSigns[kind].sign}</span>
            {people.length}
          </button>
        )
      })}
    </div>
  )
}
