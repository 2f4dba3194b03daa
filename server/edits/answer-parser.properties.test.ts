import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createAnswerParser } from './answer-parser.ts'
import type { ParserEvent } from './parser-events.ts'

const numRuns = 500

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
)
const ending = fc.constantFrom('\n', '\n', '\n', '\r\n', '\r\r\n')
const answer = fc
  .array(fc.tuple(line, ending), { maxLength: 40 })
  .chain((parts) => fc.tuple(fc.constant(parts.flat().join('')), fc.oneof(fc.constant(''), line)))
  .map(([text, rest]) => text + rest)
const reason = fc.constantFrom('complete', 'length', 'stopped', 'redirected', 'failed', 'interrupted')
const tight = { lineLength: 14, answerLength: 120 }

function parse(chunks: string[], reason: Parameters<ReturnType<typeof createAnswerParser>['end']>[0], limits?: typeof tight) {
  const parser = createAnswerParser(limits)
  const events = chunks.flatMap((chunk) => parser.push(chunk))
  return { events: [...events, ...parser.end(reason)], tolerances: parser.tolerances() }
}

/** Cuts a text at any places, between the halves of surrogate pairs and of CRLF as well. */
function cut(text: string, places: number[]): string[] {
  const at = [...new Set(places.map((place) => place % (text.length + 1)))].toSorted((a, b) => a - b)
  return [...at, text.length].map((end, i) => text.slice(at[i - 1] ?? 0, end))
}

/** Complete blocks as the caller would apply them. */
function completeBlocks(events: ParserEvent[]): Map<number, unknown> {
  const all = new Map<number, { path: string; format: string; lines: string[]; elided?: boolean }>()
  const complete = new Map<number, unknown>()
  for (const event of events) {
    if (event.type === 'blockStart') all.set(event.block, { path: event.path, format: event.format, lines: [] })
    else if (event.type === 'searchLine' || event.type === 'replaceLine')
      all.get(event.block)?.lines.push(`${event.type} ${event.text}`)
    else if (event.type === 'blockEnd' && event.state === 'complete')
      complete.set(event.block, { ...all.get(event.block), elided: event.elided })
  }
  return complete
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
})

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
})

/** One letter per event; a block that knows no place for an event breaks the pattern. */
const letters = { blockStart: 's', searchLine: 'l', searchEnd: 'd', replaceLine: 'r', blockEnd: 'e', malformed: 'm' } as const
const shape = /^(?:s[lm]*(?:d[rm]*)?e|w[rm]*e|m)*$/

test('blocks follow one another, inside the text, and every one that starts ends', () => {
  fc.assert(
    fc.property(answer, reason, fc.boolean(), (text, reason, limited) => {
      const { events } = parse([text], reason, limited ? tight : undefined)
      const told = events.map((event) =>
        event.type === 'blockStart' && event.format === 'whole_file' ? 'w' : letters[event.type],
      )
      expect(told.join('')).toMatch(shape)
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
})

const content = fc.array(fc.constantFrom('', 'let a = 1', '  return a', '}', '😀', '# x', '====', '<<<<<<< HEAD', '- item'), {
  maxLength: 6,
})
const path = fc.constantFrom('a.ts', 'src/b.tsx', 'docs/read me.md', 'Makefile', '.gitignore', 'app/s/[id]/page.tsx')
const decorated = (name: string) =>
  name.includes(' ')
    ? fc.constantFrom(`\`${name}\``, `**\`${name}\`**:`, `### \`${name}\``)
    : fc.constantFrom(
        name,
        `\`${name}\``,
        `**${name}**`,
        `### ${name}`,
        `#### 2. \`${name}\``,
        `**File:** \`${name}\``,
        `${name}:`,
      )
const block = fc.record({ path, search: content, replace: content, whole: fc.boolean(), fenced: fc.boolean() })
const written = block.chain((block) =>
  fc.record({
    block: fc.constant(block),
    name: decorated(block.path),
    blank: fc.constantFrom([], ['']),
    chat: fc.constantFrom('', 'So I change it.\n', 'Example:\n\n```ts\nx()\n```\n\n', '- point\n'),
  }),
)

test('a well-formed answer yields exactly its blocks, and what is left to see is exactly its chat', () => {
  fc.assert(
    fc.property(fc.array(written, { maxLength: 6 }), (parts) => {
      const text = parts.map(({ block, name, blank, chat }) => {
        const body = block.whole
          ? block.replace
          : ['<<<<<<< SEARCH', ...block.search, '=======', ...block.replace, '>>>>>>> REPLACE']
        const fences = block.whole || block.fenced
        return `${chat}${[name, ...blank, ...(fences ? ['```ts', ...body, '```'] : body)].join('\n')}\n`
      })
      const answer = text.join('')
      const { events } = parse([answer], 'complete')
      expect([...completeBlocks(events).values()]).toEqual(
        parts.map(({ block }) => ({
          path: block.path,
          format: block.whole ? 'whole_file' : 'search_replace',
          lines: [
            ...(block.whole ? [] : block.search.map((line) => `searchLine ${line}`)),
            ...block.replace.map((line) => `replaceLine ${line}`),
          ],
          elided: false,
        })),
      )
      let seen = ''
      let from = 0
      for (const event of events) {
        if (event.type === 'blockStart') seen += answer.slice(from, event.at)
        if (event.type === 'blockEnd') from = event.at
      }
      expect(seen + answer.slice(from)).toBe(parts.map(({ chat }) => chat).join(''))
    }),
    { numRuns },
  )
})
