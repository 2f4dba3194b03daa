'use client'

import { ArrowDown, ArrowUp, Undo2 } from 'lucide-react'
import { useSession } from '#session/session-provider.tsx'
import { Button } from '#ui/button.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { hunkNote } from './hunk-note.ts'
import { reviewKeys } from './review-keys.ts'
import type { Review } from './use-review.ts'

/** Floats over the editor's end while changes of the assistant wait for a decision. */
export function ReviewBar({ review }: { review: Review }) {
  const { order, current, fileCount, rejected, deciding } = review
  if (current === undefined && rejected === undefined) return null
  return (
    <div
      ref={leaveFocusInText}
      role="group"
      aria-label="Review of the assistant's hunks"
      className="absolute inset-x-3 bottom-5 z-10 mx-auto flex w-fit max-w-full animate-appear flex-wrap items-center justify-center gap-1.5 rounded-panel border border-line-strong bg-bg-3 py-1 pr-1 pl-3 whitespace-nowrap shadow-float"
    >
      {current !== undefined && (
        <>
          <span className="pr-1 tabular-nums">
            Hunk <b className="font-semibold">{order.indexOf(current) + 1}</b> of {order.length}
            <span className="text-text-3"> · {fileCount === 1 ? '1 file' : `${fileCount} files`}</span>
            <Note hunkId={current.hunkId} />
          </span>
          <Decisions review={review} />
        </>
      )}
      {rejected !== undefined && (
        <Button size="small" variant="ghost" disabled={deciding} onClick={rejected.undo}>
          <Undo2 size={13} aria-hidden />
          {rejected.count === 1 ? 'Undo the reject' : `Undo ${rejected.count} rejects`}
        </Button>
      )}
    </div>
  )
}

function Decisions({ review }: { review: Review }) {
  const { order, inFile, inTurn, fileCount, deciding, decideCurrent, go } = review
  const isMany = order.length > 1
  // Where all hunks are of one turn, deciding the turn is deciding all.
  const hasTurns = inTurn.length < order.length
  return (
    <>
      <IconButton label="Previous hunk" keys={reviewKeys.previous.shown} size="small" side="top" onClick={() => go(-1)}>
        <ArrowUp size={14} />
      </IconButton>
      <IconButton label="Next hunk" keys={reviewKeys.next.shown} size="small" side="top" onClick={() => go(1)}>
        <ArrowDown size={14} />
      </IconButton>
      <Button size="small" disabled={deciding} onClick={() => decideCurrent('reject')} title={reviewKeys.reject.shown}>
        Reject
      </Button>
      <Button size="small" disabled={deciding} onClick={() => decideCurrent('accept')} title={reviewKeys.accept.shown}>
        Accept
      </Button>
      {isMany && (
        <>
          <span className="mx-0.5 hidden h-4 w-px bg-line-strong narrow:block" />
          {fileCount > 1 && (
            <Button size="small" variant="ghost" disabled={deciding || inFile.length === 0} onClick={review.acceptFile}>
              Accept file
            </Button>
          )}
          {hasTurns && (
            <>
              <Button size="small" variant="ghost" disabled={deciding} onClick={() => review.decideTurn('reject')}>
                Reject turn
              </Button>
              <Button size="small" variant="ghost" disabled={deciding} onClick={() => review.decideTurn('accept')}>
                Accept turn
              </Button>
            </>
          )}
          <Button size="small" variant="ghost" disabled={deciding} onClick={review.rejectAll}>
            Reject all
          </Button>
          <Button size="small" variant="ember" disabled={deciding} onClick={review.acceptAll}>
            Accept all
          </Button>
        </>
      )}
    </>
  )
}

/** What one should know before deciding: how the place was found, who asked, what happens to the file. */
function Note({ hunkId }: { hunkId: string }) {
  const note = useSession(({ hunks, participants, you }) => {
    const hunk = hunks[hunkId]
    const asker = participants.find(({ participantId }) => participantId === hunk?.askedBy)
    return hunk && hunkNote(hunk, hunk.askedBy === you?.participantId ? undefined : asker?.name)
  })
  return note === undefined ? null : <span className="text-text-2"> · {note}</span>
}

/** A click on a button must not take the focus out of the text. */
function leaveFocusInText(bar: HTMLElement | null) {
  bar?.addEventListener('mousedown', (event) => event.preventDefault())
}
