'use client'

import { ArrowDown, ArrowUp, Ellipsis } from 'lucide-react'
import { useSession } from '#session/session-provider.tsx'
import { Button } from '#ui/button.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { Menu, type MenuEntry } from '#ui/menu.tsx'
import { hunkNote } from './hunk-note.ts'
import { reviewKeys } from './review-keys.ts'
import { UndoReject } from './undo-reject.tsx'
import type { Review } from './use-review.ts'

const floating = 'pointer-events-auto animate-appear rounded-panel border border-line-strong bg-bg-3 shadow-float'

/**
 * Floats over the editor's end while changes of the assistant wait for a decision. What comes and goes has a row of its own, so that
 * the buttons stay where they are under the hand.
 */
export function ReviewBar({ review }: { review: Review }) {
  const { order, current, fileCount, inFile, rejected, deciding } = review
  const note = useNote(current?.hunkId, current !== undefined && !inFile.includes(current))
  if (current === undefined && rejected === undefined) return null
  return (
    <div
      ref={leaveFocusInText}
      role="group"
      aria-label="Review of the assistant's hunks"
      className="pointer-events-none absolute inset-x-3 bottom-5 z-10 flex flex-col items-center gap-1.5"
    >
      <span className="flex max-w-full flex-wrap-reverse justify-center gap-1.5">
        {note !== undefined && <span className={`${floating} px-2.5 py-0.5 text-small leading-5 text-text-2`}>{note}</span>}
        {rejected !== undefined && (
          <UndoReject key={rejected.hunkIds} className={floating} rejected={rejected} disabled={deciding} />
        )}
      </span>
      {current !== undefined && (
        <div className={`${floating} flex max-w-full items-center gap-1.5 py-1 pr-1 pl-3 whitespace-nowrap`}>
          <span className="pr-1 tabular-nums">
            Hunk <b className="font-semibold">{order.indexOf(current) + 1}</b> of {order.length}
            <span className="hidden text-text-3 narrow:inline"> · {fileCount === 1 ? '1 file' : `${fileCount} files`}</span>
          </span>
          <Decisions review={review} />
        </div>
      )}
    </div>
  )
}

function Decisions({ review }: { review: Review }) {
  const { order, deciding, decideCurrent, go } = review
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
      {order.length > 1 && (
        <>
          <span className="mx-0.5 hidden h-4 w-px bg-line-strong narrow:block" />
          <Many review={review} />
          <span className="hidden gap-1.5 narrow:flex">
            <Button size="small" variant="ghost" disabled={deciding} onClick={review.rejectAll}>
              Reject all
            </Button>
            <Button size="small" variant="ember" disabled={deciding} onClick={review.acceptAll}>
              Accept all
            </Button>
          </span>
        </>
      )}
    </>
  )
}

/** What can be decided about more than one hunk; on a phone the bar has no room for all of them beside it. */
function Many({ review }: { review: Review }) {
  const { order, current, inFile, inTurn } = review
  const number = useSession(({ turns }) => turns.find(({ turnId }) => turnId === current?.turnId)?.number)
  const entries: MenuEntry[] = [
    ...(inFile.length === 0
      ? []
      : [
          { type: 'heading', label: 'In this file', detail: countHunks(inFile.length) } as const,
          item('Accept file', reviewKeys.acceptFile.shown, () => review.decideFile('accept')),
          item('Reject file', reviewKeys.rejectFile.shown, () => review.decideFile('reject')),
        ]),
    { type: 'heading', label: number === undefined ? 'In its turn' : `In turn ${number}`, detail: countHunks(inTurn.length) },
    item('Accept turn', reviewKeys.acceptTurn.shown, () => review.decideTurn('accept')),
    item('Reject turn', reviewKeys.rejectTurn.shown, () => review.decideTurn('reject')),
    { type: 'heading', label: 'Everywhere', detail: countHunks(order.length) },
    item('Accept all', undefined, review.acceptAll),
    item('Reject all', undefined, review.rejectAll),
  ]
  return (
    <Menu entries={entries} label="Decide about several hunks" side="top" align="center" returnsFocus>
      <IconButton label="Decide about several hunks" size="small" side="top" disabled={review.deciding}>
        <Ellipsis size={14} />
      </IconButton>
    </Menu>
  )
}

function item(label: string, keys: string | undefined, onSelect: () => void): MenuEntry {
  return { type: 'item', label, keys, onSelect }
}

function countHunks(count: number): string {
  return count === 1 ? '1 hunk' : `${count} hunks`
}

/** What one should know before deciding. `elsewhere`: the hunk is in another file than the one on screen. */
function useNote(hunkId: string | undefined, elsewhere: boolean): string | undefined {
  return useSession(({ hunks, participants, you }) => {
    const hunk = hunkId === undefined ? undefined : hunks[hunkId]
    const asker = participants.find(({ participantId }) => participantId === hunk?.askedBy)
    return hunk && hunkNote(hunk, { elsewhere, asker: hunk.askedBy === you?.participantId ? undefined : asker?.name })
  })
}

/** A click on a button must not take the focus out of the text. */
function leaveFocusInText(bar: HTMLElement | null) {
  bar?.addEventListener('mousedown', (event) => event.preventDefault())
}
