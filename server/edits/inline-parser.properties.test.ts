import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createInlineParser } from './inline-parser.ts'

const numRuns = 1_000
const selected = { path: 'src/a.md', lines: ['x', '~~~'], place: { start: 0, end: 6 } }
const line = fc.constantFrom(
  '```',
  '```ts',
  '````',
  '~~~',
  '~~~ py',
  '>>>>>>> REPLACE',
  '// ... existing code ...',
  '',
  'a 😀 b',
  'x',
)
const ending = fc.constantFrom('\n', '\n', '\r\n')
const answer = fc
  .tuple(fc.array(fc.tuple(line, ending), { maxLength: 25 }), fc.oneof(fc.constant(''), line))
  .map(([parts, rest]) => parts.flat().join('') + rest)
const reason = fc.constantFrom('complete', 'length', 'stopped', 'failed')
const tight = { lineLength: 12, answerLength: 90 }

type Reason = Parameters<ReturnType<typeof createInlineParser>['end']>[0]

function parse(chunks: string[], reason: Reason, limits?: typeof tight) {
  const parser = createInlineParser(selected, limits)
  return [...chunks.flatMap((chunk) => parser.push(chunk)), ...parser.end(reason)]
}

/** Cuts a text at any places, between the halves of surrogate pairs and of CRLF as well. */
function cut(text: string, places: number[]): string[] {
  const at = [...new Set(places.map((place) => place % (text.length + 1)))].toSorted((a, b) => a - b)
  return [...at, text.length].map((end, i) => text.slice(at[i - 1] ?? 0, end))
}

test('events do not depend on how the answer was cut into chunks', () => {
  fc.assert(
    fc.property(answer, fc.array(fc.nat(), { maxLength: 20 }), reason, fc.boolean(), (text, places, reason, limited) => {
      const limits = limited ? tight : undefined
      const whole = parse([text], reason, limits)
      expect(parse(cut(text, places), reason, limits)).toEqual(whole)
      expect(parse(text.split(''), reason, limits)).toEqual(whole)
    }),
    { numRuns },
  )
})

test('there is at most one block, it ends, and it is complete only when the whole answer completes it alike', () => {
  fc.assert(
    fc.property(answer, fc.nat(), reason, (text, place, reason) => {
      const shape = parse([text], reason).map(({ type }) => type[0])
      expect(shape.join('')).toMatch(/^(?:bs*s[mr]*b)?$/)
      const cutOff = parse([text.slice(0, place % (text.length + 1))], 'stopped')
      const end = cutOff.at(-1)
      const isComplete = end?.type === 'blockEnd' && end.state === 'complete'
      expect(isComplete ? parse([text], 'complete') : cutOff).toEqual(cutOff)
    }),
    { numRuns },
  )
})
