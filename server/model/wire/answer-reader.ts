import { StringDecoder } from 'node:string_decoder'
import { createParser, type EventSourceMessage, type EventSourceParser, type ParseError } from 'eventsource-parser'
import type { Dialect } from '../dialects.ts'
import type { ModelEvent, ModelUsage, ProviderTiming } from '../model.ts'
import { type ErrorBody, isRecord, parseErrorBody, readErrorBody } from './error-body.ts'

type EndEvent = Extract<ModelEvent, { type: 'end' }>

/** What makes a stream unusable: an error that the backend told inside it, or bytes that are not the protocol. */
export type StreamError = { kind: 'told'; body: ErrorBody } | { kind: 'bad_stream' }

/** No event of a real backend comes near; beyond it the parser would only fill memory. */
const longestEvent = 8_000_000

/**
 * Turns the bytes of one event stream into model events. Lenient: unknown fields, comments, null and empty parts and repeated
 * roles are passed over. `write` any number of pieces of a network read, then `read` its events; adjacent text is one event.
 * Runs once per token: one JSON.parse per event, no other allocation.
 */
export class AnswerReader {
  /** An answer counts as begun with its first non-empty text or reasoning. */
  sawToken = false
  /** `[DONE]` has arrived. */
  done = false
  error: StreamError | null = null
  /** Calls of tools that were not offered; they are passed over. */
  toolCalls = 0

  readonly #dialect: Dialect
  readonly #decoder = new StringDecoder('utf8')
  readonly #parser: EventSourceParser
  #undecoded = ''
  #isFirst = true
  #isLast = false
  #strayLines = 0
  #events: ModelEvent[] = []
  #kind: 'text' | 'reasoning' = 'text'
  #run = ''
  #finishReason: EndEvent['finishReason'] | null = null
  #usage: ModelUsage | undefined
  #timing: ProviderTiming | undefined

