/** Everything that can be made to go wrong, with what it does and what its argument changes. */
export const faultDescriptions = {
  wrong_key: 'answers 401, as to a wrong API key',
  not_authenticated: 'answers 403, as to a request without a key',
  payment_required: 'answers 402, as to an account without credit',
  model_not_found: 'answers 404, as to a model that does not exist',
  wrong_api_format: 'answers 400, as to a request with an unsupported field',
  context_length: 'answers 400, as to a prompt that is too long',
  requests_minute: 'answers 429, requests per minute; the argument is a retry-after in seconds',
  tokens_minute: 'answers 429, tokens per minute; the argument is a retry-after in seconds',
  requests_day: 'answers 429, requests per day; the argument is a retry-after in seconds',
  tokens_day: 'answers 429, tokens per day; the argument is a retry-after in seconds',
  queue_exceeded: 'answers 429, queue full; with the argument no-retry it adds x-should-retry: false',
  server_error: 'answers 500',
  unavailable: 'answers 503, queue full',
  error_in_stream: 'sends an error event mid-stream; with the argument named as `event: error`',
  reset: 'resets the connection mid-stream',
  no_done: 'ends mid-stream without finish_reason and [DONE]; with the argument finished only [DONE] is missing',
  length: 'finishes early with finish_reason length',
  content_filter: 'finishes early with finish_reason content_filter',
  empty_deltas: 'puts an empty delta before every event',
  null_choices: 'puts an event whose choices are null before every event',
  tool_calls: 'ends with a fragmented tool call; with the argument whole it comes in one delta',
  stall: 'stops sending mid-stream and keeps the connection open',
  slow_first_byte: 'waits before the response headers; the argument is the wait in ms (10000)',
  garbage: 'sends bytes mid-stream that are not the protocol',
  misquote: 'misquotes the old lines of the first edit block, and writes it again when told that it could not be applied',
  split_bytes: 'cuts the stream into network writes of a few bytes; the argument is how many (7)',
} as const

export type FaultName = keyof typeof faultDescriptions
export type Fault = { name: FaultName; argument?: string }

const argumentPatterns: Partial<Record<FaultName, RegExp>> = {
  requests_minute: /^\d{1,6}$/,
  tokens_minute: /^\d{1,6}$/,
  requests_day: /^\d{1,6}$/,
  tokens_day: /^\d{1,6}$/,
  queue_exceeded: /^no-retry$/,
  error_in_stream: /^named$/,
  no_done: /^finished$/,
  tool_calls: /^whole$/,
  slow_first_byte: /^\d{1,6}$/,
  split_bytes: /^[1-9]\d{0,4}$/,
}

export const faultNames = Object.keys(faultDescriptions) as readonly FaultName[]

/** Reads `NAME` or `NAME:ARGUMENT`; undefined when there is no such fault or it does not take that argument. */
export function parseFault(text: string): Fault | undefined {
  const [, written, argument] = /^([a-z_]+)(?::(.+))?$/.exec(text.trim()) ?? []
  const name = faultNames.find((known) => known === written)
  if (name === undefined) return undefined
  if (argument === undefined) return { name }
  return argumentPatterns[name]?.test(argument) ? { name, argument } : undefined
}

/** A prompt of the form `/fault NAME[:ARGUMENT] [prompt to break]`. */
export type FaultPrompt = { fault: Fault | undefined; prompt: string }

/** Undefined when the prompt is not a `/fault` prompt; its `fault` is undefined when it names none that exists. */
export function parseFaultPrompt(prompt: string): FaultPrompt | undefined {
  const [matched, written = '', rest = ''] = /^\/fault(?:\s+(\S+)(?:\s+([\s\S]*))?)?$/.exec(prompt.trim()) ?? []
  if (matched === undefined) return undefined
  return { fault: parseFault(written), prompt: rest.trim() }
}
