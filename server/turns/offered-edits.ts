import { createHash } from 'node:crypto'
import * as Y from 'yjs'
import type { Documents, Replica } from '#documents/documents.ts'
import { diffLines } from '#edits/line-diff.ts'
import { splitLines } from '#edits/lines.ts'
import type { Hunk } from '#protocol/hunks.ts'
import type { Store, StoredHunkEvent, TurnRecord } from '#store/store.ts'
import type { DocumentLines } from './document-lines.ts'
import { positionsAround } from './hunk-record.ts'
import { storeTurn } from './store-turn.ts'
import type { TurnNumbers } from './turn-numbers.ts'
import { viewOf } from './turn-snapshot.ts'
import type { TurnEvent } from './turns.ts'

/** Edits that a person made while their role allowed it, and that reached the server when it did not any more. */
export type OfferedEdit = {
  sessionId: string
  participantId: string
  fileId: string
  path: string
  pushId: string
  epoch: number
  update: Uint8Array
}

/**
 * Makes proposals of them, under a turn of their own that no model is part of. Resolves once they are stored; what is offered again, or was
 * stored as a push after all, makes no more. Rejects with `DocumentFailure`.
 */
export async function offerEdits(
  rooms: {
    store: Store
    documents: Documents
    lines: DocumentLines
    numbers: TurnNumbers
    clock: { now(): number }
    emit(event: TurnEvent): void
  },
  offered: OfferedEdit,
): Promise<{ hunks: number }> {
  const { store, documents, lines } = rooms
  const { fileId, participantId, pushId, epoch, update } = offered
  const turnId = turnIdOf(offered)
  return lines.run(fileId, async () => {
    const known = await store.turn(turnId)
    const earlier = known === undefined ? [] : await store.hunksOfTurn(turnId)
    if (earlier.length > 0) return { hunks: earlier.length }
    const { stored } = await documents.checkOffered(fileId, { participantId, pushId, epoch, update })
    if (stored) return { hunks: 0 }
    const replica = await documents.replica(fileId, { kind: 'assistant', turnId })
    try {
      if (known === undefined && proposalsOf(replica, turnId, offered).length > 0) await begin(rooms, turnId, offered)
      let hunks = 0
      // The text as it is in this tick: others may have written since it was looked at.
      await replica.commit(undefined, () => {
        const events = proposalsOf(replica, turnId, offered)
        hunks = events.length
        return events
      })
      return { hunks }
    } finally {
      replica.close()
    }
  })
}

/** The same offer has the same turn, and nobody can choose the turn of somebody else. */
function turnIdOf({ fileId, participantId, pushId }: OfferedEdit): string {
  return `offer-${createHash('sha256').update(`${fileId} ${participantId} ${pushId}`).digest('hex').slice(0, 32)}`
}

async function begin(
  { store, numbers, clock, emit }: Parameters<typeof offerEdits>[0],
  turnId: string,
  { sessionId, participantId, path }: OfferedEdit,
): Promise<void> {
  const record: TurnRecord = {
    turnId,
    sessionId,
    number: await numbers.next(sessionId),
    askedBy: participantId,
    kind: 'offer',
    prompt: `Edits of ${path} from before the role changed`,
    references: [],
    status: 'ended',
    reason: 'complete',
    backend: { backendId: 'person', name: 'A person', kind: 'recorded', model: 'none' },
    startedAt: clock.now(),
    text: '',
    reasoning: '',
    marks: [],
  }
  await storeTurn(store, record)
  emit({ type: 'started', sessionId, turn: viewOf(record) })
}

/** Whole lines that the edits would change in the text as it is now. */
function proposalsOf(
  { doc, text }: Replica,
  turnId: string,
  { fileId, path, participantId, update }: OfferedEdit,
): StoredHunkEvent[] {
  const trial = new Y.Doc()
  Y.applyUpdate(trial, Y.encodeStateAsUpdate(doc))
  Y.applyUpdate(trial, update)
  const before = splitLines(text.toString())
  const after = splitLines(trial.getText('text').toString())
  trial.destroy()
  const starts = [0]
  for (const line of before) starts.push((starts.at(-1) ?? 0) + line.length)
  return diffLines(before, after).map(({ oldStart, oldEnd, newStart, newEnd }, block) => {
    const hunk: Hunk = {
      hunkId: `${turnId}-${block}`,
      turnId,
      block,
      fileId,
      path,
      kind: 'edit',
      askedBy: participantId,
      state: 'conflict',
      reason: 'offered',
      baseText: before.slice(oldStart, oldEnd).join(''),
      proposedText: after.slice(newStart, newEnd).join(''),
      candidates: [positionsAround(text, starts[oldStart] ?? 0, starts[oldEnd] ?? 0)],
      addedLines: newEnd - newStart,
      deletedLines: oldEnd - oldStart,
    }
    return { event: { type: 'opened', hunk }, reversal: { inserted: [], deleted: [] } }
  })
}
