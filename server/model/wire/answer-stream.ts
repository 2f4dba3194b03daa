import { createHash } from 'node:crypto'
import type { Dialect, OptionalField } from '../dialects.ts'
import { type ModelEvent, ModelFailure, type ModelRequest } from '../model.ts'
import { Attempt } from './attempt.ts'
import { EventQueue } from './event-queue.ts'
import type { Problem } from './problem.ts'
import { type ChatBody, chatBody, encodeBody } from './request-body.ts'
import { secondAttempt } from './retry.ts'
import type { Wire } from './wire.ts'

/** One answer; the request is sent when the loop over it begins. At most one retry, and only before the first token. */
export function answerStream(wire: Wire, request: ModelRequest, signal: AbortSignal): AsyncIterable<readonly ModelEvent[]> {
  return { [Symbol.asyncIterator]: () => new AnswerStream(wire, request, signal).queue }
}

class AnswerStream {
  readonly queue = new EventQueue(() => this.#stop())
  readonly #wire: Wire
  readonly #request: ModelRequest
  readonly #signal: AbortSignal
  readonly #startedAt: number
  readonly #onAbort = () => this.#stop()
  #stopped = false
  #attempt: Attempt | null = null
  #endPause = () => {}

  constructor(wire: Wire, request: ModelRequest, signal: AbortSignal) {
    this.#wire = wire
    this.#request = request
    this.#signal = signal
    this.#startedAt = wire.timers.now()
    if (signal.aborted) this.#stop()
    else {
      signal.addEventListener('abort', this.#onAbort)
      void this.#run()
    }
  }

  async #run(): Promise<void> {
    try {
      const failure = await this.#ask()
      if (failure === null || this.#stopped) this.queue.end()
      else this.queue.fail(failure)
    } catch (error) {
      this.#wire.log.error({ err: error }, 'bug in the model wire')
      this.queue.fail(new ModelFailure({ code: 'internal' }, { cause: error }))
    } finally {
      this.#signal.removeEventListener('abort', this.#onAbort)
    }
  }

  async #ask(): Promise<ModelFailure | null> {
    const first = await this.#send(new Set())
    if (first.problem === null || this.#stopped) return null
    const { log, dialect } = this.#wire
    const again = first.sawToken ? null : secondAttempt(first.problem, first.body, dialect.optionalFields)
    if (again === null) return this.#failure(first.problem)
    log.warn({ ...this.#about, ...describe(first.problem), pauseMs: again.pauseMs }, 'model request is tried once more')
    await this.#pause(again.pauseMs)
    if (this.#stopped) return null
    const second = await this.#send(again.without)
    return second.problem === null || this.#stopped ? null : this.#failure(second.problem)
  }

  async #send(without: ReadonlySet<OptionalField>): Promise<{ problem: Problem | null; sawToken: boolean; body: ChatBody }> {
    const { dialect, timers, headers, pathPrefix, log } = this.#wire
    const { maxCompletionTokens } = this.#request
    const body = chatBody(this.#request, dialect, without)
    const encoded = await encodeBody(body, dialect)
    if (this.#stopped) return { problem: null, sawToken: false, body }
    const current = new Attempt(this.#wire, {
      request: {
        method: 'POST',
        path: pathPrefix + dialect.paths.chat,
        headers: { ...headers, ...encoded.headers, ...replayHeaders(this.#request, dialect), accept: 'text/event-stream' },
        body: encoded.bytes,
      },
      reservedTokens: maxCompletionTokens,
      waitedMs: this.#attempt === null ? 0 : timers.now() - this.#startedAt,
      onEvents: (events) => this.queue.push(events),
    })
    this.#attempt = current
    const problem = await current.over
    if (current.toolCalls > 0)
      log.warn({ ...this.#about, toolCalls: current.toolCalls }, 'model called tools that were not offered')
    return { problem, sawToken: current.sawToken, body }
  }

  get #about() {
    return { backend: this.#wire.dialect.name, model: this.#request.model }
  }

  #pause(pauseMs: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = this.#wire.timers.after(pauseMs, resolve)
      this.#endPause = () => {
        cancel()
        resolve()
      }
    })
  }

  #stop(): void {
    this.#stopped = true
    this.#attempt?.abort()
    this.#endPause()
    this.queue.end('discard')
  }

  #failure(problem: Problem): ModelFailure {
    const { log } = this.#wire
    if (problem.failure.code === 'internal') log.error({ ...this.#about, err: problem.cause }, 'bug in the model wire')
    else log.warn({ ...this.#about, ...describe(problem) }, 'model request failed')
    return new ModelFailure(problem.failure, {
      ...(problem.cause !== undefined && { cause: problem.cause }),
      ...(problem.detail !== undefined && { detail: `${problem.failure.code}: ${problem.detail}` }),
    })
  }
}

function describe({ failure, detail }: Problem): object {
  return detail === undefined ? failure : { ...failure, detail }
}

/** What a real provider is never sent. */
function replayHeaders({ sampleId, selectedText }: ModelRequest, dialect: Dialect): Record<string, string> {
  const { sampleHeader, selectionHeader } = dialect
  return {
    ...(sampleHeader !== null && sampleId !== undefined && { [sampleHeader]: sampleId }),
    ...(selectionHeader !== null &&
      selectedText !== undefined && { [selectionHeader]: createHash('sha256').update(selectedText).digest('hex') }),
  }
}
