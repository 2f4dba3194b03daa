import { isFileGone } from '#documents/documents.ts'
import type { Hunk } from '#protocol/hunks.ts'
import type { FileNode } from '#protocol/sessions.ts'
import { SessionFailure } from '#sessions/sessions.ts'
import type { StoredHunk, StoredHunkEvent } from '#store/store.ts'
import { unlessRefused } from './created-files.ts'
import { record, withState, type DecisionRooms } from './decision.ts'
import { begun, leftBehind, removeFile, returningFile, type RemovedFile } from './removed-file.ts'
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
 * that is reverted. `along`: hunks that are decided with it. Returns those that it has decided, itself included; none where the files do
 * not allow it.
 */
export async function decideFileOperation(
  rooms: DecisionRooms,
  hunk: Turning,
  along: ReadonlySet<string> = new Set(),
): Promise<string[]> {
  const { hunkId } = hunk.stored
  if (hunk.becomes.state === 'reverted') {
    const turned = await takeOperationBack(rooms, hunk, along)
    return turned === undefined ? [] : [hunkId, ...turned.map((other) => other.hunkId)]
  }
  return (await doOperation(rooms, hunk)) ? [hunkId] : []
}

async function doOperation(rooms: DecisionRooms, hunk: Turning): Promise<boolean> {
  const { stored, becomes } = hunk
  const files = await rooms.sessions.files(stored.sessionId)
  const file = files.find(({ fileId }) => fileId === stored.fileId)
  if (isBegun(stored) && becomes.state !== 'accepted') return false
  if (becomes.state === 'accepted') {
    if (stored.kind === 'delete') return deleteIt(rooms, hunk, file)
    return file !== undefined && renameIt(rooms, hunk, file, files)
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
      ? [changedEvent(becomes), ...(await leftBehind(rooms.store, hunk, stored.fileId))]
      : [changedEvent({ ...becomes, path: file.path, ...removed.kept }, { reversal: removed.reversal }), ...removed.closed]
  await record(rooms, stored.sessionId, events)
  return true
}

/** Returns the other hunks that were taken back with it; undefined where the files do not allow it. */
async function takeOperationBack(
  rooms: DecisionRooms,
  { stored, becomes }: Turning,
  along: ReadonlySet<string>,
): Promise<StoredHunk[] | undefined> {
  const { sessionId, kind, path, newPath, reversal } = stored
  const isRename = kind === 'rename'
  if (isRename && !(await renameItBack(rooms, stored))) return undefined
  const { text, turned } = await returningFile(rooms.store, stored, along)
  const others = turned.map((hunk) => changedEvent(withState(hunk, 'reverted', becomes.decidedBy ?? '')))
  const goal = isRename ? newPath : path
  if (text === undefined || goal === undefined || (isRename && reversal.removedFile === undefined)) {
    await record(rooms, sessionId, [changedEvent(becomes), ...others])
    return turned
  }
  const told = (fileId: string) => [changedEvent(isRename ? becomes : { ...becomes, fileId }), ...others]
  if (await createWith(rooms, { sessionId, path: goal, text }, told)) return turned
  if (!isRename) return undefined
  await record(rooms, sessionId, [changedEvent(becomes)])
  return []
}

/** The file and what hunks say of it are stored together: what is cut off in between could never be done again. */
async function createWith(
  { sessions, onHunks }: DecisionRooms,
  { sessionId, path, text }: { sessionId: string; path: string; text: string },
  told: (fileId: string) => StoredHunkEvent[],
): Promise<boolean> {
  let events: StoredHunkEvent[] = []
  const hunkEvents = ({ fileId }: FileNode) => (events = told(fileId))
  if ((await unlessRefused(sessions.createFile(sessionId, path, { text, hunkEvents }))) === undefined) return false
  onHunks(
    sessionId,
    events.map(({ event }) => event),
  )
  return true
}

/** Whether an earlier block of the same answer renames the file, so that it would be gone by now had somebody accepted that. */
async function isToMoveFirst({ store }: DecisionRooms, { fileId }: FileNode, { sessionId, turnId, block }: StoredHunk) {
  const hunks = await store.hunksOfFile(sessionId, fileId)
  return hunks.some(
    (other) => other.kind === 'rename' && other.state === 'settled' && other.turnId === turnId && other.block < block,
  )
}

/** A file that stands where the rename leads goes, as a deletion would take it. */
async function renameIt(rooms: DecisionRooms, hunk: Turning, file: FileNode, files: readonly FileNode[]): Promise<boolean> {
  const { stored, becomes } = hunk
  const { sessionId, newPath } = stored
  if (newPath === undefined) return false
  const other = files.find(({ path, fileId }) => path === newPath && fileId !== file.fileId)
  if (other?.kind === 'binary') return false
  if (other !== undefined && (await isToMoveFirst(rooms, other, stored))) return false
  await rooms.store.saveHunks(sessionId, [changedEvent(begun(hunk))])
  const left =
    isBegun(stored) && other === undefined ? await leftBehind(rooms.store, hunk, stored.reversal.removedFile?.fileId) : []
  const before = isBegun(stored) ? { kept: stored, reversal: stored.reversal, closed: left } : nothingRemoved
  const { kept, reversal, closed } = (other && (await unlessGone(removeFile(rooms, hunk, other)))) ?? before
  const { baseText, deletedLines } = kept
  const renamed = await unlessRefused(rooms.sessions.renameFile(sessionId, file.fileId, newPath))
  if (renamed === undefined) {
    const { text } = await returningFile(rooms.store, { ...stored, baseText, reversal }, new Set())
    if (reversal.removedFile !== undefined && text !== undefined) {
      await unlessRefused(rooms.sessions.createFile(sessionId, newPath, { text }))
    }
    const left = isBegun(stored) ? withState(stored, 'settled', '') : publicHunk(stored)
    const events = [changedEvent({ ...left, ...nothingRemoved.kept }, { reversal: nothingRemoved.reversal }), ...closed]
    await record(rooms, sessionId, events)
    return false
  }
  const moved = { ...becomes, baseText, deletedLines, path: file.path === newPath ? stored.path : file.path }
  await record(rooms, sessionId, [changedEvent(moved, { reversal }), ...closed])
  return true
}

async function renameItBack({ sessions }: DecisionRooms, { sessionId, fileId, path, newPath }: StoredHunk): Promise<boolean> {
  const file = fileId === null ? undefined : await sessions.file(sessionId, fileId)
  // Somebody has moved it on, unless it is back already.
  if (file === undefined || (file.path !== newPath && file.path !== path)) return false
  return (await unlessRefused(sessions.renameFile(sessionId, file.fileId, path))) !== undefined
}

/** Undefined where the file is gone already. */
async function unlessGone<Value>(change: Promise<Value>): Promise<Value | undefined> {
  try {
    return await change
  } catch (error) {
    if (isFileGone(error) || (error instanceof SessionFailure && error.code === 'not_found')) return undefined
    throw error
  }
}
