import { DocumentFailure } from '#documents/documents.ts'
import type { Hunk } from '#protocol/hunks.ts'
import type { FileNode } from '#protocol/sessions.ts'
import { SessionFailure } from '#sessions/sessions.ts'
import type { StoredHunk } from '#store/store.ts'
import { unlessRefused } from './created-files.ts'
import { record, withState, type DecisionRooms } from './decision.ts'
import { begun, removedText, removeFile, type RemovedFile } from './removed-file.ts'
import { changedEvent, publicHunk, type Turning } from './roll-back.ts'

const nothingRemoved: RemovedFile = {
  kept: { baseText: '', deletedLines: 0 },
  reversal: { inserted: [], deleted: [] },
  closed: [],
}

/** Whether it was accepted, and what happens to the files may have happened in part: only the rest can follow. */
function isBegun({ state, decidedBy }: Hunk): boolean {
  return state === 'settled' && decidedBy !== undefined
}

/** The files that deciding a rename or a deletion may touch, by id; the session's own id where there is none. */
export async function filesOf({ sessions }: DecisionRooms, { sessionId, fileId, newPath }: StoredHunk): Promise<string[]> {
  if (fileId === null) return [sessionId]
  const goal = (await sessions.files(sessionId)).find(({ path }) => path === newPath)
  return goal === undefined ? [fileId] : [fileId, goal.fileId]
}

/**
 * Decides a rename or a deletion, whoever calls it being alone with its files: the file changes when it is accepted, and changes back when
 * that is reverted. False where the files do not allow it.
 */
export async function decideFileOperation(rooms: DecisionRooms, hunk: Turning): Promise<boolean> {
  const { stored, becomes } = hunk
  const files = await rooms.sessions.files(stored.sessionId)
  const file = files.find(({ fileId }) => fileId === stored.fileId)
  if (isBegun(stored) && becomes.state !== 'accepted') return false
  if (becomes.state === 'accepted') {
    if (stored.kind === 'delete') return deleteIt(rooms, hunk, file)
    return file !== undefined && renameIt(rooms, hunk, file, files)
  }
  if (becomes.state === 'reverted') {
    if (stored.kind === 'delete') return bringBack(rooms, hunk)
    return file !== undefined && renameItBack(rooms, hunk, file)
  }
  if (becomes.state === 'settled' && file === undefined) return false
  await record(rooms, stored.sessionId, [changedEvent(becomes)])
  return true
}

async function deleteIt(rooms: DecisionRooms, hunk: Turning, file: FileNode | undefined): Promise<boolean> {
  const { stored, becomes } = hunk
  // The bytes of a binary file could not be brought back.
  if (file?.kind === 'binary') return false
  const removed = file && (await unlessGone(removeFile(rooms, hunk, file)))
  const events =
    file === undefined || removed === undefined
      ? [changedEvent(becomes)]
      : [changedEvent({ ...becomes, path: file.path, ...removed.kept }, { reversal: removed.reversal }), ...removed.closed]
  await record(rooms, stored.sessionId, events)
  return true
}

async function bringBack(rooms: DecisionRooms, { stored, becomes }: Turning): Promise<boolean> {
  const { sessionId, path } = stored
  const made = await unlessRefused(rooms.sessions.createFile(sessionId, path, { text: removedText(stored) }))
  if (made === undefined) return false
  await record(rooms, sessionId, [changedEvent({ ...becomes, fileId: made.fileId })])
  return true
}

/** A file that stands where the rename leads goes, as a deletion would take it. */
async function renameIt(rooms: DecisionRooms, hunk: Turning, file: FileNode, files: readonly FileNode[]): Promise<boolean> {
  const { stored, becomes } = hunk
  const { sessionId, newPath } = stored
  if (newPath === undefined) return false
  const other = files.find(({ path, fileId }) => path === newPath && fileId !== file.fileId)
  if (other?.kind === 'binary') return false
  await rooms.store.saveHunks(sessionId, [changedEvent(begun(hunk))])
  const before = isBegun(stored) ? { kept: stored, reversal: stored.reversal, closed: [] } : nothingRemoved
  const { kept, reversal, closed } = (other && (await unlessGone(removeFile(rooms, hunk, other)))) ?? before
  const { baseText, deletedLines } = kept
  const renamed = await unlessRefused(rooms.sessions.renameFile(sessionId, file.fileId, newPath))
  if (renamed === undefined) {
    await bringReplacedBack(rooms, { ...stored, baseText, reversal })
    const left = isBegun(stored) ? withState(stored, 'settled', '') : publicHunk(stored)
    const events = [changedEvent({ ...left, ...nothingRemoved.kept }, { reversal: nothingRemoved.reversal }), ...closed]
    await record(rooms, sessionId, events)
    return false
  }
  const moved = { ...becomes, baseText, deletedLines, path: file.path === newPath ? stored.path : file.path }
  await record(rooms, sessionId, [changedEvent(moved, { reversal }), ...closed])
  return true
}

async function bringReplacedBack({ sessions }: DecisionRooms, stored: StoredHunk): Promise<void> {
  const { sessionId, newPath, reversal } = stored
  if (newPath === undefined || reversal.removedFile === undefined) return
  await unlessRefused(sessions.createFile(sessionId, newPath, { text: removedText(stored) }))
}

async function renameItBack(rooms: DecisionRooms, { stored, becomes }: Turning, file: FileNode): Promise<boolean> {
  const { sessionId, path, newPath } = stored
  // Somebody has moved it on, unless it is back already.
  if (file.path !== newPath && file.path !== path) return false
  if ((await unlessRefused(rooms.sessions.renameFile(sessionId, file.fileId, path))) === undefined) return false
  await bringReplacedBack(rooms, stored)
  await record(rooms, sessionId, [changedEvent(becomes)])
  return true
}

/** Undefined where the file is gone already. */
async function unlessGone<Value>(change: Promise<Value>): Promise<Value | undefined> {
  try {
    return await change
  } catch (error) {
    if ((error instanceof DocumentFailure || error instanceof SessionFailure) && error.code === 'not_found') return undefined
    throw error
  }
}
