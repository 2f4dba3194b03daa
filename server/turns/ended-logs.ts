import type { TurnCursor } from '#protocol/turns.ts'
import type { Store, TurnRecord } from '#store/store.ts'
import type { Log } from './log.ts'
import { Recent } from './recent.ts'
import { TurnLog } from './turn-log.ts'
import { viewOf } from './turn-snapshot.ts'

const mostRecent = 50

/** Logs of turns that have ended, for viewers that come back. */
export class EndedLogs {
  readonly #store: Store
  readonly #log: Log
  readonly #recent = new Recent<string, TurnLog>(mostRecent)

  constructor(store: Store, log: Log) {
    this.#store = store
    this.#log = log
  }

  add(ended: TurnLog): void {
    this.#recent.set(ended.turnId, ended)
  }

  /**
   * Logs that a viewer with these cursors may not know to the end: those that ended a moment ago, and of the others those whose
   * cursor is not at the end. Never rejects.
   */
  async behind(sessionId: string, cursors: readonly TurnCursor[]): Promise<TurnLog[]> {
    const recent = cursors.flatMap(({ turnId }) => this.#recent.get(turnId) ?? [])
    const older = cursors.filter(({ turnId }) => this.#recent.get(turnId) === undefined)
    if (older.length === 0) return recent
    try {
      const turns = new Map((await this.#store.turns(sessionId)).map((turn) => [turn.turnId, turn]))
      return [...recent, ...older.flatMap((cursor) => endedLogBehind(cursor, turns.get(cursor.turnId)))]
    } catch (error) {
      this.#log.warn({ err: error, sessionId }, 'ended turns were not read for a viewer')
      return recent
    }
  }
}

function endedLogBehind(cursor: TurnCursor, record: TurnRecord | undefined): TurnLog[] {
  if (record === undefined) return []
  const { turnId, reason, failure, measurements, stoppedBy, hasCheckpoint, text, reasoning, marks } = viewOf(record)
  if (reason === undefined) return []
  const isAtEnd = cursor.text === text.length && cursor.reasoning === reasoning.length && cursor.marks === marks.length
  if (isAtEnd) return []
  const log = new TurnLog(turnId)
  log.append({ text, reasoning, marks, elapsedMs: measurements?.totalMs ?? 0 })
  log.end({
    turnId,
    reason,
    ...(failure !== undefined && { failure }),
    ...(measurements !== undefined && { measurements }),
    ...(stoppedBy !== undefined && { stoppedBy }),
    ...(hasCheckpoint && { hasCheckpoint }),
  })
  return [log]
}
