/** What a limit counts, and over which time. */
export type LimitWindow = { counts: 'requests' | 'tokens'; per: 'minute' | 'hour' | 'day' }

/** Fields of the request that not every backend accepts. */
export type OptionalField = 'stream_options' | 'temperature' | 'reasoning_effort' | 'stop'

/** What is particular about one backend's OpenAI-chat wire: data only, the adapter holds no code path per backend. */
export type Dialect = {
  name: string
  /** Paths behind the base URL; `warm` opens a connection and does nothing else. */
  paths: { chat: string; models: string; warm: string | null }
  /** Sent with every request, beside authorization and content headers. */
  headers: Readonly<Record<string, string>>
  /** Carries the id of the session's sample. */
  sampleHeader: string | null
  /** Carries the SHA-256 of the lines that an inline edit replaces, in hexadecimal. */
  selectionHeader: string | null
  maxTokensField: 'max_completion_tokens' | 'max_tokens'
  /** Allow-list: a field that is not here is not sent, because strict backends answer an unknown one with 400. */
  optionalFields: readonly OptionalField[]
  /** Bodies of at least so many bytes are sent gzipped; null where the backend does not accept that. */
  gzipFromBytes: number | null
  /** Names under which a delta carries thinking; the first one that holds text counts. */
  reasoningFields: readonly string[]
  /** Property of a chunk that holds the provider's own times, in float seconds. */
  timingField: string | null
  /** First one present is the request id for the provider's support. */
  requestIdHeaders: readonly string[]
  limitWindows: readonly LimitWindow[]
  /** Names of the headers that tell what is left of a window, and in how many (float) seconds it is full again. */
  limitHeaders: (window: LimitWindow) => { remaining: string; resetSeconds: string }
}

/** https://inference-docs.cerebras.ai: strict request fields; limit headers end in `-requests-day`, `-tokens-minute`, … */
export const cerebras: Dialect = {
  name: 'cerebras',
  paths: { chat: '/v1/chat/completions', models: '/v1/models', warm: '/v1/tcp_warming' },
  headers: { 'user-agent': 'flint', 'x-cerebras-3rd-party-integration': 'flint' },
  sampleHeader: null,
  selectionHeader: null,
  maxTokensField: 'max_completion_tokens',
  optionalFields: ['stream_options', 'temperature', 'reasoning_effort', 'stop'],
  gzipFromBytes: 16_384,
  reasoningFields: ['reasoning', 'reasoning_content'],
  timingField: 'time_info',
  requestIdHeaders: ['inference-id', 'x-request-id', 'cf-ray'],
  limitWindows: [
    { counts: 'requests', per: 'minute' },
    { counts: 'requests', per: 'hour' },
    { counts: 'requests', per: 'day' },
    { counts: 'tokens', per: 'minute' },
    { counts: 'tokens', per: 'hour' },
    { counts: 'tokens', per: 'day' },
  ],
  limitHeaders: ({ counts, per }) => ({
    remaining: `x-ratelimit-remaining-${counts}-${per}`,
    resetSeconds: `x-ratelimit-reset-${counts}-${per}`,
  }),
}

/** The replay backend speaks the Cerebras wire and picks the recording by the session's sample and the selected lines. */
export const replay: Dialect = {
  ...cerebras,
  name: 'replay',
  sampleHeader: 'x-flint-sample',
  selectionHeader: 'x-flint-selection',
}
