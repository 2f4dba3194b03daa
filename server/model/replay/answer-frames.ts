import { doneEvent, type Chunks, type FinishReason, type TimeInfo, type Usage } from './chunks.ts'
import { nestedErrorBody } from './api-errors.ts'
import type { Fault } from './faults.ts'
import type { Ending, Frame } from './play.ts'

/** An answer as the texts of its tokens; `length` when it was shortened to the cap on completion tokens. */
export type TokenisedAnswer = { reasoning: readonly string[]; content: readonly string[]; finishReason: 'stop' | 'length' }

export type FrameOptions = {
  answer: TokenisedAnswer
  chunks: Chunks
  endpoint: 'chat' | 'text'
  tokensPerEvent: number
  fault: Fault | undefined
  /** Asked when the finish event is written, because only then the times are known. */
  totals: (completionTokens: number) => { usage: Usage; timeInfo: TimeInfo }
}

export const toolCallId = '049d9b129'
export const readFileCall = { name: 'read_file', arguments: '{"path":"src/main.ts"}' }
export const garbage = 'data: {"id":"chatcmpl-\n\n<html><body>502 Bad Gateway</body></html>\u0000\u0007\n\n'

/** After how many tokens a fault breaks an answer: half of its content, which is inside whatever the client does with it. */
export function breakingPoint(answer: TokenisedAnswer): number {
  return answer.reasoning.length + Math.ceil(answer.content.length / 2)
}

/** The events of one answer in order, faults included. */
export function* answerFrames(options: FrameOptions): Generator<Frame, Ending> {
  const { answer, chunks, fault } = options
  const total = answer.reasoning.length + answer.content.length
  const breaksAt = breakingPoint(answer)
  const finish = (tokens: number, reason: FinishReason): Frame => {
    const { usage, timeInfo } = options.totals(tokens)
    return { tokens, text: chunks.finish(reason, usage, timeInfo) }
  }

  if (options.endpoint === 'chat') yield { tokens: 0, text: chunks.delta({ role: 'assistant' }) }
  for (const frame of tokenFrames(options)) {
    const filler = fillerBefore(options)
    yield filler === '' ? frame : { tokens: frame.tokens, text: filler + frame.text }
    if (frame.tokens < breaksAt) continue
    switch (fault?.name) {
      case 'error_in_stream':
        yield { tokens: frame.tokens, text: errorEvent(fault.argument === 'named') }
        return 'end'
      case 'reset':
        return 'reset'
      case 'stall':
        return 'stall'
      case 'garbage':
        yield { tokens: frame.tokens, text: garbage }
        return 'end'
      case 'no_done':
        if (fault.argument === 'finished') break
        return 'end'
      case 'length':
      case 'content_filter':
        yield finish(frame.tokens, fault.name)
        yield { tokens: frame.tokens, text: doneEvent }
        return 'end'
      default:
    }
  }
  const callsTool = fault?.name === 'tool_calls' && options.endpoint === 'chat'
  if (callsTool) yield* toolCallFrames(chunks, total, fault.argument === 'whole')
  yield finish(total, callsTool ? 'tool_calls' : answer.finishReason)
  if (fault?.name !== 'no_done') yield { tokens: total, text: doneEvent }
  return 'end'
}

function* tokenFrames({ answer, chunks, tokensPerEvent }: FrameOptions): Generator<Frame> {
  let tokens = 0
  for (const field of ['reasoning', 'content'] as const) {
    const texts = answer[field]
    for (let start = 0; start < texts.length; start += tokensPerEvent) {
      const end = Math.min(start + tokensPerEvent, texts.length)
      const text = tokensPerEvent === 1 ? (texts[start] ?? '') : texts.slice(start, end).join('')
      tokens += end - start
      if (text !== '') yield { tokens, text: chunks.text(field, text) }
    }
  }
}

function fillerBefore({ chunks, endpoint, fault }: FrameOptions): string {
  if (fault?.name === 'empty_deltas') return endpoint === 'chat' ? chunks.delta({}) : chunks.text('content', '')
  if (fault?.name === 'null_choices') return chunks.nullChoices()
  return ''
}

function errorEvent(named: boolean): string {
  return `${named ? 'event: error\n' : ''}data: ${JSON.stringify(nestedErrorBody)}\n\n`
}

function* toolCallFrames(chunks: Chunks, tokens: number, whole: boolean): Generator<Frame> {
  const call = (name: string | undefined, text: string) => ({
    tool_calls: [
      name === undefined
        ? { function: { arguments: text }, type: 'function', index: 0 }
        : { function: { name, arguments: text }, type: 'function', id: toolCallId, index: 0 },
    ],
  })
  yield { tokens, text: chunks.delta(call(readFileCall.name, whole ? readFileCall.arguments : '')) }
  if (whole) return
  for (let start = 0; start < readFileCall.arguments.length; start += 4)
    yield { tokens, text: chunks.delta(call(undefined, readFileCall.arguments.slice(start, start + 4))) }
}
