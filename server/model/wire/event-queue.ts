import type { ModelEvent } from '../model.ts'

type Batch = readonly ModelEvent[]
type Waiting = { resolve: (result: IteratorResult<Batch, undefined>) => void; reject: (error: Error) => void }

/**
 * Hands events from callbacks to one `for await` loop. Whatever was pushed by the time the loop asks is one batch, adjacent text
 * merged, so a slow reader gets fewer, larger batches. Memory is bounded by the answer's own length, so nothing is ever paused.
 */
export class EventQueue implements AsyncIterator<Batch, undefined> {
  readonly #onReturn: () => void
  #events: ModelEvent[] = []
  #waiting: Waiting | null = null
  #over: 'no' | 'ended' | 'failed' = 'no'
  #failure: Error | null = null

  /** `onReturn`: the loop was left early. */
  constructor(onReturn: () => void) {
    this.#onReturn = onReturn
  }

  push(events: ModelEvent[]): void {
    if (this.#over !== 'no' || events.length === 0) return
    for (const event of events) this.#append(event)
    if (this.#waiting !== null) this.#take().resolve({ value: this.#drain(), done: false })
  }

  /** Ends the loop once it has read what was pushed; `discard` ends it at once. */
  end(how: 'after_events' | 'discard' = 'after_events'): void {
    if (how === 'discard') this.#events = []
    if (this.#over !== 'no') return
    this.#over = 'ended'
    if (this.#waiting !== null) this.#take().resolve({ value: undefined, done: true })
  }

  /** Throws in the loop once it has read what was pushed. */
  fail(error: Error): void {
    if (this.#over !== 'no') return
    if (this.#waiting !== null) {
      this.#over = 'ended'
      this.#take().reject(error)
      return
    }
    this.#over = 'failed'
    this.#failure = error
  }

  next(): Promise<IteratorResult<Batch, undefined>> {
    if (this.#events.length > 0) return Promise.resolve({ value: this.#drain(), done: false })
    if (this.#failure !== null) {
      const failure = this.#failure
      this.#failure = null
      return Promise.reject(failure)
    }
    if (this.#over !== 'no') return Promise.resolve({ value: undefined, done: true })
    if (this.#waiting !== null) return Promise.reject(new Error('one loop at a time reads an answer'))
    return new Promise((resolve, reject) => {
      this.#waiting = { resolve, reject }
    })
  }

  return(): Promise<IteratorResult<Batch, undefined>> {
    this.#failure = null
    this.end('discard')
    this.#onReturn()
    return Promise.resolve({ value: undefined, done: true })
  }

  #append(event: ModelEvent): void {
    const last = this.#events.at(-1)
    if ((event.type === 'text' || event.type === 'reasoning') && last?.type === event.type) {
      this.#events[this.#events.length - 1] = { type: event.type, text: last.text + event.text }
    } else this.#events.push(event)
  }

  #drain(): Batch {
    const events = this.#events
    this.#events = []
    return events
  }

  #take(): Waiting {
    const waiting = this.#waiting
    if (waiting === null) throw new Error('nobody is waiting')
    this.#waiting = null
    return waiting
  }
}
