import type { Hunk } from '#protocol/hunks.ts'
import type { TurnInfo } from '#session/session-state.ts'

/** A settled hunk that replaces one line, but for what is given. */
export function hunk(given: Partial<Hunk> & { hunkId: string }): Hunk {
  return {
    turnId: 't1',
    block: 0,
    fileId: 'a',
    path: 'src/a.ts',
    kind: 'edit',
    askedBy: 'mara',
    state: 'settled',
    baseText: 'old\n',
    addedLines: 1,
    deletedLines: 1,
    ...given,
  }
}

/** An ended turn of Mara's, but for what is given. */
export function turn(given: Partial<TurnInfo> & { turnId: string; number: number }): TurnInfo {
  return {
    askedBy: 'mara',
    kind: 'chat',
    prompt: 'Add a score',
    references: [],
    status: 'ended',
    reason: 'complete',
    backend: { backendId: 'replay', name: 'Recorded', kind: 'recorded', model: 'recorded' },
    startedAt: 0,
    ...given,
  }
}
