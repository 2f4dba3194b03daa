import type { Replica } from '#documents/documents.ts'
import { diffLines } from '#edits/line-diff.ts'
import { splitLines } from '#edits/lines.ts'
import { editLines } from '#edits/line-edit.ts'
import { isProposal, type Hunk } from '#protocol/hunks.ts'
import type { HunkReversal, StoredHunk, StoredHunkEvent } from '#store/store.ts'
import type { AskedAgain } from './asked-again.ts'
import type { DecisionRooms } from './decision.ts'
import type { DocumentLines } from './document-lines.ts'
import { indexOf, positionsAround } from './hunk-record.ts'
import { replaceRecorded } from './reversal.ts'
import { changedEvent, publicHunk } from './roll-back.ts'
import { TurnRefused } from './turns.ts'

/**
 * Applies a proposal at one of its candidates, whatever stands there now; it is then a settled hunk of its turn like any other, and the
 * assistant's text. Rejects with `hunk_decided` where it is no proposal any more, with `asked_again` while the model is asked for it, with `not_found` where the session has no such hunk or
 * the candidate leads nowhere, and with `DocumentFailure`.
 */
export async function applyProposal(
  {
    store,
    documents,
    lines,
    askedAgain,
  }: Pick<DecisionRooms, 'store' | 'documents'> & {
    lines: DocumentLines
    askedAgain: AskedAgain
  },
  { sessionId, hunkId, candidate }: { sessionId: string; hunkId: string; candidate: number },
): Promise<void> {
  const [hunk] = await store.hunksById([hunkId])
  if (hunk?.sessionId !== sessionId) throw new TurnRefused('not_found')
  const { fileId } = hunk
  await lines.run(fileId ?? sessionId, async () => {
    const [stored = hunk] = await store.hunksById([hunkId])
    if (!isProposal(stored)) throw new TurnRefused('hunk_decided')
    if (askedAgain.has(hunkId)) throw new TurnRefused('asked_again')
    const place = stored.candidates?.[candidate]
    if (fileId === null || place === undefined) throw new TurnRefused('not_found')
    const replica = await documents.replica(fileId, { kind: 'assistant', turnId: stored.turnId })
    try {
      await writeAt(replica, stored, place)
    } finally {
      replica.close()
    }
  })
}

async function writeAt(replica: Replica, stored: StoredHunk, place: { start: Uint8Array; end: Uint8Array }): Promise<void> {
  let event: StoredHunkEvent | undefined
  const start = indexOf(replica.text, place.start)
  const end = indexOf(replica.text, place.end)
  if (start === undefined || end === undefined || start > end) throw new TurnRefused('not_found')
  const live = replica.text.toString()
  const newLines = splitLines(stored.proposedText ?? '').map((line) => line.replace(/\n$/, ''))
  const edit = editLines(live, start, end, newLines)
  const baseText = live.slice(edit.start, edit.end)
  const reversal: HunkReversal = { inserted: [], deleted: [] }
  await replica.commit(
    (text) => {
      replaceRecorded(text, edit.start, baseText, edit.text, reversal)
      const hunk: Hunk = {
        ...settled(stored),
        ...positionsAround(text, edit.start, edit.start + edit.text.length),
        baseText,
        ...countedLines(baseText, edit.text),
      }
      event = changedEvent(hunk, { reversal })
    },
    () => (event === undefined ? [] : [event]),
  )
}

/** Without what only a proposal has. A place that a person chose is one that somebody should look at. */
function settled(stored: StoredHunk): Hunk {
  const { reason: _reason, proposedText: _text, candidates: _candidates, rung = 'fuzzy', ...hunk } = publicHunk(stored)
  return { ...hunk, rung, state: 'settled' }
}

function countedLines(oldText: string, newText: string): Pick<Hunk, 'addedLines' | 'deletedLines'> {
  const changes = diffLines(splitLines(oldText), splitLines(newText))
  return {
    addedLines: changes.reduce((sum, { newStart, newEnd }) => sum + newEnd - newStart, 0),
    deletedLines: changes.reduce((sum, { oldStart, oldEnd }) => sum + oldEnd - oldStart, 0),
  }
}
