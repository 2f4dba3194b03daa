import { expect, test } from 'vitest'
import { answerFrames, type FrameOptions, type TokenisedAnswer } from './answer-frames.ts'
import { createChunks, type TimeInfo, type Usage } from './chunks.ts'
import { parseFault } from './faults.ts'

const answer: TokenisedAnswer = {
  reasoning: ['Look', ' up'],
  content: ['for', ' (', 'const', ' "x"'],
  finishReason: 'stop',
}
const usage: Usage = {
  total_tokens: 81,
  completion_tokens: 6,
  completion_tokens_details: { accepted_prediction_tokens: 0, rejected_prediction_tokens: 0, reasoning_tokens: 2 },
  prompt_tokens: 75,
  prompt_tokens_details: { cached_tokens: 0 },
}
const timeInfo: TimeInfo = {
  queue_time: 0.004,
  prompt_time: 0.002,
  completion_time: 0.018,
  total_time: 0.027,
  created: 1770000000.12,
}

function play(changes: Partial<FrameOptions> = {}) {
  const endpoint = changes.endpoint ?? 'chat'
  const chunks = createChunks({ id: 'chatcmpl-1', created: 1770000000, model: 'gpt-oss-120b', fingerprint: 'fp_1', endpoint })
  const totals = (completionTokens: number) => ({ usage: { ...usage, completion_tokens: completionTokens }, timeInfo })
  const frames = answerFrames({ answer, chunks, endpoint, tokensPerEvent: 1, fault: undefined, totals, ...changes })
  const texts: string[] = []
  const tokens: number[] = []
  let next = frames.next()
  while (!next.done) {
    texts.push(next.value.text)
    tokens.push(next.value.tokens)
    next = frames.next()
  }
  return { texts, tokens, ending: next.value, stream: texts.join('') }
}

const withFault = (text: string, changes: Partial<FrameOptions> = {}) => play({ fault: parseFault(text), ...changes })

const chunk = (choice: object | null, totals = '') =>
  `data: {"id":"chatcmpl-1","choices":${choice === null ? 'null' : `[${JSON.stringify(choice)}]`},"created":1770000000,` +
  `"model":"gpt-oss-120b","system_fingerprint":"fp_1","object":"chat.completion.chunk"${totals}}\n\n`
const delta = (value: object) => chunk({ delta: value, index: 0 })
const finish = (reason: string, completionTokens = 6) =>
  chunk(
    { delta: {}, finish_reason: reason, index: 0 },
    `,"usage":${JSON.stringify({ ...usage, completion_tokens: completionTokens })},"time_info":${JSON.stringify(timeInfo)}`,
  )
const done = 'data: [DONE]\n\n'
const role = delta({ role: 'assistant' })
const firstHalf = [
  role,
  delta({ reasoning: 'Look' }),
  delta({ reasoning: ' up' }),
  delta({ content: 'for' }),
  delta({ content: ' (' }),
]
const whole = [...firstHalf, delta({ content: 'const' }), delta({ content: ' "x"' })]

test('a chat stream is role, reasoning, content, finish with totals, done: byte for byte', () => {
  expect(play()).toEqual({
    texts: [...whole, finish('stop'), done],
    tokens: [0, 1, 2, 3, 4, 5, 6, 6, 6],
    ending: 'end',
    stream: [...whole, finish('stop'), done].join(''),
  })
})

test('several tokens per event share one event, but reasoning and content do not', () => {
  expect(play({ tokensPerEvent: 3 }).texts).toEqual([
    role,
    delta({ reasoning: 'Look up' }),
    delta({ content: 'for (const' }),
    delta({ content: ' "x"' }),
    finish('stop'),
    done,
  ])
})

test('a token without text of its own makes no event', () => {
  const split: TokenisedAnswer = { reasoning: [], content: ['', '', '𓀀'], finishReason: 'stop' }
  const { texts, tokens } = play({ answer: split })
  expect(texts).toEqual([role, delta({ content: '𓀀' }), finish('stop', 3), done])
  expect(tokens).toEqual([0, 3, 3, 3])
})

test('a text stream carries text instead of deltas and has no role', () => {
  const { texts } = play({ endpoint: 'text', answer: { reasoning: [], content: ['a'], finishReason: 'length' } })
  const text = (choice: object, totals = '') =>
    chunk(choice, totals).replace('"object":"chat.completion.chunk"', '"object":"text_completion"')
  const totals = `,"usage":${JSON.stringify({ ...usage, completion_tokens: 1 })},"time_info":${JSON.stringify(timeInfo)}`
  expect(texts).toEqual([text({ text: 'a', index: 0 }), text({ text: '', finish_reason: 'length', index: 0 }, totals), done])
})

test('error_in_stream: half of the content, then the nested error, unnamed or named', () => {
  const error =
    'data: {"status_code":500,"error":{"message":"Encountered a server error, please try again.","type":"server_error",' +
    '"param":"","code":"","id":""}}\n\n'
  expect(withFault('error_in_stream')).toMatchObject({ texts: [...firstHalf, error], ending: 'end' })
  expect(withFault('error_in_stream:named')).toMatchObject({ texts: [...firstHalf, `event: error\n${error}`], ending: 'end' })
})

test.each(['reset', 'stall'] as const)('%s: half of the content, then nothing', (name) => {
  expect(withFault(name)).toMatchObject({ texts: firstHalf, ending: name })
})

test('no_done: half of the content and a proper end of the response; finished: only [DONE] is missing', () => {
  expect(withFault('no_done')).toMatchObject({ texts: firstHalf, ending: 'end' })
  expect(withFault('no_done:finished')).toMatchObject({ texts: [...whole, finish('stop')], ending: 'end' })
})

test.each(['length', 'content_filter'])('%s: half of the content, that finish reason, and the tokens so far', (name) => {
  expect(withFault(name).texts).toEqual([...firstHalf, finish(name, 4), done])
})

test('empty_deltas and null_choices: one before every event of text', () => {
  const before = (filler: string) => [role, ...whole.slice(1).map((event) => filler + event), finish('stop'), done]
  expect(withFault('empty_deltas').texts).toEqual(before(delta({})))
  expect(withFault('null_choices').texts).toEqual(before(chunk(null)))
})

test('tool_calls: the id and name come first and the arguments in fragments, or all at once', () => {
  const call = (fn: object, id?: string) =>
    delta({ tool_calls: [{ function: fn, type: 'function', ...(id === undefined ? {} : { id }), index: 0 }] })
  const fragments = ['{"pa', 'th":', '"src', '/mai', 'n.ts', '"}'].map((text) => call({ arguments: text }))
  expect(withFault('tool_calls').texts).toEqual([
    ...whole,
    call({ name: 'read_file', arguments: '' }, '049d9b129'),
    ...fragments,
    finish('tool_calls'),
    done,
  ])
  expect(withFault('tool_calls:whole').texts).toEqual([
    ...whole,
    call({ name: 'read_file', arguments: '{"path":"src/main.ts"}' }, '049d9b129'),
    finish('tool_calls'),
    done,
  ])
})

test('garbage: half of the content, then an event that is not JSON', () => {
  const { texts, ending } = withFault('garbage')
  expect(texts.slice(0, -1)).toEqual(firstHalf)
  expect(() => JSON.parse(texts.at(-1)?.split('\n\n')[0]?.slice('data: '.length) ?? '')).toThrow(SyntaxError)
  expect(ending).toBe('end')
})
