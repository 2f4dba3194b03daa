import type { Hunk } from '#protocol/hunks.ts'
import { redoableTurns } from '#session/redoable-turns.ts'
import type { SessionState } from '#session/session-state.ts'
import type { FileModelEvents } from './file-model.ts'

/** The hunks of a turn in a file that undo takes back. */
export function undoableHunks(hunks: Record<string, Hunk>, fileId: string, turnId: string): string[] {
  return idsIn(hunks, fileId, turnId, ({ state }) => state === 'settled' || state === 'accepted')
}

/** Those that redo brings again. What keeps its reason was only ever proposed. */
export function redoableHunks(hunks: Record<string, Hunk>, fileId: string, turnId: string): string[] {
  return idsIn(
    hunks,
    fileId,
    turnId,
    ({ state, reason }) => (state === 'rejected' && reason === undefined) || state === 'reverted',
  )
}

/** One's own turns as steps of a file's history. `act` takes one back or brings it again. */
export function turnHistory(
  store: { read(): SessionState },
  act: (way: 'revert' | 'redo', fileId: string, turnId: string) => void,
): FileModelEvents['turns'] {
  return {
    canUndo: (fileId, turnId) => undoableHunks(store.read().hunks, fileId, turnId).length > 0,
    canRedo: (fileId, turnId) => {
      const { hunks, turns } = store.read()
      return redoableTurns(turns).has(turnId) && redoableHunks(hunks, fileId, turnId).length > 0
    },
    undo: (fileId, turnId) => act('revert', fileId, turnId),
    redo: (fileId, turnId) => act('redo', fileId, turnId),
  }
}

function idsIn(hunks: Record<string, Hunk>, fileId: string, turnId: string, wanted: (hunk: Hunk) => boolean): string[] {
  return Object.values(hunks)
    .filter((hunk) => hunk.fileId === fileId && hunk.turnId === turnId && wanted(hunk))
    .map(({ hunkId }) => hunkId)
}

/** Which of one's own turns have written in which files since the hunks were `before`, in the order of their hunks. */
function newlyWritten(
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

/**
 * Tells of each file in which an own turn has written. What was there when the page was loaded is no step: nobody expects the first
 * undo of a visit to take back the work of an earlier one.
 */
export class OwnTurns {
  private readonly onWritten: (fileId: string, turnId: string) => void
  private noted: SessionState['hunks'] | undefined

  constructor(onWritten: (fileId: string, turnId: string) => void) {
    this.onWritten = onWritten
  }

  note(hunks: SessionState['hunks'], participantId: string | undefined) {
    if (participantId === undefined) return
    this.noted ??= hunks
    for (const { fileId, turnId } of newlyWritten(this.noted, hunks, participantId)) this.onWritten(fileId, turnId)
    this.noted = hunks
  }
}
