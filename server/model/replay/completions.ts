import type { IncomingMessage, ServerResponse } from 'node:http'
import { admit } from './admission.ts'
import { prepareAnswering } from './answering.ts'
import { describeFault, findAnswer, findInlineAnswer, type Answer } from './answers.ts'
import { wrongApiFormat } from './api-errors.ts'
import type { Clock } from './clock.ts'
import { parseCompletionRequest, type CompletionRequest } from './completion-request.ts'
import { refusalOf } from './fault-refusals.ts'
import { parseFault, parseFaultPrompt, type Fault } from './faults.ts'
import { sendError } from './http-replies.ts'
import { answerReport, isReport, misquoteFirstBlock } from './misquote.ts'
import type { PrefixCache } from './prefix-cache.ts'
import type { RateLimits } from './rate-limits.ts'
import { readBody } from './read-body.ts'
import type { Recording } from './recordings.ts'
import type { ReplayOptions } from './replay-options.ts'
import { sendStream } from './streamed-answer.ts'
import { sendWhole } from './whole-answer.ts'

export type CompletionContext = {
  options: ReplayOptions
  recordings: readonly Recording[]
  clock: Clock
  /** Gives UUIDs. */
  newId: () => string
  cache: PrefixCache
  limitsOf: (model: string) => RateLimits
  /** Fault prompts with a prompt of their own that were broken when they were last asked. */
  broken: Set<string>
}

const slowFirstByteMs = 10_000

/** Serves `/v1/chat/completions` and `/v1/completions`. Resolves when the response is over, however it ended. */
export async function serveCompletion(
  endpoint: 'chat' | 'text',
  incoming: IncomingMessage,
  response: ServerResponse,
  context: CompletionContext,
): Promise<void> {
  const { options, clock } = context
  const body = await readBody(incoming)
  if (!body.ok) return sendError(response, body.error)
  const receivedMs = clock.nowMs()
  const parsed = parseCompletionRequest(endpoint, body.value)
  if (!parsed.ok) return sendError(response, wrongApiFormat(parsed.problems))
  const { request } = parsed

  const chosen = chooseFault(request.prompt, headerOf(incoming, 'x-flint-fault'), options.fault, context.broken)
  if (!chosen.ok) return sendError(response, wrongApiFormat([chosen.problem]))
  const { fault } = chosen
  const refusal = refusalOf(fault, request.model)
  if (refusal) return sendError(response, refusal)

  const chosenAnswer = chooseAnswer(request, context.recordings, {
    sampleId: headerOf(incoming, 'x-flint-sample'),
    selectionHash: headerOf(incoming, 'x-flint-selection'),
  })
  const answer = fault?.name === 'misquote' ? misquote(chosenAnswer) : chosenAnswer
  const generatedTokens = Array.isArray(answer.content) ? answer.content.length : undefined
  const admission = admit({ request, generatedTokens, limitsOf: context.limitsOf, cache: context.cache })
  if (!admission.ok) return sendError(response, admission.error)

  const left = new AbortController()
  response.once('close', () => left.abort())
  // Raised by a write to a connection that the client has just closed; `close` says the same.
  response.on('error', () => undefined)
  let writtenTokens = 0
  try {
    const queuedMs = options.queueMs + (fault?.name === 'slow_first_byte' ? Number(fault.argument ?? slowFirstByteMs) : 0)
    if (queuedMs > 0) await clock.sleep(queuedMs, left.signal)
    if (left.signal.aborted) return
    const send = request.stream ? sendStream : sendWhole
    await send(
      response,
      prepareAnswering({
        request,
        answer,
        fault,
        admission,
        receivedMs,
        queuedMs,
        options,
        clock,
        newId: context.newId,
        signal: left.signal,
        onWritten: (tokens) => {
          writtenTokens = tokens
        },
      }),
    )
  } finally {
    admission.settle(writtenTokens)
  }
}

/**
 * The header decides before the prompt, the prompt before the option. A prompt such as `/fault reset PROMPT` breaks the answer to
 * PROMPT, and when it is asked again plays it whole, so that trying again can be seen to work.
 */
function chooseFault(
  prompt: string,
  header: string | undefined,
  everyRequest: Fault | undefined,
  broken: Set<string>,
): { ok: true; fault: Fault | undefined } | { ok: false; problem: string } {
  if (header !== undefined) {
    const fault = parseFault(header)
    return fault ? { ok: true, fault } : { ok: false, problem: `x-flint-fault: there is no fault '${header}'` }
  }
  const asked = parseFaultPrompt(prompt)
  if (asked?.fault === undefined) return { ok: true, fault: everyRequest }
  if (asked.prompt === '') return { ok: true, fault: asked.fault }
  if (broken.delete(prompt)) return { ok: true, fault: undefined }
  broken.add(prompt)
  return { ok: true, fault: asked.fault }
}

function chooseAnswer(
  { prompt, messages }: CompletionRequest,
  recordings: readonly Recording[],
  { sampleId, selectionHash }: { sampleId: string | undefined; selectionHash: string | undefined },
): Answer {
  if (isReport(prompt)) return { reasoning: '', content: answerReport(recordings, sampleId, messages), generated: false }
  const asked = parseFaultPrompt(prompt)
  if (asked && (!asked.fault || asked.prompt === '')) return describeFault(asked)
  const question = asked?.prompt ?? prompt
  if (selectionHash !== undefined) return findInlineAnswer(recordings, sampleId, question, selectionHash)
  return findAnswer(recordings, sampleId, question, asked ? [] : messages)
}

function misquote(answer: Answer): Answer {
  return typeof answer.content === 'string' ? { ...answer, content: misquoteFirstBlock(answer.content) } : answer
}

function headerOf(incoming: IncomingMessage, name: string): string | undefined {
  return [incoming.headers[name]].flat()[0]
}
