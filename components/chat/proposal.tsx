'use client'

import { X } from 'lucide-react'
import { useState } from 'react'
import type { Hunk } from '#protocol/hunks.ts'
import { asLabel, proposalReason } from '#session/hunk-wording.ts'
import { useSession, useSessionActions } from '#session/session-provider.tsx'
import { Button } from '#ui/button.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { toast } from '#ui/toast.tsx'
import { CopyButton } from './copy-button.tsx'
import { commandFailureWording } from './failure-wording.ts'
import { useCandidateLines } from './use-candidate-lines.ts'

type ProposalProps = {
  hunk: Hunk
  /** The block as the model wrote it, for what was not even located. */
  raw: string
  /** Shows the hunk, or one of the places where it could go. */
  onReveal: (hunkId: string, candidate?: number) => void
}

/** A change that is shown, not applied: the reason, the text, where it could go, and the ways to be done with it. */
export function Proposal({ hunk, raw, onReveal }: ProposalProps) {
  const { decideHunks, applyProposal } = useSessionActions()
  const mayDecide = useSession((state) => state.you?.role === 'owner' || state.you?.role === 'editor')
  const [chosen, setChosen] = useState(0)
  const [busy, setBusy] = useState(false)
  const candidates = hunk.candidates ?? []
  const lines = useCandidateLines(hunk)
  const text = hunk.proposedText ?? raw

  const ask = async (call: Promise<Awaited<ReturnType<typeof decideHunks | typeof applyProposal>>>) => {
    setBusy(true)
    const result = await call
    setBusy(false)
    if (!result.ok) toast.error(commandFailureWording(result.error))
    return result.ok
  }
  const apply = async () => {
    if (await ask(applyProposal(hunk.hunkId, chosen))) onReveal(hunk.hunkId)
  }
  const choose = (candidate: number) => {
    setChosen(candidate)
    onReveal(hunk.hunkId, candidate)
  }

  return (
    <div role="group" aria-label={`Proposal for ${hunk.path}`} className="border-t border-line py-1.5 pr-1 pl-2.5">
      <div className="flex items-start">
        <p className="min-w-0 flex-1 py-[3px] text-[12px] leading-[18px] text-text-2">
          {asLabel(proposalReason(hunk.reason))}.
        </p>
        <CopyButton label="Copy the proposed text" text={text} />
        {mayDecide && (
          <IconButton
            label="Dismiss"
            size="small"
            disabled={busy}
            onClick={() => void ask(decideHunks([hunk.hunkId], 'reject'))}
          >
            <X size={14} />
          </IconButton>
        )}
      </div>
      <pre
        tabIndex={0}
        aria-label={`Proposed text for ${hunk.path}`}
        className="mt-1 mr-1.5 mb-1 max-h-48 overflow-auto rounded-control bg-bg-0 px-2 py-1.5 font-mono text-[11.5px] leading-[17px] [font-variant-ligatures:none]"
      >
        {text}
      </pre>
      {candidates.length > 0 && (
        <div className="flex flex-wrap items-center gap-1.5 pt-0.5 pr-1.5 pb-1">
          {candidates.length > 1 ? (
            <span className="flex flex-wrap items-center gap-1" role="group" aria-label="Place for the proposal">
              {candidates.map((_, candidate) => (
                <button
                  key={candidate}
                  type="button"
                  aria-pressed={candidate === chosen}
                  onClick={() => choose(candidate)}
                  className="h-6 rounded-control border border-line px-2 text-small text-text-2 hover:bg-bg-hover aria-pressed:border-line-strong aria-pressed:bg-bg-3 aria-pressed:text-text-1"
                >
                  {lines[candidate] === undefined ? `Place ${candidate + 1}` : `Line ${lines[candidate]}`}
                </button>
              ))}
            </span>
          ) : (
            <Button size="small" variant="ghost" onClick={() => onReveal(hunk.hunkId, 0)}>
              Show me where
            </Button>
          )}
          {mayDecide && (
            <Button size="small" disabled={busy} onClick={() => void apply()}>
              Apply anyway
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
