import type { TurnFailure } from '#protocol/failures.ts'

export type ModelMessage = { role: 'system' | 'user' | 'assistant'; content: string }

export type ModelRequest = {
  model: string
  messages: ModelMessage[]
  /** Always sent, because the provider reserves it with its limiter. Tokens, reasoning included. */
  maxCompletionTokens: number
  temperature?: number
  reasoningEffort?: 'none' | 'low' | 'medium' | 'high'
  stop?: string[]
  /** The sample that the session started from; only the replay dialect sends it (as a header). */
  sampleId?: string
  /** The lines that an inline edit replaces; only the replay dialect sends them (their SHA-256, as a header). */
  selectedText?: string
}

export type ModelUsage = {
  promptTokens: number
  completionTokens: number
  cachedTokens?: number
  reasoningTokens?: number
}

/** The provider's own times, ms. */
export type ProviderTiming = { queueMs?: number; promptMs?: number; completionMs?: number; totalMs?: number }

export type ModelEvent =
  /**
   * Response headers were accepted; comes again when the stream breaks before its first token and is asked for once more.
   * `waitedMs`: how long a first, failed attempt and the pause after it took.
   */
  | { type: 'start'; requestId?: string; waitedMs?: number }
  | { type: 'reasoning'; text: string }
  | { type: 'text'; text: string }
  | { type: 'end'; finishReason: 'stop' | 'length' | 'content_filter' | 'other'; usage?: ModelUsage; timing?: ProviderTiming }

/** The stream failed: every broken, refused or cut-off answer is one of these, with the provider's own reset time. */
export class ModelFailure extends Error {
  override name = 'ModelFailure'
  readonly failure: TurnFailure
  constructor(failure: TurnFailure, options?: { cause?: unknown; detail?: string }) {
    super(options?.detail ?? failure.code, options?.cause === undefined ? undefined : { cause: options.cause })
    this.failure = failure
  }
}

/** A backend that serves models. One instance per configured backend; `close` ends its connections. */
export interface Model {
  /**
   * Streams one answer. Each item holds all events of one network read, delivered in the tick in which the bytes
   * arrived. Throws `ModelFailure`; ends silently when `signal` aborts, which reaches the provider at once.
   */
  stream(request: ModelRequest, signal: AbortSignal): AsyncIterable<readonly ModelEvent[]>
  /** Ids the backend serves now. Throws `ModelFailure`. */
  models(): Promise<string[]>
  /** Opens a connection so that the first request does not pay for it. Never throws. */
  warm(): Promise<void>
  close(): Promise<void>
}
