import type { Hunk } from '#protocol/hunks.ts'

/** The hunks of a turn in a file that undo takes back. */
export function undoableHunks(hunks: Record<string, Hunk>, fileId: string, turnId: string): string[] {
  return idsIn(hunks, fileId, turnId, ({ state }) => state === 'settled' || state === 'accepted')
}

/** Those that redo brings again. */
export function redoableHunks(hunks: Record<string, Hunk>, fileId: string, turnId: string): string[] {
  return idsIn(hunks, fileId, turnId, ({ state, candidates }) => (state === 'rejected' && !candidates) || state === 'reverted')
}

function idsIn(hunks: Record<string, Hunk>, fileId: string, turnId: string, wanted: (hunk: Hunk) => boolean): string[] {
  return Object.values(hunks)
    .filter((hunk) => hunk.fileId === fileId && hunk.turnId === turnId && wanted(hunk))
    .map(({ hunkId }) => hunkId)
}

/** Which of one's own turns have written in which files since the hunks were `before`, in the order of their hunks. */
export function newlyWritten(
  before: Record<string, Hunk>,
  now: Record<string, Hunk>,
  participantId: string,
): { fileId: string; turnId: string }[] {
  return Object.values(now).flatMap((hunk) => {
    const isNew = hunk.askedBy === participantId && (hunk.state === 'settled' || hunk.state === 'accepted')
    const was = before[hunk.hunkId]?.state
    if (!isNew || hunk.fileId === null || was === 'settled' || was === 'accepted') return []
    return [{ fileId: hunk.fileId, turnId: hunk.turnId }]
  })
}
