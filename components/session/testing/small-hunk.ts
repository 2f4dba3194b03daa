import type { Hunk } from '#protocol/hunks.ts'

export const hunk: Hunk = {
  hunkId: 'h1',
  turnId: 't1',
  block: 0,
  fileId: 'f1',
  path: 'src/game.ts',
  kind: 'edit',
  state: 'settled',
  askedBy: 'mara',
  baseText: '',
  addedLines: 1,
  deletedLines: 0,
}
