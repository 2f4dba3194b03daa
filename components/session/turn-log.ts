import type { Mark, Turn, TurnCursor, TurnFrame } from '#protocol/turns.ts'
import type { FrameScheduler } from './frame-scheduler.ts'

/** What a viewer of a turn may do with its log. */
export type TurnLogReader = {
  readonly turnId: string
  /** Lengths in UTF-16 units. */
  readonly length: number
  readonly reasoningLength: number
  readonly marks: readonly Mark[]
  /** How much of the answer the server has that this tab has not, in UTF-16 units. */
  readonly behind: number
  /** Since the request was sent, at the provider reader; ms; of the newest frame. */
  readonly elapsedMs: number
  /** The answer from an offset on (UTF-16 units). */
  read(from?: number): string
  readReasoning(from?: number): string
  /** Told at most once per animation frame. Returns its undo. */
  subscribe(listener: () => void): () => void
}

/** A turn's log as far as this tab has read it. The answer's text is raw; `marks` say where edit blocks stand in it. */
export class TurnLog implements TurnLogReader {
  readonly turnId: string
  marks: readonly Mark[] = []
  elapsedMs = 0
  private head = 0
  // Appending makes a rope, which costs nothing; reading all of it, as the chat does once per frame, gives the same string.
  private text = ''
  private reasoning = ''
  private readonly listeners = new Set<() => void>()
  private readonly frames: FrameScheduler
  private notice: (() => void) | undefined

  constructor(turnId: string, frames: FrameScheduler) {
    this.turnId = turnId
    this.frames = frames
  }

  get length() {
    return this.text.length
  }
  get reasoningLength() {
    return this.reasoning.length
  }
  get behind() {
    return Math.max(0, this.head - this.text.length)
  }

  read(from = 0): string {
    return from === 0 ? this.text : this.text.slice(from)
  }

  readReasoning(from = 0): string {
    return from === 0 ? this.reasoning : this.reasoning.slice(from)
  }

  /** Where the server should go on from after a reconnect. */
  cursor(): TurnCursor {
    return { turnId: this.turnId, text: this.length, reasoning: this.reasoningLength, marks: this.marks.length }
  }

  /**
   * Adopts what a snapshot says. A running turn's shorter text is an older moment of the same log and is ignored; an ended
   * turn's text is final, so a tab that has more (the server lost what it had not stored) is cut back to it.
   */
  adopt(turn: Turn) {
    const final = turn.status === 'ended'
    const before = this.cursor()
    if (final || turn.text.length > this.length) this.text = turn.text
    if (final || turn.reasoning.length > this.reasoningLength) this.reasoning = turn.reasoning
    if (final || turn.marks.length > this.marks.length) this.marks = turn.marks
    this.head = Math.max(final ? 0 : this.head, this.length)
    const after = this.cursor()
    if (after.text !== before.text || after.reasoning !== before.reasoning || after.marks !== before.marks) this.changed()
  }

  /**
   * Puts a frame in its place, which is the end of what was sent: what is here behind it was lost by the server, and goes. `gap`:
   * something before it is missing, and nothing is changed.
   */
  append(frame: TurnFrame): 'appended' | 'gap' {
    if (frame.at > this.length || frame.reasoningAt > this.reasoningLength || frame.marksAt > this.marks.length) return 'gap'
    this.text = upTo(this.text, frame.at) + frame.text
    this.reasoning = upTo(this.reasoning, frame.reasoningAt) + frame.reasoning
    const isSame = frame.marks.length === 0 && frame.marksAt === this.marks.length
    if (!isSame) this.marks = [...this.marks.slice(0, frame.marksAt), ...frame.marks]
    this.head = frame.head
    this.elapsedMs = frame.elapsedMs
    this.changed()
    return 'appended'
  }

  subscribe(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private changed() {
    this.notice ??= this.frames.request(() => {
      this.notice = undefined
      for (const listener of this.listeners) listener()
    })
  }
}

/** The string itself where that is all of it: cutting would copy what was appended in pieces. */
function upTo(text: string, end: number): string {
  return end === text.length ? text : text.slice(0, end)
}
