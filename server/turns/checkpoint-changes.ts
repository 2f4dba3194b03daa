import type { Documents } from '#documents/documents.ts'
import type { CheckpointChanges } from '#protocol/http.ts'
import type { Checkpoint, Store } from '#store/store.ts'
import { Comparison, pairFiles, type FilePair } from './checkpoint-pairs.ts'

/** What differs between a checkpoint and now, by path. */
export async function checkpointChanges(
  rooms: { store: Store; documents: Documents },
  { sessionId, files: before }: Checkpoint,
): Promise<CheckpointChanges> {
  const [now, comparison] = await Promise.all([rooms.store.files(sessionId), Comparison.open(rooms, sessionId)])
  const changes = await Promise.all(pairFiles(before, now).map((pair) => changeOf(pair, comparison)))
  return { changes: changes.flat().toSorted((a, b) => (a.path < b.path ? -1 : 1)) }
}

async function changeOf({ before, now }: FilePair, comparison: Comparison): Promise<CheckpointChanges['changes']> {
  if (now === undefined) {
    if (before === undefined) return []
    const { fileId, path } = before
    return [{ fileId, path, kind: 'deleted', before: await comparison.textBefore(before) }]
  }
  const { fileId, path } = now
  if (before === undefined) return [{ fileId, path, kind: 'created', before: null }]
  if (before.path !== path) {
    return [{ fileId, path, kind: 'renamed', pathBefore: before.path, before: await comparison.textBefore(before) }]
  }
  if (await comparison.isSame(before, now)) return []
  return [{ fileId, path, kind: 'changed', before: await comparison.textBefore(before) }]
}
