import type { Admission } from './admission.ts'
import type { TokenisedAnswer } from './answer-frames.ts'
import { tokeniseAnswer, type Answer } from './answers.ts'
import type { TimeInfo, Usage } from './chunks.ts'
import type { Clock } from './clock.ts'
import type { CompletionRequest } from './completion-request.ts'
import type { Fault } from './faults.ts'
import { createPace, type Pace } from './pace.ts'
import type { ReplayOptions } from './replay-options.ts'
import { createSeededRandom } from './seeded-random.ts'
import { fingerprintOf } from './served-models.ts'

/** An admitted request with everything that answering it, streamed or whole, needs. */
export type Answering = {
  request: CompletionRequest
  answer: TokenisedAnswer
  fault: Fault | undefined
  id: string
  fingerprint: string
  headers: Record<string, string>
  /** Monotonic ms at which the first token is due. */
  firstTokenMs: number
  pace: Pace
  options: ReplayOptions
  clock: Clock
  /** Aborts when the client leaves. */
  signal: AbortSignal
  usage(completionTokens: number): Usage
  timeInfo(): TimeInfo
  /** The first token came at this monotonic time, ms. */
  onStarted(atMs: number): void
  onWritten(tokens: number): void
}

export type AnsweringOptions = Pick<Answering, 'request' | 'fault' | 'options' | 'clock' | 'signal' | 'onWritten'> & {
  answer: Answer
  admission: Extract<Admission, { ok: true }>
  /** Gives UUIDs. */
  newId: () => string
  /** Monotonic ms. */
  receivedMs: number
  /** How long the request waited before it was started, ms. */
  queuedMs: number
}

export function prepareAnswering(given: AnsweringOptions): Answering {
  const { request, fault, options, clock, signal, onWritten, admission, receivedMs, queuedMs } = given
  const id = `chatcmpl-${given.newId()}`
  const answer = tokeniseAnswer(given.answer, {
    reasoning: request.reasoning,
    stop: request.stop,
    maxTokens: admission.maxCompletionTokens,
  })
  const ttftMs = options.ttftMs * (1 + options.jitter * (createSeededRandom(options.seed)() - 0.5))
  const firstTokenMs = receivedMs + queuedMs + ttftMs
  let startedMs = firstTokenMs
  return {
    request,
    answer,
    fault,
    id,
    fingerprint: fingerprintOf(admission.model),
    headers: { ...admission.headers, 'inference-id': id },
    firstTokenMs,
    pace: createPace(options, answer.reasoning.length + answer.content.length),
    options,
    clock,
    signal,
    usage: (completionTokens) => ({
      total_tokens: admission.promptTokens + completionTokens,
      completion_tokens: completionTokens,
      completion_tokens_details: {
        accepted_prediction_tokens: 0,
        rejected_prediction_tokens: 0,
        reasoning_tokens: Math.min(completionTokens, answer.reasoning.length),
      },
      prompt_tokens: admission.promptTokens,
      prompt_tokens_details: { cached_tokens: admission.cachedTokens },
    }),
    timeInfo: () => ({
      queue_time: seconds(queuedMs),
      prompt_time: seconds(startedMs - receivedMs - queuedMs),
      completion_time: seconds(Math.max(0, clock.nowMs() - startedMs)),
      total_time: seconds(clock.nowMs() - receivedMs),
      created: seconds(clock.epochMs()),
    }),
    onStarted: (atMs) => {
      startedMs = atMs
    },
    onWritten,
  }
}

function seconds(ms: number): number {
  return Number((ms / 1000).toFixed(9))
}
