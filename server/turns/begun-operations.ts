import { withState, type DecisionRooms } from './decision.ts'
import type { DocumentLines } from './document-lines.ts'
import { decideFileOperation, filesOf } from './file-operations.ts'
import type { Log } from './log.ts'
import { changedEvent, publicHunk } from './roll-back.ts'

/** Finishes renames and deletions that were accepted when the server stopped, before or after it had come to the files. */
export async function finishBegunOperations(rooms: DecisionRooms & { lines: DocumentLines; log: Log }): Promise<void> {
  for (const stored of await rooms.store.begunHunks()) {
    const becomes = { ...publicHunk(stored), state: 'accepted' as const }
    try {
      await rooms.lines.runAll(await filesOf(rooms, stored), async () => {
        if ((await decideFileOperation(rooms, { stored, becomes })).length > 0) return
        await rooms.store.saveHunks(stored.sessionId, [changedEvent(withState(stored, 'settled', ''))])
      })
    } catch (error) {
      rooms.log.error({ err: error, hunkId: stored.hunkId }, 'a rename or deletion that had begun was not finished')
    }
  }
}
