import fc from 'fast-check'
import { expect, test } from 'vitest'
import { completeBlocks, parse } from './answer-parser.test-support.ts'
import type { ParserEvent } from './parser-events.ts'

const numRuns = 1_000

/** Lines that mean something to the grammar, next to ordinary ones. */
const line = fc.constantFrom(
  '<<<<<<< SEARCH',
  '<<<<< SEARCH> ',
  '=======',
  '>>>>>>> REPLACE',
  '>>>>>>> REPLAC',
  '```',
  '```ts',
  '````',
  '~~~',
  '```ts src/info.ts',
  'src/a.ts',
  '**`b.ts`**:',
  'README.md',
  '../c.ts',
  'In `src/d.ts` we write',
  '// ... existing code ...',
  '',
  ' ',
  'a 😀 b',
  '😀',
  'const x = 1',
  '*** Begin Patch',
  ' *** Begin Patch',
  '*** Update File: a.ts',
  '*** Update File: /b.ts',
  '*** Add File: `c d.ts`',
  '*** Delete File: e.ts',
  '*** Move to: f.ts',
  '*** Rename File: g.ts',
  '*** Environment ID: x',
  '*** End of File',
  '*** End Patch',
  ' *** End Patch',
  '+*** End Patch',
  '@@',
  '@@ -1 +1 @@ 😀',
  ' context',
  '-old 😀',
  '+new',
  "apply_patch <<'EOF'",
  'EOF',
)
const ending = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r\r\n')
const answer = fc
  .array(fc.tuple(line, ending), { maxLength: 40 })
  .chain((parts) => fc.tuple(fc.constant(parts.flat().join('')), fc.oneof(fc.constant(''), line)))
  .map(([text, rest]) => text + rest)
const reason = fc.constantFrom('complete', 'length', 'stopped', 'redirected', 'failed', 'interrupted')
const tight = { lineLength: 14, answerLength: 120 }

/** Cuts a text at any places, between the halves of surrogate pairs and of CRLF as well. */
function cut(text: string, places: number[]): string[] {
  const at = [...new Set(places.map((place) => place % (text.length + 1)))].toSorted((a, b) => a - b)
  return [...at, text.length].map((end, i) => text.slice(at[i - 1] ?? 0, end))
}

test('events do not depend on how the text was cut into chunks', () => {
  fc.assert(
    fc.property(answer, fc.array(fc.nat(), { maxLength: 30 }), reason, fc.boolean(), (text, places, reason, limited) => {
      const limits = limited ? tight : undefined
      const whole = parse([text], reason, limits)
      expect(parse(cut(text, places), reason, limits)).toEqual(whole)
      expect(parse(text.split(''), reason, limits)).toEqual(whole)
    }),
    { numRuns },
  )
}, 60_000)

test('no text makes the parser throw, and how it is cut does not matter', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 200 }),
    fc.string({ unit: fc.constantFrom(...'*@+- \n\r`~<=>aE\ud83d\ude00\0') }),
  )
  const garbage = fc.array(fc.oneof(text, line, ending), { maxLength: 30 }).map((parts) => parts.join(''))
  fc.assert(
    fc.property(garbage, fc.array(fc.nat(), { maxLength: 30 }), reason, (text, places, reason) => {
      expect(parse(cut(text, places), reason)).toEqual(parse([text], reason))
    }),
    { numRuns },
  )
}, 60_000)

test('an answer cut off anywhere completes no block that the whole answer does not have', () => {
  fc.assert(
    fc.property(answer, fc.nat(), reason, (text, place, reason) => {
      fc.pre(reason !== 'complete')
      const whole = completeBlocks(parse([text], 'complete').events)
      for (const [block, content] of completeBlocks(parse([text.slice(0, place % (text.length + 1))], reason).events))
        expect(whole.get(block)).toEqual(content)
    }),
    { numRuns },
  )
}, 60_000)

/** One letter per event; a block that knows no place for an event breaks the pattern. */
const letters = { blockStart: 's', searchLine: 'l', searchEnd: 'd', replaceLine: 'r', blockEnd: 'e', malformed: 'm' } as const
const starts = { update: 'u', add: 'w', delete: 'n', rename: 'n' } as const
const shape = /^(?:s[lm]*(?:d[rm]*)?e|u[lrm]*d?m*e|w[rm]*e|nm*e|m)*$/

function letterOf(event: ParserEvent): string {
  if (event.type !== 'blockStart' || event.format === 'search_replace') return letters[event.type]
  return event.patch === undefined ? 'w' : starts[event.patch.operation]
}

test('blocks follow one another, inside the text, and every one that starts ends', () => {
  fc.assert(
    fc.property(answer, reason, fc.boolean(), (text, reason, limited) => {
      const { events } = parse([text], reason, limited ? tight : undefined)
      expect(events.map(letterOf).join('')).toMatch(shape)
      const starts = events.filter(({ type }) => type === 'blockStart')
      expect(starts.map(({ block }) => block)).toEqual(starts.map((_, i) => i + 1))
      let block: number | undefined
      for (const event of events) {
        if (event.type === 'blockStart') block = event.block
        expect(event.block).toBe(block)
        if (event.type === 'blockEnd') block = undefined
      }
      const edges = events.flatMap((event) => (event.type === 'blockStart' || event.type === 'blockEnd' ? event.at : []))
      expect(edges).toEqual(edges.toSorted((a, b) => a - b))
      expect(Math.max(0, ...edges)).toBeLessThanOrEqual(text.length)
    }),
    { numRuns },
  )
}, 60_000)
