import type { Hunk } from '#protocol/hunks.ts'
import type { Stage } from './stage.ts'

/** Puts a hunk of a turn into the store, without any text of its own. Returns its id. */
export async function addHunk(stage: Stage, hunk: Pick<Hunk, 'hunkId' | 'turnId' | 'path'> & Partial<Hunk>): Promise<string> {
  const file = (await stage.sessions.files(stage.sessionId)).find(({ path }) => path === hunk.path)
  const usual = {
    askedBy: stage.owner,
    block: 0,
    kind: 'edit',
    state: 'settled',
    baseText: '',
    addedLines: 0,
    deletedLines: 0,
  } as const
  const opened = { type: 'opened', hunk: { fileId: file?.fileId ?? null, ...usual, ...hunk } } as const
  await stage.store.saveHunks(stage.sessionId, [{ event: opened, reversal: { inserted: [], deleted: [] } }])
  return hunk.hunkId
}
