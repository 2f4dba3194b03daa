import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cerebras } from '../dialects.ts'
import type { ModelEvent } from '../model.ts'
import { AnswerReader } from './answer-reader.ts'
import { chunk, finish, sse, text } from './test-backend.ts'

/** Reads a stream that arrives in the given pieces, each of them its own network read. */
function read(...pieces: (string | Buffer)[]) {
  const reader = new AnswerReader(cerebras)
  const events: ModelEvent[] = []
  for (const piece of pieces) {
    reader.write(typeof piece === 'string' ? Buffer.from(piece) : piece)
    events.push(...reader.read())
  }
  events.push(...reader.readLast())
  return { reader, events }
}

const said = (events: ModelEvent[], type: 'text' | 'reasoning') =>
  events.map((event) => (event.type === type ? event.text : '')).join('')

const token = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.constantFrom('', 'für', '日本語', '👩‍👩‍👧‍👦', '\n\n', '\r\n', 'data: [DONE]\n\n', '\u2028', '\uFEFF'),
)
const event = fc.oneof(
  { weight: 6, arbitrary: token.map((content) => ({ said: ['text', content] as const, event: text(content) })) },
  {
    weight: 3,
    arbitrary: token.map((reasoning) => ({ said: ['reasoning', reasoning] as const, event: chunk({ reasoning }) })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom({}, { role: 'assistant' }, { role: 'assistant', content: null }, { content: '', reasoning: null })
      .map((delta) => ({ said: null, event: chunk(delta) })),
  },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom({ choices: [] }, { choices: null }, {}, { choices: [{ delta: null }] })
      .map((odd) => ({ said: null, event: odd })),
  },
  { weight: 1, arbitrary: fc.constant({ said: null, event: null }) },
)
const cuts = fc.array(fc.nat({ max: 4_000 }), { maxLength: 40 })

test('any sequence of events says the same, however its bytes are cut into reads', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 25 }), cuts, fc.constantFrom('\n', '\r\n', '\r'), (parts, at, newline) => {
      // An SSE comment stands in for keep-alives.
      const lines = parts.map((part) => (part.event === null ? ': ping\n\n' : sse(part.event)))
      const bytes = Buffer.from([...lines, sse(finish()), sse('[DONE]')].join('').replaceAll('\n', newline))
      const bounds = [0, ...at.filter((cut) => cut < bytes.length).toSorted((a, b) => a - b), bytes.length]
      const { reader, events } = read(...bounds.slice(1).map((end, index) => bytes.subarray(bounds[index], end)))

      const expected = (type: string) => parts.map((part) => (part.said?.[0] === type ? part.said[1] : '')).join('')

      expect(said(events, 'text')).toBe(expected('text'))
      expect(said(events, 'reasoning')).toBe(expected('reasoning'))
      expect({ error: reader.error, end: reader.endEvent() }).toEqual({
        error: null,
        end: { type: 'end', finishReason: 'stop' },
      })
    }),
  )
})

test('any bytes at all end in an answer or a named failure, never in an exception', () => {
  fc.assert(
    fc.property(
      fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 8 }),
      fc.string({ unit: 'binary' }),
      (pieces, line) => {
        const { reader } = read(...pieces.map((piece) => Buffer.from(piece)), sse(line), `data: ${line}`, `${line}\n\n`)
        expect(reader.error?.kind ?? reader.truncation()).toMatch(/^(told|bad_stream|stream_truncated)$/)
      },
    ),
  )
})

test('any JSON in place of a chunk is read or refused, never an exception', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.constantFrom('choices', 'usage', 'time_info', 'error', 'delta'), (value, key) => {
      const odd = key === 'delta' ? { choices: [{ delta: value }] } : { ...chunk({}), [key]: value }
      const { reader } = read(sse(odd), sse(value), sse(finish()))
      expect(reader.error?.kind ?? 'fine').toMatch(/^(told|bad_stream|fine)$/)
    }),
  )
})

test('reasoning and text keep their order within a read', () => {
  expect(
    read(sse(chunk({ reasoning: 'a' })) + sse(text('b')) + sse(text('c')) + sse(chunk({ reasoning: 'd' }))).events,
  ).toEqual([
    { type: 'reasoning', text: 'a' },
    { type: 'text', text: 'bc' },
    { type: 'reasoning', text: 'd' },
  ])
})

test('reasoning is read under its older name, and not twice under both', () => {
  const both = chunk({ reasoning: 'a', reasoning_content: 'a' })
  expect(said(read(sse(both), sse(chunk({ reasoning_content: 'b' }))).events, 'reasoning')).toBe('ab')
})

test('a byte order mark, a multi-line event and fields that nobody needs are passed over', () => {
  const { reader, events } = read(
    '\uFEFFid: 7\nretry: 10\nevent: message\ndata: {"choices":\ndata: [{"delta":{"content":"a"}}]}\n\n',
  )
  expect({ events, error: reader.error }).toEqual({ events: [{ type: 'text', text: 'a' }], error: null })
})

test('usage and times are taken wherever they stand, the last ones if they come with every event', () => {
  const usage = (completion: number) => ({ prompt_tokens: 7, completion_tokens: completion })
  const { reader } = read(
    sse(chunk({ content: 'a' }, {}, { usage: usage(1), time_info: null })),
    sse(finish('stop', { usage: null })),
    sse({ choices: [], usage: usage(2), time_info: { completion_time: 0.5 } }),
    sse('[DONE]'),
  )
  expect(reader.endEvent()).toEqual({
    type: 'end',
    finishReason: 'stop',
    usage: { promptTokens: 7, completionTokens: 2 },
    timing: { completionMs: 500 },
  })
})

test('nothing after [DONE] counts', () => {
  const { reader, events } = read(sse(text('a')) + sse(finish()) + sse('[DONE]') + sse(text('b')) + sse({ error: {} }))
  expect({ events, error: reader.error }).toEqual({ events: [{ type: 'text', text: 'a' }], error: null })
})

test('calls of tools that nobody offered are counted and passed over', () => {
  const call = { function: { name: 'x', arguments: '' }, type: 'function', id: '049d9b129', index: 0 }
  const { reader, events } = read(sse(chunk({ tool_calls: [call] })), sse(text('a')), sse(finish('tool_calls')))
  expect({ events, toolCalls: reader.toolCalls, end: reader.endEvent() }).toEqual({
    events: [{ type: 'text', text: 'a' }],
    toolCalls: 1,
    end: { type: 'end', finishReason: 'other' },
  })
})
