import type { Turn, TurnCursor, TurnFrame } from '#protocol/turns.ts'
import type { FrameScheduler } from './frame-scheduler.ts'
import { TurnLog } from './turn-log.ts'

/** `session.join` takes no more cursors than this. */
const mostCursors = 20

/** The logs of a session's turns. */
export class TurnLogs {
  private readonly logs = new Map<string, TurnLog>()
  private readonly running = new Set<string>()
  private asked = new Set<string>()
  private readonly frames: FrameScheduler

  constructor(frames: FrameScheduler) {
    this.frames = frames
  }

  /** The log of a turn; an empty one until its first piece arrives. */
  of(turnId: string): TurnLog {
    const known = this.logs.get(turnId)
    if (known !== undefined) return known
    const log = new TurnLog(turnId, this.frames)
    this.logs.set(turnId, log)
    return log
  }

  /** For the next `session.join`: the running turns, whose logs the server then goes on with instead of sending them whole. */
  cursors(): TurnCursor[] {
    const newest = [...this.running].slice(-mostCursors)
    this.asked = new Set(newest)
    return newest.map((turnId) => this.of(turnId).cursor())
  }

  /** Adopts the logs of a snapshot. Of those with a cursor it holds no text: their frames go on from there, or back to what is stored. */
  joined(turns: Turn[]) {
    this.running.clear()
    for (const turn of turns) {
      if (turn.status !== 'ended') this.running.add(turn.turnId)
      if (!this.asked.has(turn.turnId)) this.of(turn.turnId).adopt(turn)
    }
  }

  started(turn: Turn) {
    this.running.add(turn.turnId)
    this.of(turn.turnId).adopt(turn)
  }

  append(frame: TurnFrame): 'appended' | 'gap' {
    return this.of(frame.turnId).append(frame)
  }

  ended(turnId: string) {
    this.running.delete(turnId)
  }
}
