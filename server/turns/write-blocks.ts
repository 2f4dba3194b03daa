import type { AnswerBlock } from '#edits/answer-blocks.ts'
import { isFileGone } from '#documents/documents.ts'
import type { Sessions } from '#sessions/sessions.ts'
import type { Store, StoredHunkEvent } from '#store/store.ts'
import type { BlockResults } from './block-results.ts'
import type { BlockProgress, BlockWriter, RollBack } from './block-writer.ts'
import { discardCreatedFile, takeBack } from './roll-back.ts'
import type { TouchedDocument } from './touched-document.ts'
import type { TreeChange } from './tree-change.ts'

export type Writer = BlockWriter | TreeChange

type Rooms = {
  turn: { sessionId: string }
  store: Store
  sessions: Sessions
  results: BlockResults
  /** The file that was created at the path is gone again. */
  forget: (path: string) => void
  /** The block is written to its end, or given up. */
  done: (block: AnswerBlock) => void
}

/**
 * Writes what there is of some blocks into their document, in one row, whoever calls it being alone with the document. Where the file is
 * gone by then, the blocks that came to their end become proposals without one. Rejects when nothing more can be written.
 */
export async function writeBlocks(
  rooms: Rooms,
  document: TouchedDocument,
  writers: readonly Writer[],
  nowMs: number,
): Promise<void> {
  const { results, done } = rooms
  const over: { writer: Writer; progress: Exclude<BlockProgress, { kind: 'open' }> }[] = []
  try {
    await catchUp(rooms.store, document, writers)
    const events: StoredHunkEvent[] = []
    await document.replica.commit(
      () => {
        for (const writer of writers) {
          const progress = writer.advance(nowMs, events)
          if (progress.kind === 'open') break
          over.push({ writer, progress })
          done(writer.block)
          if (progress.kind === 'rollBack') break
        }
      },
      () => events,
    )
    for (let next = over[0]; next !== undefined; next = over[0]) {
      const { progress } = next
      const { block } = next.writer
      if (progress.kind === 'rollBack') await rollBack(rooms, document, block, progress)
      else if (progress.failed !== undefined) results.failed(progress.failed)
      else if (block.end === 'complete') results.applied()
      over.shift()
    }
  } catch (error) {
    if (isFileGone(error)) for (const { writer } of over) results.fileGone(writer.block, writer.begun)
    throw error
  }
}

/** A decision of somebody else may have given text back to a hunk that is still being written, or taken text for good. */
async function catchUp(store: Store, document: TouchedDocument, writers: readonly Writer[]): Promise<void> {
  const { foreignChanges } = document
  const behind = writers.flatMap(({ begun }) => (begun === undefined || begun.asOf === foreignChanges ? [] : begun))
  if (behind.length === 0) return
  const stored = await store.hunksById(behind.map(({ hunk }) => hunk.hunkId))
  for (const record of behind) {
    const known = stored.find(({ hunkId }) => hunkId === record.hunk.hunkId)
    if (known !== undefined) record.catchUp(known, foreignChanges)
  }
}

/** A created file that nothing stands in goes with its hunk, and what was to stand there becomes a proposal without a file. */
async function rollBack(
  { turn: { sessionId }, store, sessions, results, forget }: Rooms,
  document: TouchedDocument,
  block: AnswerBlock,
  { record, change, afterwards, failed }: RollBack,
): Promise<void> {
  const { replica } = document
  const others = await store.hunksOfFile(sessionId, replica.fileId)
  const isFileLeft = !document.created || document.holdsHunks
  let given: StoredHunkEvent[] = []
  await replica.commit(
    () => document.changeAsForeign(() => (given = takeBack(replica, record.told ? [record.reversible] : [], others))),
    () => {
      const kept = { ...change, ...afterwards?.() }
      const now = isFileLeft ? kept : { state: 'aborted' as const, reason: change.reason ?? 'turn_ended' }
      return [...given, ...(record.told || isFileLeft ? [record.changed(now)] : [])]
    },
  )
  if (isFileLeft) {
    if (failed !== undefined) results.failed(failed)
    return
  }
  const outcome = await discardCreatedFile({ sessions, sessionId }, replica, others)
  if (outcome === 'deleted') forget(block.path)
  if (change.state === 'aborted') return
  const proposal = results.propose(block, change)
  if (failed !== undefined) results.failed({ ...failed, hunk: proposal.hunk })
}