  constructor(dialect: Dialect) {
    this.#dialect = dialect
    this.#parser = createParser({
      onEvent: (event) => this.#onEvent(event),
      onError: (error) => this.#onStrayLine(error),
      maxBufferSize: longestEvent,
    })
  }

  write(bytes: Buffer): void {
    this.#undecoded += this.#decoder.write(bytes)
  }

  read(): ModelEvent[] {
    let text = this.#undecoded
    this.#undecoded = ''
    if (this.#isFirst && text !== '') {
      this.#isFirst = false
      if (text.charCodeAt(0) === 0xfeff) text = text.slice(1)
    }
    if (this.error === null && !this.done) this.#parser.feed(text)
    this.#closeRun()
    const events = this.#events
    this.#events = []
    return events
  }

  /** No more bytes: reads an event that lacks only its blank line. */
  readLast(): ModelEvent[] {
    this.#isLast = true
    this.#undecoded += `${this.#decoder.end()}\n\n`
    return this.read()
  }

  /** The end of the answer, or null where no finish reason has arrived. */
  endEvent(): EndEvent | null {
    if (this.#finishReason === null) return null
    return {
      type: 'end',
      finishReason: this.#finishReason,
      ...(this.#usage && { usage: this.#usage }),
      ...(this.#timing && { timing: this.#timing }),
    }
  }

  /** What the bytes amount to when they end without a finish reason. */
  truncation(): 'stream_truncated' | 'bad_stream' {
    return this.#strayLines > 0 && !this.sawToken ? 'bad_stream' : 'stream_truncated'
  }

  #onEvent(event: EventSourceMessage): void {
    if (this.error !== null || this.done) return
    if (event.data === '[DONE]') {
      this.done = true
      return
    }
    let chunk: unknown
    try {
      chunk = JSON.parse(event.data)
    } catch {
      // An event that was cut in the middle; where its stream ends says more. The error of JSON.parse quotes the text, so it goes nowhere.
      if (this.#isLast) return
      this.error = event.event === 'error' ? { kind: 'told', body: { refusedFields: [] } } : { kind: 'bad_stream' }
      return
    }
    if (!isRecord(chunk)) this.error = { kind: 'bad_stream' }
    else if (isError(chunk) || event.event === 'error') this.error = { kind: 'told', body: readErrorBody(chunk) }
    else this.#onChunk(chunk)
  }

  #onChunk(chunk: Record<string, unknown>): void {
    if (Array.isArray(chunk.choices)) this.#onChoice(chunk.choices[0])
    if (chunk.usage !== undefined) this.#usage = readUsage(chunk.usage) ?? this.#usage
    const { timingField } = this.#dialect
    if (timingField !== null && chunk[timingField] !== undefined) this.#timing = readTiming(chunk[timingField]) ?? this.#timing
  }

  #onChoice(choice: unknown): void {
    if (!isRecord(choice)) return
    const delta = choice.delta
    if (isRecord(delta)) {
      for (const field of this.#dialect.reasoningFields) {
        const reasoning = delta[field]
        if (typeof reasoning === 'string' && reasoning !== '') {
          this.#append('reasoning', reasoning)
          break
        }
      }
      const content = delta.content
      if (typeof content === 'string' && content !== '') this.#append('text', content)
      if (Array.isArray(delta.tool_calls)) this.toolCalls += delta.tool_calls.length
    }
    const reason = choice.finish_reason
    if (typeof reason === 'string' && reason !== '') this.#onFinish(reason)
  }

  #onFinish(reason: string): void {
    if (reason === 'error') this.error = { kind: 'told', body: { refusedFields: [] } }
    else if (reason === 'stop' || reason === 'length' || reason === 'content_filter') this.#finishReason = reason
    else this.#finishReason = 'other'
  }

  /** A line that is no field of an event stream; some servers write a bare `error: {…}`. */
  #onStrayLine(error: ParseError): void {
    if (error.type === 'max-buffer-size-exceeded') this.error ??= { kind: 'bad_stream' }
    else if (error.type === 'unknown-field') {
      if (error.field === 'error') this.error ??= { kind: 'told', body: parseErrorBody(error.value ?? '') }
      else this.#strayLines += 1
    }
  }

  #append(kind: 'text' | 'reasoning', text: string): void {
    this.sawToken = true
    if (kind !== this.#kind) {
      this.#closeRun()
      this.#kind = kind
    }
    this.#run += text
  }

  #closeRun(): void {
    if (this.#run === '') return
    this.#events.push({ type: this.#kind, text: this.#run })
    this.#run = ''
  }
}

function isError(chunk: Record<string, unknown>): boolean {
  return (
    (chunk.error !== undefined && chunk.error !== null) ||
    typeof chunk.status_code === 'number' ||
    chunk.object === 'error' ||
    (chunk.choices === undefined && typeof chunk.detail === 'string')
  )
}

function readUsage(value: unknown): ModelUsage | undefined {
  if (!isRecord(value) || typeof value.prompt_tokens !== 'number' || typeof value.completion_tokens !== 'number')
    return undefined
  const cached = isRecord(value.prompt_tokens_details) ? value.prompt_tokens_details.cached_tokens : undefined
  const reasoning = isRecord(value.completion_tokens_details) ? value.completion_tokens_details.reasoning_tokens : undefined
  return {
    promptTokens: value.prompt_tokens,
    completionTokens: value.completion_tokens,
    ...(typeof cached === 'number' && { cachedTokens: cached }),
    ...(typeof reasoning === 'number' && { reasoningTokens: reasoning }),
  }
}

function readTiming(value: unknown): ProviderTiming | undefined {
  if (!isRecord(value)) return undefined
  const timing: ProviderTiming = {}
  const fields = {
    queueMs: 'queue_time',
    promptMs: 'prompt_time',
    completionMs: 'completion_time',
    totalMs: 'total_time',
  } as const
  for (const [field, name] of Object.entries(fields)) {
    const inSeconds = value[name]
    // To the microsecond: 0.0039 s is 3.9 ms, not 3.9000000000000004.
    if (typeof inSeconds === 'number') timing[field as keyof ProviderTiming] = Math.round(inSeconds * 1e6) / 1e3
  }
  return timing
}
