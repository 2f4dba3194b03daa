import type { ServerEvents } from '#protocol/events.ts'
import { limits } from '#protocol/limits.ts'
import type { Mark, TurnCursor, TurnFrame } from '#protocol/turns.ts'
import { withoutHalf } from '#protocol/whole-text.ts'
import { ChunkedText } from './chunked-text.ts'

export type LogPosition = Omit<TurnCursor, 'turnId'>

export type LogPiece = { at: number; text: string; reasoningAt: number; reasoning: string; marks: Mark[] }

/** Everything that a turn's answer consists of, append-only and of whole characters. Viewers and the store read it from cursors of their own. */
export class TurnLog {
  readonly turnId: string
  #text = new ChunkedText()
  #reasoning = new ChunkedText()
  #marks: Mark[] = []
  /** By cursor, until the log grows: viewers that are equally far are given the same frame, made once. */
  readonly #frames = new Map<string, TurnFrame | undefined>()
  #elapsedMs = 0
  #ended: ServerEvents['turn.ended'] | undefined

  constructor(turnId: string) {
    this.turnId = turnId
  }

  /** `elapsedMs`: since the request was sent, when the read that brought this arrived. */
  append(read: { text: string; reasoning: string; marks: readonly Mark[]; elapsedMs: number }): void {
    this.#text.append(read.text)
    this.#reasoning.append(read.reasoning)
    for (const mark of read.marks) this.#marks.push(mark)
    this.#elapsedMs = read.elapsedMs
    this.#frames.clear()
  }

  /** What is behind could not be stored: nobody keeps what is gone for everyone who comes later. */
  cutTo({ text, reasoning, marks }: LogPosition): void {
    this.#text = this.#text.upTo(text)
    this.#reasoning = this.#reasoning.upTo(reasoning)
    this.#marks = this.#marks.slice(0, marks)
    this.#frames.clear()
  }

  /** Nothing is appended any more, and all of it is durable: viewers that have read everything may be told. */
  end(ended: ServerEvents['turn.ended']): void {
    this.#ended = ended
    this.#frames.clear()
  }

  get ended(): ServerEvents['turn.ended'] | undefined {
    return this.#ended
  }

  get head(): LogPosition {
    return { text: this.#text.length, reasoning: this.#reasoning.length, marks: this.#marks.length }
  }

  content(): { text: string; reasoning: string; marks: Mark[] } {
    return {
      text: this.#text.slice(0, this.#text.length),
      reasoning: this.#reasoning.slice(0, this.#reasoning.length),
      marks: [...this.#marks],
    }
  }

  since(position: LogPosition): LogPiece {
    return {
      at: position.text,
      text: this.#text.slice(position.text, this.#text.length),
      reasoningAt: position.reasoning,
      reasoning: this.#reasoning.slice(position.reasoning, this.#reasoning.length),
      marks: this.#marks.slice(position.marks),
    }
  }

  /**
   * What a viewer at `cursor` gets next, at most `limits.frameLength` units, never half a surrogate pair; undefined when it
   * has everything. A cursor behind the end of the log (what it had seen was lost) gets an empty frame at the end.
   */
  frameAfter(cursor: LogPosition): TurnFrame | undefined {
    const key = `${cursor.text} ${cursor.reasoning} ${cursor.marks}`
    if (!this.#frames.has(key)) this.#frames.set(key, this.#frameAfter(cursor))
    return this.#frames.get(key)
  }

  #frameAfter(cursor: LogPosition): TurnFrame | undefined {
    const head = this.head
    const at = Math.min(cursor.text, head.text)
    const reasoningAt = Math.min(cursor.reasoning, head.reasoning)
    const marksAt = Math.min(cursor.marks, head.marks)
    const reasoning = this.#whole(this.#reasoning, reasoningAt, limits.frameLength)
    const room = limits.frameLength - reasoning.length
    const text = room > 1 ? this.#whole(this.#text, at, room) : ''
    const marks = this.#marks.slice(marksAt, this.#marksUpTo(marksAt, at + text.length))
    const rewinds = at < cursor.text || reasoningAt < cursor.reasoning || marksAt < cursor.marks
    if (text === '' && reasoning === '' && marks.length === 0 && !rewinds) return undefined
    return {
      turnId: this.turnId,
      at,
      text,
      reasoningAt,
      reasoning,
      marksAt,
      marks,
      elapsedMs: this.#elapsedMs,
      head: head.text,
    }
  }

  /** A slice that does not end inside a surrogate pair. */
  #whole(source: ChunkedText, from: number, length: number): string {
    return withoutHalf(source.slice(from, from + length))
  }

  /** A mark travels with the text before it, so that a viewer never has a mark ahead of its text. */
  #marksUpTo(from: number, textEnd: number): number {
    let index = from
    while (index < this.#marks.length && (this.#marks[index]?.at ?? 0) <= textEnd) index += 1
    return index
  }
}

/** The cursor of a viewer that received `frame`. */
export function cursorAfter(frame: TurnFrame): LogPosition {
  return {
    text: frame.at + frame.text.length,
    reasoning: frame.reasoningAt + frame.reasoning.length,
    marks: frame.marksAt + frame.marks.length,
  }
}
