'use client'

import { Check, FilePlus2, FileText, TriangleAlert, X } from 'lucide-react'
import { memo } from 'react'
import { isOpenHunk, isProposal, type Hunk } from '#protocol/hunks.ts'
import { hunksOfTurn } from '#session/hunks-of-turn.ts'
import { useSession, useSessionActions } from '#session/session-provider.tsx'
import type { TurnInfo } from '#session/session-state.ts'
import { classNames } from '#ui/class-names.ts'
import { IconButton } from '#ui/icon-button.tsx'
import { toast } from '#ui/toast.tsx'
import { CopyButton } from './copy-button.tsx'
import { commandFailureWording } from './failure-wording.ts'
import { fileCardState, lineCounts, proposalReason, type FileCardState } from './file-card-state.ts'

type FileCardProps = {
  turn: TurnInfo
  path: string
  /** Numbers of the blocks that stand side by side, joined by spaces: one string, so that a frame with nothing new renders nothing. */
  blocks: string
  /** The blocks as the model wrote them, for what could not be applied and was not even located. */
  raw: string
  /** The answer ended inside the last one. */
  cutOff: boolean
  onReveal: (hunkId: string) => void
}

/** The edit blocks for one file: where they went, how large they are, and whether they still wait for somebody. */
export const FileCard = memo(function FileCard({ turn, path, blocks, raw, cutOff, onReveal }: FileCardProps) {
  const hunks = useSession((state) => hunksOfBlocks(state.hunks, turn.turnId, blocks), sameItems)
  const state = fileCardState(hunks, turn.status !== 'ended' ? 'running' : cutOff ? 'cut_off' : 'whole')
  const written = hunks.filter((hunk) => hunk.state !== 'aborted' && !isProposal(hunk))
  const { added, deleted } = lineCounts(written)
  const first = hunks.find(isOpenHunk) ?? written[0]
  const created = written.some((hunk) => hunk.kind === 'create')
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
      {/* The line keeps its height when the writing ends, so that nothing below it moves. */}
      <div className={classNames('h-0.5', state.kind === 'writing' && 'animate-breathe bg-ember')} aria-hidden />
      {hunks.filter(isProposal).map((hunk) => (
        <Proposal key={hunk.hunkId} hunk={hunk} raw={raw} />
      ))}
    </div>
  )
})

function StateBadge({ state }: { state: FileCardState }) {
  const className = 'w-[88px] shrink-0 text-right text-small text-text-3'
  switch (state.kind) {
    case 'writing':
      return <span className="w-[88px] shrink-0 text-right text-small text-ember-text">writing…</span>
    case 'open':
      return <span className={className}>{state.undecided === 1 ? 'to review' : `${state.undecided} to review`}</span>
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
  const text = hunk.proposedText ?? raw
  return (
    <div className="border-t border-line py-1.5 pr-1 pl-2.5">
      <div className="flex items-start">
        <p className="min-w-0 flex-1 py-[3px] text-[12px] leading-[18px] text-text-2">{proposalReason(hunk.reason)}</p>
        <CopyButton label="Copy the proposed text" text={text} />
        <IconButton label="Dismiss" size="small" onClick={() => void dismiss()}>
          <X size={14} />
        </IconButton>
      </div>
      <pre
        tabIndex={0}
        aria-label={`Proposed text for ${hunk.path}`}
        className="mt-1 mr-1.5 mb-1 max-h-48 overflow-auto rounded-control bg-bg-0 px-2 py-1.5 font-mono text-[11.5px] leading-[17px] [font-variant-ligatures:none]"
      >
        {text}
      </pre>
    </div>
  )
}

function hunksOfBlocks(hunks: Record<string, Hunk>, turnId: string, blocks: string): Hunk[] {
  const wanted = new Set(blocks.split(' ').map(Number))
  return hunksOfTurn(hunks, turnId).filter((hunk) => wanted.has(hunk.block))
}

function sameItems(one: readonly Hunk[], other: readonly Hunk[]): boolean {
  return one.length === other.length && one.every((hunk, index) => hunk === other[index])
}
