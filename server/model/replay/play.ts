import type { Clock } from './clock.ts'
import type { Pace } from './pace.ts'

/** One event of the stream, with the number of tokens that the client has once it is written. */
export type Frame = { tokens: number; text: string }

/** How the response is left after the last frame: ended properly, cut off, or open and silent until the client leaves. */
export type Ending = 'end' | 'reset' | 'stall'

/** Where frames go; `write` answers false when `drained` should be awaited first. */
export interface Sink {
  write(bytes: string | Buffer): boolean
  drained(signal: AbortSignal): Promise<void>
  /** Resolves once what was written has left the process, so that the next write is a network write of its own. */
  flushed(): Promise<void>
}

export type PlayOptions = {
  clock: Clock
  pace: Pace
  /** Monotonic ms at which token 0 is due. */
  firstTokenMs: number
  /** 0 writes everything that is due at once; otherwise each write holds at most so many events. */
  eventsPerWrite: number
  /** 0 writes events whole; otherwise every write is cut into pieces of so many bytes, wherever that falls. */
  splitBytes: number
  signal: AbortSignal
  /** Called with the monotonic ms at which the first frame is really written: on time or late. */
  onStarted: (atMs: number) => void
  /** Called with the tokens that have been written so far. */
  onWritten: (tokens: number) => void
}

/** Bounds the timers: at 3,000 tokens/s each tick then carries about 12 events. */
const shortestTickMs = 4
const largestWriteCharacters = 64 * 1024

/**
 * Writes the frames when they are due. The time comes from deadlines, never from counting ticks, so a late timer delays
 * one write and not the rest of the answer; but a late start delays everything, so that the rate is right. Returns the generator's ending; stops silently when `signal` aborts.
 */
export async function play(frames: Iterator<Frame, Ending>, sink: Sink, options: PlayOptions): Promise<Ending | undefined> {
  const { clock, signal } = options
  let startMs = options.firstTokenMs
  let started = false
  const dueMs = (frame: Frame) => startMs + options.pace(Math.max(0, frame.tokens - 1))
  let next = frames.next()
  let nextDueMs = next.done ? 0 : dueMs(next.value)
  while (!next.done) {
    const nowMs = clock.nowMs()
    if (!started && nextDueMs <= nowMs) {
      started = true
      startMs = nowMs
      nextDueMs = nowMs
      options.onStarted(nowMs)
    }
    let text = ''
    let events = 0
    let tokens = 0
    while (!next.done && nextDueMs <= nowMs && hasRoom(text, events, options.eventsPerWrite)) {
      text += next.value.text
      tokens = next.value.tokens
      events += 1
      next = frames.next()
      if (!next.done) nextDueMs = dueMs(next.value)
    }
    if (events > 0) {
      await write(text, sink, options)
      if (signal.aborted) return undefined
      options.onWritten(tokens)
    }
    if (!next.done && nextDueMs > clock.nowMs()) await clock.sleep(Math.max(shortestTickMs, nextDueMs - clock.nowMs()), signal)
    if (signal.aborted) return undefined
  }
  return next.value
}

function hasRoom(text: string, events: number, eventsPerWrite: number): boolean {
  return eventsPerWrite === 0 ? text.length < largestWriteCharacters : events < eventsPerWrite
}

async function write(text: string, sink: Sink, options: PlayOptions) {
  const separate = options.eventsPerWrite > 0 || options.splitBytes > 0
  for (const piece of options.splitBytes > 0 ? cut(text, options.splitBytes) : [text]) {
    if (!sink.write(piece)) await sink.drained(options.signal)
    if (separate) await sink.flushed()
    if (options.signal.aborted) return
  }
}

function cut(text: string, size: number): Buffer[] {
  const bytes = Buffer.from(text)
  const pieces: Buffer[] = []
  for (let start = 0; start < bytes.length; start += size) pieces.push(bytes.subarray(start, start + size))
  return pieces
}
