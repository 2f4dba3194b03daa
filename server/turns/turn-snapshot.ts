import type { Hunk } from '#protocol/hunks.ts'
import type { Turn } from '#protocol/turns.ts'
import type { Store, TurnRecord } from '#store/store.ts'
import { publicHunk } from './roll-back.ts'
import type { RunningTurn } from './running-turn.ts'

const mostReads = 3

/** All turns and hunks of a session; of running turns what their log holds when the promise resolves. */
export async function readSnapshot(
  store: Store,
  sessionId: string,
  running: () => readonly RunningTurn[],
): Promise<{ turns: Turn[]; hunks: Hunk[] }> {
  for (let read = 1; ; read += 1) {
    const [records, hunks] = await Promise.all([store.turns(sessionId), store.hunks(sessionId)])
    const views = new Map(running().map((turn) => [turn.record.turnId, turn.view()]))
    // A turn that is neither ended nor running ended, or was about to run, while the store was read.
    const isTorn = records.some(({ turnId, status }) => status !== 'ended' && !views.has(turnId))
    if (isTorn && read < mostReads) continue
    const stored = records.filter(({ turnId }) => !views.has(turnId)).map(viewOf)
    return {
      turns: [...stored, ...views.values()].toSorted((a, b) => a.number - b.number),
      hunks: hunks.map(publicHunk),
    }
  }
}

export async function readHunksOfFile(store: Store, sessionId: string, fileId: string): Promise<Hunk[]> {
  return (await store.hunksOfFile(sessionId, fileId)).map(publicHunk)
}

/** A turn as viewers see it. One that no process runs any more was cut off. */
export function viewOf({ sessionId: _sessionId, ...turn }: TurnRecord): Turn {
  return turn.status === 'ended' ? turn : { ...turn, status: 'ended', reason: 'interrupted' }
}
