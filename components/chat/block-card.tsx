'use client'

import { Check, FilePlus2, FileText, TriangleAlert, X } from 'lucide-react'
import { memo } from 'react'
import { isOpenHunk, type Hunk } from '#protocol/hunks.ts'
import { useSession, useSessionActions } from '#session/session-provider.tsx'
import type { TurnInfo } from '#session/session-state.ts'
import { Button } from '#ui/button.tsx'
import { toast } from '#ui/toast.tsx'
import { blockState, lineCounts, proposalReason, type BlockState } from './block-state.ts'
import { commandFailureWording } from './failure-wording.ts'

type BlockCardProps = { turn: TurnInfo; block: number; path: string; raw: string; onReveal: (hunkId: string) => void }

/** One edit block of an answer: where it went, how large it is, and whether it still waits for somebody. */
export const BlockCard = memo(function BlockCard({ turn, block, path, raw, onReveal }: BlockCardProps) {
  const hunks = useSession((state) => hunksOfBlock(state.hunks, turn.turnId, block), sameItems)
  const state = blockState(hunks, turn.status !== 'ended')
  const { added, deleted } = lineCounts(hunks)
  const first = hunks.find(isOpenHunk) ?? hunks[0]
  const created = hunks.some((hunk) => hunk.kind === 'create')
  const Icon = state.kind === 'proposal' ? TriangleAlert : created ? FilePlus2 : FileText

  return (
    <div className="my-1.5 overflow-hidden rounded-card border border-line bg-bg-2">
      <button
        type="button"
        disabled={first === undefined || first.fileId === null}
        onClick={() => first !== undefined && onReveal(first.hunkId)}
        className="flex h-8 w-full min-w-0 items-center gap-2 px-2.5 text-left enabled:hover:bg-bg-hover"
      >
        <Icon size={14} aria-hidden className={state.kind === 'proposal' ? 'text-warn' : 'text-text-3'} />
        <span className="min-w-0 flex-1 truncate" title={path}>
          {path}
        </span>
        {created && <span className="font-mono text-small text-add-text">new</span>}
        <span className="font-mono text-small">
          {added > 0 && <span className="text-add-text">+{added}</span>}{' '}
          {deleted > 0 && <span className="text-bad">−{deleted}</span>}
        </span>
        <StateBadge state={state} />
      </button>
      {state.kind === 'writing' && <div className="h-0.5 animate-breathe bg-ember" aria-hidden />}
      {state.kind === 'proposal' && <Proposal hunk={state.hunk} raw={raw} />}
    </div>
  )
})

function StateBadge({ state }: { state: BlockState }) {
  const className = 'w-[88px] shrink-0 text-right text-small text-text-3'
  switch (state.kind) {
    case 'writing':
      return <span className="w-[88px] shrink-0 text-right text-small text-ember-text">writing…</span>
    case 'open':
      return <span className={className}>to review</span>
    case 'proposal':
      return <span className="w-[88px] shrink-0 text-right text-small text-warn">not applied</span>
    case 'aborted':
      return <span className={className}>taken back</span>
    case 'nothing':
      return <span className={className}>no change</span>
    case 'decided':
      return (
        <span className={`${className} inline-flex items-center justify-end gap-1`}>
          {state.label === 'rejected' || state.label === 'reverted' ? (
            <X size={12} aria-hidden />
          ) : (
            <Check size={12} aria-hidden />
          )}
          {state.label}
        </span>
      )
  }
}

/** A change that is shown, not applied: the reason, the text, and the way to be done with it. */
function Proposal({ hunk, raw }: { hunk: Hunk; raw: string }) {
  const { decideHunks } = useSessionActions()
  const dismiss = async () => {
    const result = await decideHunks([hunk.hunkId], 'reject')
    if (!result.ok) toast.error(commandFailureWording(result.error))
  }
  return (
    <div className="border-t border-line px-2.5 py-2">
      <p className="text-[12px] leading-[18px] text-text-2">{proposalReason(hunk.reason)} Nothing was changed.</p>
      <pre
        tabIndex={0}
        aria-label={`Proposed text for ${hunk.path}`}
        className="mt-1.5 max-h-48 overflow-auto rounded-control bg-bg-0 px-2 py-1.5 font-mono text-[11.5px] leading-[17px]"
      >
        {hunk.proposedText ?? raw}
      </pre>
      <div className="mt-2 flex justify-end">
        <Button size="small" onClick={() => void dismiss()}>
          Dismiss
        </Button>
      </div>
    </div>
  )
}

function hunksOfBlock(hunks: Record<string, Hunk>, turnId: string, block: number): Hunk[] {
  return Object.values(hunks).filter((hunk) => hunk.turnId === turnId && hunk.block === block)
}

function sameItems(one: readonly Hunk[], other: readonly Hunk[]): boolean {
  return one.length === other.length && one.every((hunk, index) => hunk === other[index])
}
