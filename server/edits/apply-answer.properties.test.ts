import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isFailed } from './applied-hunk.ts'
import { AnswerApplication } from './apply-answer.ts'
import { splitLines } from './lines.ts'

const before = new Map([
  ['a.ts', 'one()\n  two()\none()\n\nthree()'],
  ['b.txt', ''],
  ['c.txt', 'one()\ntwo()\nthree()\n'],
])

/** Lines of which answers are made, those of a group separated by `|`. */
const pieces = [
  'a.ts|b.txt|c.txt|new/d.ts|../e.ts|```|```ts||one()|  two()|two()|three()|four()',
  '<<<<<<< SEARCH|=======|>>>>>>> REPLACE|*** Begin Patch|*** End Patch|*** End of File|@@|@@ one()',
  '*** Update File: a.ts|*** Update File: c.txt|*** Update File: new/d.ts|*** Add File: new/d.ts|*** Add File: a.ts',
  '*** Delete File: a.ts|*** Delete File: c.txt|*** Move to: c.txt|*** Move to: new/d.ts|*** Move to: ../e.ts',
  ' one()|-one()|+four()|-  two()|+  four()| three()|-three()|+|-two()| two()',
].flatMap((group) => group.split('|'))
const piece = fc.constantFrom(...pieces)

const block = fc
  .tuple(fc.constantFrom('a.ts', 'c.txt', 'new/d.ts'), fc.array(piece, { maxLength: 2 }), fc.array(piece, { maxLength: 2 }))
  .map(([path, old, lines]) => [path, '<<<<<<< SEARCH', ...old, '=======', ...lines, '>>>>>>> REPLACE'])
const section = fc
  .tuple(
    fc.constantFrom('Update File: a.ts', 'Update File: c.txt', 'Add File: c.txt', 'Delete File: c.txt'),
    fc.array(piece, { maxLength: 6 }),
  )
  .map(([header, lines]) => ['*** Begin Patch', `*** ${header}`, ...lines, '*** End Patch'])
const answer = fc.array(fc.oneof(block, section, fc.array(piece, { maxLength: 8 })), { maxLength: 5 }).map((parts) =>
  parts
    .flat()
    .map((line) => `${line}\n`)
    .join(''),
)
const reason = fc.constantFrom('complete', 'length')

function apply(chunks: readonly string[], end: 'complete' | 'length', files: ReadonlyMap<string, string> = before) {
  const application = new AnswerApplication({
    read(path) {
      const text = files.get(path)
      return text === undefined ? { kind: 'missing' } : { kind: 'text', text }
    },
    formats: ['search_replace', 'patch', 'whole_file'],
    strict: false,
    newDeadline: () => () => false,
  })
  for (const chunk of chunks) application.push(chunk)
  return application.end(end)
}

test('what is written has the lines that its origins count, each of them a line that was there', () => {
  fc.assert(
    fc.property(answer, reason, (text, end) => {
      for (const { source, text: written, origins } of apply([text], end).writes) {
        const now = splitLines(written)
        const was = splitLines(before.get(source ?? '') ?? '')
        expect(origins.length).toBe(now.length)
        const line = (one = '\0') => one.replace(/\n$/, '')
        expect(now.filter((one, i) => origins[i] !== undefined && line(was[origins[i] ?? -1]) !== line(one))).toEqual([])
        const kept = origins.filter((origin) => origin !== undefined)
        expect(kept).toEqual([...new Set(kept)].toSorted((a, b) => a - b))
      }
    }),
    { numRuns: 2_000 },
  )
})

test('what is changed is what hunks say, and a hunk that failed changes nothing', () => {
  fc.assert(
    fc.property(answer, reason, (text, end) => {
      const { hunks, writes, deletions } = apply([text], end)
      for (const change of [...writes, ...deletions]) {
        expect(change.hunks.length).toBeGreaterThan(0)
        expect(change.hunks.map((index) => hunks[index]?.state)).toEqual(change.hunks.map(() => 'applied'))
      }
      expect(hunks.filter((hunk) => isFailed(hunk) === (hunk.code === null))).toEqual([])
      expect(hunks.filter((hunk) => isFailed(hunk) === (hunk.message === null) && hunk.rung !== 'fuzzy')).toEqual([])
    }),
    { numRuns: 2_000 },
  )
})

test('the pieces in which an answer comes do not matter', () => {
  fc.assert(
    fc.property(answer, reason, fc.integer({ min: 1, max: 30 }), (text, end, length) => {
      const chunks = Array.from({ length: Math.ceil(text.length / length) }, (_, i) => text.slice(i * length, (i + 1) * length))
      expect(apply(chunks, end)).toEqual(apply([text], end))
    }),
    { numRuns: 1_000 },
  )
})
