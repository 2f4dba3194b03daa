'use client'

import { Check, FilePlus2, FileText, FileX2, TriangleAlert, X } from 'lucide-react'
import { memo } from 'react'
import { isOpenHunk, isProposal, type Hunk } from '#protocol/hunks.ts'
import { hunksOfTurn } from '#session/hunks-of-turn.ts'
import { sameHunks } from '#session/same-hunks.ts'
import { useSession } from '#session/session-provider.tsx'
import type { TurnInfo } from '#session/session-state.ts'
import { classNames } from '#ui/class-names.ts'
import { decidersOf, fileCardState, lineCounts, type FileCardState } from './file-card-state.ts'
import { Proposal } from './proposal.tsx'

type FileCardProps = {
  turn: TurnInfo
  path: string
  /** Numbers of the blocks that stand side by side, joined by spaces: one string, so that a frame with nothing new renders nothing. */
  blocks: string
  /** The blocks as the model wrote them, for what could not be applied and was not even located. */
  raw: string
  /** The answer ended inside the last one. */
  cutOff: boolean
  onReveal: (hunkId: string, candidate?: number) => void
}

/** The edit blocks for one file: where they went, how large they are, and whether they still wait for somebody. */
export const FileCard = memo(function FileCard({ turn, path, blocks, raw, cutOff, onReveal }: FileCardProps) {
  const hunks = useSession((state) => hunksOfBlocks(state.hunks, turn.turnId, blocks), sameHunks)
  const state = fileCardState(hunks, turn.status !== 'ended' ? 'running' : cutOff ? 'cut_off' : 'whole')
  const written = hunks.filter((hunk) => hunk.state !== 'aborted' && !isProposal(hunk))
  const lines = lineCounts(written)
  const first = hunks.find(isOpenHunk) ?? written[0]
  const created = written.some((hunk) => hunk.kind === 'create')
  const deleted = written.some((hunk) => hunk.kind === 'delete')
  const newPath = written.find((hunk) => hunk.kind === 'rename')?.newPath
  const participants = useSession((session) => session.participants)
  const you = useSession((session) => session.you?.participantId)
  const deciders = decidersOf(hunks, participants, you)
  const Icon = state.kind === 'proposal' ? TriangleAlert : created ? FilePlus2 : deleted ? FileX2 : FileText

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
          {newPath !== undefined && newPath !== path && <span className="text-text-3"> → {newPath}</span>}
        </span>
        {deleted && <span className="font-mono text-small text-bad">delete</span>}
        {created && <span className="font-mono text-small text-add-text">new</span>}
        <span className="font-mono text-small">
          {lines.added > 0 && <span className="text-add-text">+{lines.added}</span>}{' '}
          {lines.deleted > 0 && <span className="text-bad">−{lines.deleted}</span>}
        </span>
        <StateBadge state={state} deciders={deciders} />
      </button>
      {/* The line keeps its height when the writing ends, so that nothing below it moves. */}
      <div className={classNames('h-0.5', state.kind === 'writing' && 'bg-ember')} aria-hidden />
      {hunks.filter(isProposal).map((hunk) => (
        <Proposal key={hunk.hunkId} hunk={hunk} raw={raw} onReveal={onReveal} />
      ))}
    </div>
  )
})

/** `deciders`: who decided, where it was not oneself alone. */
function StateBadge({ state, deciders }: { state: FileCardState; deciders: string }) {
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
        <span
          className={`${className} inline-flex items-center justify-end gap-1 ${deciders === '' ? '' : 'w-auto! max-w-[160px]'}`}
          title={deciders === '' ? undefined : `${state.label} by ${deciders}`}
        >
          {state.label === 'rejected' || state.label === 'reverted' ? (
            <X size={12} aria-hidden />
          ) : (
            <Check size={12} aria-hidden />
          )}
          <span className="truncate">
            {state.label}
            {deciders !== '' && ` by ${deciders}`}
          </span>
        </span>
      )
  }
}

function hunksOfBlocks(hunks: Record<string, Hunk>, turnId: string, blocks: string): Hunk[] {
  const wanted = new Set(blocks.split(' ').map(Number))
  return hunksOfTurn(hunks, turnId).filter((hunk) => wanted.has(hunk.block))
}
