import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { garbage, readFileCall, toolCallId, breakingPoint, type TokenisedAnswer } from './answer-frames.ts'
import type { Answering } from './answering.ts'
import { serverError } from './api-errors.ts'
import type { FinishReason } from './chunks.ts'
import { sendError, sendJson } from './http-replies.ts'

/** Sends an answer in one piece, when its last token is due. Faults that only a stream can have do nothing here. */
export async function sendWhole(response: ServerResponse, answering: Answering): Promise<void> {
  const { fault, clock, signal } = answering
  const { answer, finishReason } = finish(answering)
  const tokens = answer.reasoning.length + answer.content.length
  const dueMs = answering.firstTokenMs + answering.pace(Math.max(0, tokens - 1))
  await clock.sleep(Math.max(0, dueMs - clock.nowMs()), signal)
  if (signal.aborted) return
  switch (fault?.name) {
    case 'error_in_stream':
      return sendError(response, serverError)
    case 'reset':
      response.socket?.resetAndDestroy()
      return
    case 'stall':
      await once(signal, 'abort')
      return
    case 'garbage':
      response.writeHead(200, { ...answering.headers, 'content-type': 'application/json' }).end(garbage)
      return
    default:
      answering.onWritten(tokens)
      sendJson(response, 200, body(answering, answer, finishReason), answering.headers)
  }
}

function body(answering: Answering, answer: TokenisedAnswer, finishReason: FinishReason): object {
  const { request, clock } = answering
  const content = answer.content.join('')
  const choice =
    request.endpoint === 'chat'
      ? { finish_reason: finishReason, index: 0, message: message(answer.reasoning.join(''), content, finishReason) }
      : { finish_reason: finishReason, index: 0, text: content }
  return {
    id: answering.id,
    choices: [choice],
    created: Math.floor(clock.epochMs() / 1000),
    model: request.model,
    system_fingerprint: answering.fingerprint,
    object: request.endpoint === 'chat' ? 'chat.completion' : 'text_completion',
    usage: answering.usage(answer.reasoning.length + answer.content.length),
    time_info: answering.timeInfo(),
  }
}

function message(reasoning: string, content: string, finishReason: FinishReason): object {
  return {
    ...(content === '' ? {} : { content }),
    ...(reasoning === '' ? {} : { reasoning }),
    ...(finishReason === 'tool_calls' ? { tool_calls: [{ function: readFileCall, type: 'function', id: toolCallId }] } : {}),
    role: 'assistant',
  }
}

function finish({ answer, fault, request }: Answering): { answer: TokenisedAnswer; finishReason: FinishReason } {
  switch (fault?.name) {
    case 'length':
    case 'content_filter': {
      const content = answer.content.slice(0, breakingPoint(answer) - answer.reasoning.length)
      return { answer: { ...answer, content }, finishReason: fault.name }
    }
    default: {
      const callsTool = fault?.name === 'tool_calls' && request.endpoint === 'chat'
      return { answer, finishReason: callsTool ? 'tool_calls' : answer.finishReason }
    }
  }
}
