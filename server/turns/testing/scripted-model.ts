import type { TurnFailure } from '#protocol/failures.ts'
import { reportOpening } from '../failure-report.ts'
import { ModelFailure, type Model, type ModelEvent, type ModelRequest } from '#model/model.ts'

type Step = readonly ModelEvent[] | 'end' | ModelFailure

/**
 * A model that says what the test tells it to, read by read, to whoever asks first. Told of blocks that could not be applied, it has
 * nothing to add unless the test has prepared a second answer.
 */
export class ScriptedModel implements Model {
  readonly requests: ModelRequest[] = []
  #steps: Step[] = []
  readonly #waiting = new Set<() => void>()
  aborted = 0

  /** One network read. */
  read(...events: ModelEvent[]): void {
    this.#push(events)
  }

  say(text: string): void {
    this.read({ type: 'text', text })
  }

  finish(finishReason: 'stop' | 'length' | 'content_filter' = 'stop'): void {
    this.read({ type: 'end', finishReason, usage: { promptTokens: 100, completionTokens: 21 } })
    this.#push('end')
  }

  /** Ends the stream without a finish event. */
  cut(): void {
    this.#push('end')
  }

  fail(failure: TurnFailure): void {
    this.#push(new ModelFailure(failure))
  }

  async *stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<readonly ModelEvent[]> {
    this.requests.push(request)
    signal.addEventListener('abort', () => this.#wake())
    if (request.messages.at(-1)?.content.startsWith(reportOpening) === true && this.#steps.length === 0) {
      yield [{ type: 'end', finishReason: 'stop' }]
      return
    }
    for (;;) {
      if (signal.aborted) {
        this.aborted += 1
        return
      }
      const step = this.#steps.shift()
      if (step === undefined) {
        await new Promise<void>((resolve) => this.#waiting.add(resolve))
      } else if (step === 'end') return
      else if (step instanceof ModelFailure) throw step
      else yield step
    }
  }

  models(): Promise<string[]> {
    return Promise.resolve(['scripted'])
  }
  warm(): Promise<void> {
    return Promise.resolve()
  }
  close(): Promise<void> {
    return Promise.resolve()
  }

  #push(step: Step): void {
    this.#steps.push(step)
    this.#wake()
  }

  #wake(): void {
    for (const resume of this.#waiting) resume()
    this.#waiting.clear()
  }
}
