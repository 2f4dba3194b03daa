import { limits } from '#protocol/limits.ts'
import type { TurnCursor } from '#protocol/turns.ts'
import type { Log } from './log.ts'
import { cursorAfter, type LogPosition, type TurnLog } from './turn-log.ts'
import type { Viewer, Watch } from './turns.ts'

/** Timers fire up to a millisecond early against the monotonic clock; without this a viewer would skip whole frames. */
const timerSlackMs = 1

type Stream = { log: TurnLog; cursor: LogPosition }
type Watching = { sessionId: string; viewer: Viewer; lastFrameAtMs: number; streams: Map<string, Stream> }

const beginning: LogPosition = { text: 0, reasoning: 0, marks: 0 }

/**
 * Viewers as cursors into turn logs. A viewer gets the first content of a turn at once and then at most one frame per
 * `limits.frameIntervalMs`; one that is not ready costs nothing but its cursor and later gets larger frames.
 */
export class Framing {
  readonly #monotonicMs: () => number
  readonly #wake: () => void
  readonly #log: Log
  readonly #viewers = new Set<Watching>()
  readonly #running = new Map<TurnLog, string>()

  /** `wake` asks for a `tick` soon. */
  constructor({ monotonicMs, wake, log }: { monotonicMs: () => number; wake: () => void; log: Log }) {
    this.#monotonicMs = monotonicMs
    this.#wake = wake
    this.#log = log
  }

  /** From now on every viewer of the session reads this log from its beginning. */
  open(sessionId: string, log: TurnLog): void {
    this.#running.set(log, sessionId)
    for (const watching of this.#viewers) {
      if (watching.sessionId === sessionId && !watching.streams.has(log.turnId)) {
        watching.streams.set(log.turnId, { log, cursor: beginning })
      }
    }
  }

  /** The log got its first content: viewers that are not within their frame interval have it in this very tick. */
  first(log: TurnLog): void {
    const nowMs = this.#monotonicMs()
    for (const watching of this.#viewers) {
      if (watching.streams.has(log.turnId)) this.#tryToServe(watching, nowMs)
    }
  }

  /** `log.end` was called. Viewers that are behind keep the log until they have read it. */
  ended(log: TurnLog): void {
    this.#running.delete(log)
    this.#wake()
  }

  /** `rest` are cursors into logs that are not running: `loadEnded` reads what a viewer at such cursors still lacks. */
  watch(
    sessionId: string,
    viewer: Viewer,
    cursors: readonly TurnCursor[],
    loadEnded: (rest: readonly TurnCursor[]) => Promise<TurnLog[]>,
  ): Watch {
    const watching: Watching = { sessionId, viewer, lastFrameAtMs: Number.NEGATIVE_INFINITY, streams: new Map() }
    this.#viewers.add(watching)
    const held = new Map(cursors.map((cursor) => [cursor.turnId, cursor]))
    for (const [log, session] of this.#running) {
      if (session === sessionId) watching.streams.set(log.turnId, { log, cursor: held.get(log.turnId) ?? beginning })
    }
    const rest = cursors.filter(({ turnId }) => !watching.streams.has(turnId))
    if (rest.length > 0) void this.#addEnded(watching, held, loadEnded(rest))
    if (watching.streams.size > 0) this.#wake()
    return {
      resume: () => {
        if (watching.streams.size > 0 && this.#viewers.has(watching)) this.#tryToServe(watching, this.#monotonicMs())
      },
      stop: () => void this.#viewers.delete(watching),
    }
  }

  async #addEnded(watching: Watching, held: ReadonlyMap<string, LogPosition>, loading: Promise<TurnLog[]>): Promise<void> {
    for (const log of await loading) {
      if (!watching.streams.has(log.turnId)) {
        watching.streams.set(log.turnId, { log, cursor: held.get(log.turnId) ?? beginning })
      }
    }
    if (this.#viewers.has(watching)) this.#wake()
  }

  /** Serves every viewer that is due. Returns whether some viewer is still behind. */
  tick(): boolean {
    const nowMs = this.#monotonicMs()
    let behind = false
    for (const watching of this.#viewers) {
      if (this.#tryToServe(watching, nowMs)) behind = true
    }
    return behind
  }

  /** A viewer that throws is gone; it takes neither the turn nor the other viewers with it. */
  #tryToServe(watching: Watching, nowMs: number): boolean {
    try {
      return this.#serve(watching, nowMs)
    } catch (error) {
      this.#viewers.delete(watching)
      this.#log.error({ err: error, sessionId: watching.sessionId }, 'a viewer of turns failed')
      return false
    }
  }

  /** Sends at most one frame, and `ended` where everything was read. Returns whether the viewer is still behind. */
  #serve(watching: Watching, nowMs: number): boolean {
    let due = nowMs - watching.lastFrameAtMs >= limits.frameIntervalMs - timerSlackMs
    let behind = false
    for (const [turnId, stream] of watching.streams) {
      const frame = stream.log.frameAfter(stream.cursor)
      if (frame !== undefined) {
        if (!due || !watching.viewer.ready()) {
          behind = true
          continue
        }
        due = false
        watching.lastFrameAtMs = nowMs
        stream.cursor = cursorAfter(frame)
        watching.viewer.frame(frame)
        if (stream.log.frameAfter(stream.cursor) !== undefined) {
          behind = true
          continue
        }
      }
      if (stream.log.ended !== undefined) {
        if (!watching.viewer.ready()) {
          behind = true
          continue
        }
        watching.streams.delete(turnId)
        watching.viewer.ended(stream.log.ended)
      }
    }
    return behind
  }
}
