import type { IncomingHttpHeaders } from 'node:http'
import type { TurnFailureCode } from '#protocol/failures.ts'
import type { ModelEvent } from '../model.ts'
import { AnswerReader } from './answer-reader.ts'
import { connectionProblem } from './connection-problem.ts'
import { type ErrorBody, parseErrorBody } from './error-body.ts'
import { exchange, type ExchangeHandlers, type ExchangeRequest } from './exchange.ts'
import { type Problem, refusal, requestId } from './problem.ts'
import type { Wire } from './wire.ts'

/** What is read of an error's body; more would only be a page of HTML. */
const longestErrorBody = 65_536

export type AttemptOptions = {
  request: ExchangeRequest
  /** What the request reserves with the provider's limiter. */
  reservedTokens: number
  /** How long the answer has waited for this attempt, where it is not the first. */
  waitedMs: number
  /** Once per network read that held any. */
  onEvents: (events: ModelEvent[]) => void
}

/** Sends one chat request and gives its events out as they arrive. */
export class Attempt implements ExchangeHandlers {
  /** Null: the answer is complete, or was aborted. Never rejects. */
  readonly over: Promise<Problem | null>
  readonly #wire: Wire
  readonly #options: AttemptOptions
  readonly #reader: AnswerReader
  readonly #abortExchange: () => void
  #resolve: (problem: Problem | null) => void = () => {}
  #isOver = false
  #status = 0
  #headers: IncomingHttpHeaders = {}
  /** The response is an event stream. */
  #answering = false
  #started = false
  #errorBody = ''

  constructor(wire: Wire, options: AttemptOptions) {
    this.#wire = wire
    this.#options = options
    this.#reader = new AnswerReader(wire.dialect)
    this.over = new Promise((resolve) => {
      this.#resolve = resolve
    })
    this.#abortExchange = exchange(wire.connections, options.request, wire.timeouts, wire.timers, this).abort
  }

  /** A token was given out, so the request must not be sent again. */
  get sawToken(): boolean {
    return this.#reader.sawToken
  }

  /** Calls of tools that were not offered. */
  get toolCalls(): number {
    return this.#reader.toolCalls
  }

  /** Ends the connection in this tick. */
  abort(): void {
    this.#finish(null)
    this.#abortExchange()
  }

  onHeaders(status: number, headers: IncomingHttpHeaders): void {
    this.#status = status
    this.#headers = headers
    this.#answering = status < 300 && String(headers['content-type']).includes('text/event-stream')
  }

  onBytes(bytes: Buffer): void {
    if (this.#isOver) return
    if (this.#answering) this.#reader.write(bytes)
    else if (this.#errorBody.length < longestErrorBody) this.#errorBody += bytes.toString('utf8')
  }

  onRead(): void {
    if (this.#isOver) return
    if (this.#answering) this.#giveOut(this.#reader.read(), this.#reader.done)
    else if (this.#errorBody.length >= longestErrorBody) this.#finish(this.#refusal())
    if (this.#isOver && !this.#reader.done) this.#abortExchange()
  }

  onEnd(): void {
    if (this.#isOver) return
    if (this.#answering) this.#giveOut(this.#reader.readLast(), true)
    if (!this.#isOver) this.#finish(this.#answering ? this.#problem(this.#reader.truncation()) : this.#refusal())
  }

  onError(error: Error): void {
    if (this.#isOver) return
    // An answer that has told its finish reason is complete, however its connection ended.
    if (this.#answering) this.#giveOut(this.#reader.readLast(), true)
    if (this.#isOver) return
    const isRefusal = this.#status !== 0 && !this.#answering
    this.#finish(isRefusal ? this.#refusal() : connectionProblem(error, this.#answering, this.#requestId()))
  }

  #giveOut(events: ModelEvent[], isLast: boolean): void {
    const { error } = this.#reader
    const end = isLast && error === null ? this.#reader.endEvent() : null
    const start = this.#started ? [] : [this.#startEvent()]
    this.#started = true
    this.#options.onEvents([...start, ...events, ...(end === null ? [] : [end])])
    if (error !== null) this.#finish(error.kind === 'told' ? this.#refusedAs(error.body) : this.#problem('bad_stream'))
    else if (end !== null) this.#finish(null)
    else if (this.#reader.done) this.#finish(this.#problem('stream_truncated'))
  }

  #startEvent(): ModelEvent {
    const { waitedMs } = this.#options
    return { type: 'start', ...this.#requestId(), ...(waitedMs > 0 && { waitedMs }) }
  }

  #refusal(): Problem {
    const body = parseErrorBody(this.#errorBody)
    if (this.#status >= 300) return this.#refusedAs({ ...body, status: this.#status })
    // A success that is no event stream: an error that was told with status 200, or a proxy's page.
    return body.status === undefined ? this.#problem('bad_stream') : this.#refusedAs(body)
  }

  #refusedAs(body: ErrorBody): Problem {
    return refusal(body, this.#headers, this.#wire.dialect, this.#options.reservedTokens)
  }

  #problem(code: TurnFailureCode): Problem {
    return { failure: { code, ...this.#requestId() }, transient: false, refusedFields: [] }
  }

  #requestId(): { requestId?: string } {
    return requestId(this.#headers, this.#wire.dialect)
  }

  #finish(problem: Problem | null): void {
    this.#isOver = true
    this.#resolve(problem)
  }
}
