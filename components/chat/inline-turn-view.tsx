'use client'

import { Sparkles } from 'lucide-react'
import { memo } from 'react'
import { useSession } from '#session/session-provider.tsx'
import { Answer } from './answer.tsx'
import { Avatar } from '#ui/avatar.tsx'
import { TurnEnd } from './turn-end.tsx'
import { TurnMenu } from './turn-menu.tsx'
import type { TurnViewProps } from './turn-view.tsx'
import { usePerson } from './use-person.ts'
import { useTargetLines } from './use-target-lines.ts'

/** An inline edit in the conversation: a line that says what was asked of which lines, and what became of it. */
export const InlineTurnView = memo(function InlineTurnView({ turn, last, onReveal, onCompare }: TurnViewProps) {
  const asker = usePerson(turn.askedBy)
  const file = useSession((state) => state.files.find(({ fileId }) => fileId === turn.target?.fileId))
  const lines = useTargetLines(turn)
  const running = turn.status !== 'ended'
  return (
    <article aria-label={`Inline edit, turn ${turn.number}`} className="px-3.5 py-2">
      <header className="flex min-w-0 items-center gap-1.5 text-[12px] text-text-2" title={`${asker.name}: ${turn.prompt}`}>
        <Sparkles size={12} aria-hidden className={`shrink-0 ${running ? 'animate-breathe text-ember' : 'text-text-3'}`} />
        {!asker.you && <Avatar name={asker.name} colour={asker.colour} />}
        <span className="shrink-0">Inline edit</span>
        <span className="shrink-0 text-text-3">
          · {file?.path.split('/').at(-1) ?? 'a deleted file'}
          {lines !== undefined && `:${lines}`} ·
        </span>
        <span className={`min-w-0 flex-1 truncate ${turn.rolledBack ? 'text-text-3 line-through' : 'text-text-1'}`}>
          {turn.prompt}
        </span>
        {turn.rolledBack ? (
          <span className="shrink-0 text-small text-text-3">rolled back</span>
        ) : (
          <TurnMenu turn={turn} onCompare={onCompare} />
        )}
      </header>
      {!turn.rolledBack && (
        <>
          <Answer turn={turn} onReveal={onReveal} />
          {turn.reason !== 'complete' && <TurnEnd turn={turn} last={last} />}
        </>
      )}
    </article>
  )
})
