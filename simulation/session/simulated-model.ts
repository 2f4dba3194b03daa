import { ModelFailure, type Model, type ModelEvent, type ModelRequest } from '#model/model.ts'
import { answerTo } from './seeded-answer.ts'

/** A model in this process, whose answers come on when the plan says so. */
export class SimulatedModel implements Model {
  readonly #gates = new Set<Gate>()

  async *stream(request: ModelRequest, signal: AbortSignal): AsyncGenerator<readonly ModelEvent[]> {
    const { reads, failure } = answerTo(request)
    const gate = new Gate(signal)
    this.#gates.add(gate)
    try {
      for (const read of reads) {
        await gate.passed()
        if (signal.aborted) return
        yield read
      }
      if (failure !== undefined) throw new ModelFailure(failure)
    } finally {
      this.#gates.delete(gate)
    }
  }

  /** So many network reads arrive of every answer that is on its way. */
  deliver(reads: number): void {
    for (const gate of this.#gates) gate.open(reads)
  }

  /** Answers that are on their way. */
  get answering(): number {
    return this.#gates.size
  }

  models(): Promise<string[]> {
    return Promise.resolve([])
  }

  warm(): Promise<void> {
    return Promise.resolve()
  }

  close(): Promise<void> {
    return Promise.resolve()
  }
}

/** Lets as many pass as it was opened for, and everybody once the signal has aborted. */
class Gate {
  readonly #signal: AbortSignal
  #left = 0
  #wake = () => {}

  constructor(signal: AbortSignal) {
    this.#signal = signal
    signal.addEventListener('abort', () => this.#wake(), { once: true })
  }

  open(count: number): void {
    this.#left += count
    this.#wake()
  }

  async passed(): Promise<void> {
    while (this.#left === 0 && !this.#signal.aborted) await new Promise<void>((resolve) => (this.#wake = resolve))
    this.#left = Math.max(0, this.#left - 1)
  }
}
