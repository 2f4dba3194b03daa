/** What is the same in every chunk of one answer. `created` is Unix time in whole seconds. */
export type Envelope = { id: string; created: number; model: string; fingerprint: string; endpoint: 'chat' | 'text' }

export type FinishReason = 'stop' | 'length' | 'content_filter' | 'tool_calls'

export type Usage = {
  total_tokens: number
  completion_tokens: number
  completion_tokens_details: { accepted_prediction_tokens: 0; rejected_prediction_tokens: 0; reasoning_tokens: number }
  prompt_tokens: number
  prompt_tokens_details: { cached_tokens: number }
}

/** Durations in seconds; `created` is Unix time in seconds with its fraction. */
export type TimeInfo = {
  queue_time: number
  prompt_time: number
  completion_time: number
  total_time: number
  created: number
}

/** Writes the events of one answer. Key order and omitted keys are those of the recorded traffic of the service. */
export interface Chunks {
  delta(delta: object): string
  /** The same as `delta({[field]: text})`, without building the object: this runs once per token. */
  text(field: 'reasoning' | 'content', text: string): string
  nullChoices(): string
  finish(reason: FinishReason, usage: Usage, timeInfo: TimeInfo): string
}

export const doneEvent = 'data: [DONE]\n\n'

export function createChunks(envelope: Envelope): Chunks {
  const isChat = envelope.endpoint === 'chat'
  const start = `data: {"id":${JSON.stringify(envelope.id)},"choices":`
  const end =
    `,"created":${envelope.created},"model":${JSON.stringify(envelope.model)}` +
    `,"system_fingerprint":${JSON.stringify(envelope.fingerprint)}` +
    `,"object":${isChat ? '"chat.completion.chunk"' : '"text_completion"'}`
  const textStart = {
    reasoning: `${start}[{"delta":{"reasoning":`,
    content: isChat ? `${start}[{"delta":{"content":` : `${start}[{"text":`,
  }
  const textEnd = isChat ? `},"index":0}]${end}}\n\n` : `,"index":0}]${end}}\n\n`
  return {
    delta: (delta) => `${start}[{"delta":${JSON.stringify(delta)},"index":0}]${end}}\n\n`,
    text: (field, text) => textStart[field] + JSON.stringify(text) + textEnd,
    nullChoices: () => `${start}null${end}}\n\n`,
    finish: (reason, usage, timeInfo) => {
      const last = isChat ? { delta: {}, finish_reason: reason, index: 0 } : { text: '', finish_reason: reason, index: 0 }
      const totals = `"usage":${JSON.stringify(usage)},"time_info":${JSON.stringify(timeInfo)}`
      return `${start}[${JSON.stringify(last)}]${end},${totals}}\n\n`
    },
  }
}
