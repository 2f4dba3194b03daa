import fc from 'fast-check'
import { expect, test } from 'vitest'
import { AnswerApplication } from '#edits/apply-answer.ts'
import { block, patch } from './testing/temporary-folder.ts'
import { decodeText, encodeText } from './text-file.ts'

const ending = fc.constantFrom('\n', '\r\n', '\r')
const lines = fc.array(fc.record({ text: fc.constantFrom('', 'a', '  b', 'c ', '“d”'), ending }), {
  minLength: 1,
  maxLength: 12,
})
const words = fc.array(fc.constantFrom('new', 'a', '', '  b'), { maxLength: 3 })

/** The file's bytes after an answer to its text, where the answer applied. */
function applied(raw: string, answer: string): string | undefined {
  const source = decodeText(Buffer.from(raw, 'utf8'))
  const application = new AnswerApplication({
    read: (path) => (path === 'a.txt' && source !== undefined ? { kind: 'text', text: source.text } : { kind: 'missing' }),
    formats: ['search_replace', 'patch', 'whole_file'],
    strict: true,
    newDeadline: () => () => false,
  })
  application.push(answer)
  const { hunks, writes } = application.end('complete')
  const [write] = writes
  if (hunks[0]?.state !== 'applied' || write === undefined) return undefined
  return encodeText(write.text, write.origins, source).toString('utf8')
}

/** A file in which one line, told by its number, is replaced; all its lines are different. */
const change = fc.record({ lines, chosen: fc.nat(11), words, isTerminated: fc.boolean() }).map((given) => {
  const numbered = given.lines.map(({ text, ending: own }, i) => ({ line: `${text}${i}`, own }))
  const chosen = given.chosen % numbered.length
  const last = numbered.length - 1
  const raw = numbered.map(({ line, own }, i) => line + (i < last || given.isTerminated ? own : '')).join('')
  const inserted = given.words.map((word, i) => `${word}!${i}`)
  return { ...given, numbered, chosen, raw, inserted }
})

type Change = typeof change extends fc.Arbitrary<infer T> ? T : never

function expected({ numbered, chosen, raw, inserted }: Change, endsLastLine: boolean): string {
  const first = /\r\n|\n|\r/.exec(raw)?.[0] ?? '\n'
  const isTerminated = /[\r\n]$/.test(raw)
  const written = numbered.flatMap(({ line, own }, i) => {
    const hasEnding = i < numbered.length - 1 || isTerminated
    if (i !== chosen) return [{ line, end: hasEnding ? own : first }]
    return inserted.map((text) => ({ line: text, end: first }))
  })
  const last = written.length - 1
  return written.map(({ line, end }, i) => line + (i < last || isTerminated || endsLastLine ? end : '')).join('')
}

test('a block changes the bytes of its own lines only, however the others end', () => {
  fc.assert(
    fc.property(change, (given) => {
      const search = `${given.numbered[given.chosen]?.line}\n`
      const answer = block('a.txt', search, given.inserted.map((line) => `${line}\n`).join(''))
      expect(applied(given.raw, answer)).toBe(expected(given, false))
    }),
    { numRuns: 1_000 },
  )
})

test('a patch does the same, and ends the last line', () => {
  fc.assert(
    fc.property(change, (given) => {
      const context = given.numbered.map(({ line }, i) => (i === given.chosen ? `-${line}` : ` ${line}`))
      const inserted = given.inserted.map((line) => `+${line}`)
      const chunk = [...context.slice(0, given.chosen + 1), ...inserted, ...context.slice(given.chosen + 1)]
      expect(applied(given.raw, patch('*** Update File: a.txt', '@@', ...chunk))).toBe(expected(given, true))
    }),
    { numRuns: 1_000 },
  )
})
