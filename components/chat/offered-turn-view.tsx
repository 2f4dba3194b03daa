'use client'

import { FileClock } from 'lucide-react'
import { memo } from 'react'
import { hunksOfTurn } from '#session/hunks-of-turn.ts'
import { sameHunks } from '#session/same-hunks.ts'
import { useSession } from '#session/session-provider.tsx'
import { isProposal } from '#protocol/hunks.ts'
import { Avatar } from '#ui/avatar.tsx'
import { Proposal } from './proposal.tsx'
import type { TurnViewProps } from './turn-view.tsx'
import { usePerson } from './use-person.ts'

/** Edits that reached the server after their author's role was lowered: whose they are, and what each would write where. */
export const OfferedTurnView = memo(function OfferedTurnView({ turn, onReveal }: TurnViewProps) {
  const author = usePerson(turn.askedBy)
  const waiting = useSession((state) => hunksOfTurn(state.hunks, turn.turnId).filter(isProposal), sameHunks)
  return (
    <article aria-label={`Offered edits, turn ${turn.number}`} className="px-3.5 py-2">
      <header className="flex min-w-0 items-center gap-1.5 text-[12px] text-text-2" title={turn.prompt}>
        <FileClock size={12} aria-hidden className="shrink-0 text-text-3" />
        <Avatar name={author.name} colour={author.colour} />
        <span className="min-w-0 flex-1 truncate text-text-1">
          Edits by {author.name} from before {author.you ? 'your' : 'their'} role changed
        </span>
        <span className="shrink-0 text-text-3">{waiting.length === 0 ? 'decided' : `${waiting.length} not applied`}</span>
      </header>
      {waiting.map((hunk) => (
        <div key={hunk.hunkId} className="mt-1.5 overflow-hidden rounded-card border border-line bg-bg-2">
          <p className="truncate px-2.5 py-1.5 text-[12px]" title={hunk.path}>
            {hunk.path}
          </p>
          <Proposal hunk={hunk} raw="" onReveal={onReveal} />
        </div>
      ))}
    </article>
  )
})
