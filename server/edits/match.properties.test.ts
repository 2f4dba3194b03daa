import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { match } from './match.ts'
import type { Range } from './offset-edit.ts'
import { createTextIndex } from './text-index.ts'

const find = (text: string, oldLines: string[], newLines?: string[]) => match(createTextIndex(text), oldLines, newLines)

test('finds what comparing every place finds', () => {
  const line = fc.constantFrom('a', 'b', 'a ', '', ' ')
  const text = fc.oneof(
    fc.array(line, { maxLength: 30 }),
    fc.array(fc.constantFrom('a', 'a', 'a', 'a '), { minLength: 70, maxLength: 120 }),
  )
  fc.assert(
    fc.property(text, fc.boolean(), fc.array(line, { minLength: 1, maxLength: 4 }), (lines, terminated, wanted) => {
      fc.pre(wanted.some((line) => line.trim() !== '') && (terminated || lines.at(-1) !== ''))
      const whole = lines.join('\n') + (terminated && lines.length > 0 ? '\n' : '')
      const places = (equal: (a: string, b: string) => boolean) =>
        lines.map((_, i) => i).filter((i) => wanted.every((line, j) => i + j < lines.length && equal(lines[i + j] ?? '', line)))
      const exact = places((a, b) => a === b)
      const loose = places((a, b) => a.trimEnd() === b.trimEnd())
      const hits = exact.length > 0 ? exact : loose
      const found = find(whole, wanted)
      const ranges = hits.map((first) => {
        const start = lines.slice(0, first).join('\n').length + (first === 0 ? 0 : 1)
        const length = lines.slice(first, first + wanted.length).join('\n').length + 1
        return { start, end: Math.min(whole.length, start + length) }
      })
      const [only, second] = ranges
      const several = { kind: 'several', lines: hits.map((line) => line + 1), ranges }
      const one = { kind: 'one', ...only, rung: exact.length > 0 ? 'exact' : 'trailing_space' }
      expect(found).toEqual(second ? several : only ? one : { kind: 'none' })
    }),
    { numRuns: 500 },
  )
})

/** Different lines of code, all with a character that has typographic variants, and a run of them. */
const run = fc
  .tuple(
    fc.array(fc.record({ depth: fc.nat(3), mark: fc.constantFrom('-', "'", '"', ' ') }), { minLength: 1, maxLength: 25 }),
    fc.nat(),
    fc.nat(),
  )
  .map(([parts, a, b]) => {
    const lines = parts.map(({ depth, mark }, i) => `${'  '.repeat(depth)}f${mark}${i}`)
    const first = a % lines.length
    return { lines, first, wanted: lines.slice(first, first + 1 + (b % (lines.length - first))) }
  })

const typographic: Record<string, string> = { '-': '–', "'": '’', '"': '“', ' ': '\u00A0' }
const setType = (line: string) => line.replaceAll(/(?<=f)[-'" ]/g, (mark) => typographic[mark] ?? mark)

/** What a model does to lines that it copies, and how a line that it adds to them has to be written. */
const disturbances = fc.constantFrom(
  { rung: 'exact', disturb: (line: string) => line, added: 'f-', written: 'f-' },
  { rung: 'trailing_space', disturb: (line: string) => `${line} \t`, added: '  f-', written: '  f-' },
  { rung: 'indent', disturb: (line: string) => `\t${line} `, added: '\t  f-', written: '  f-' },
  { rung: 'unicode', disturb: (line: string) => `  ${setType(line)}`, added: '    f–', written: '  f–' },
)

describe('a run of lines that stands once', () => {
  test('is found where it is, on the rung of what disturbs it, and what replaces it is indented as it was', () => {
    fc.assert(
      fc.property(run, disturbances, ({ lines, first, wanted }, { rung, disturb, added, written }) => {
        const oldLines = wanted.map(disturb)
        const newLines = [...oldLines, added]
        const found = find(`${lines.join('\n')}\n`, oldLines, newLines)
        const start = lines.slice(0, first).reduce((sum, line) => sum + line.length + 1, 0)
        const end = wanted.reduce((sum, line) => sum + line.length + 1, start)
        expect(found).toEqual({ kind: 'one', start, end, rung, ...(rung !== 'exact' && { newLines: [...wanted, written] }) })
      }),
      { numRuns: 1000 },
    )
  })

  test('is ambiguous as soon as it stands twice', () => {
    fc.assert(
      fc.property(run, disturbances, ({ lines, first, wanted }, { disturb }) => {
        const twice = [...lines, 'between', ...wanted]
        expect(find(`${twice.join('\n')}\n`, wanted.map(disturb), ['new'])).toMatchObject({
          kind: 'several',
          lines: [first + 1, lines.length + 2],
        })
      }),
      { numRuns: 1000 },
    )
  })
})

test('whatever comes in, an answer comes out, and every place is one of whole lines', () => {
  const anything = fc.array(
    fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('', ' ', '...', 'a', '\ta', '“', '\uD800')),
    {
      maxLength: 8,
    },
  )
  fc.assert(
    fc.property(anything, anything, anything, (lines, oldLines, newLines) => {
      const text = lines.join('\n')
      const found = find(text, oldLines, newLines)
      const ranges = found.kind === 'one' ? [found] : found.kind === 'several' ? found.ranges : []
      const isWhole = ({ start, end }: Range) => startsLine(text, start) && (start === end || startsLine(text, end))
      expect(ranges.filter((range) => !isWhole(range))).toEqual([])
    }),
    { numRuns: 2000 },
  )
})

function startsLine(text: string, offset: number): boolean {
  return offset === 0 || offset === text.length || text[offset - 1] === '\n'
}

test('equal lines do not cost lines × lines', () => {
  const text = '  a\n'.repeat(20_000)
  const started = performance.now()
  expect(
    find(
      text,
      Array.from({ length: 5_000 }, () => 'a'),
      ['b'],
    ),
  ).toMatchObject({ kind: 'several' })
  expect(performance.now() - started).toBeLessThan(1_000)
})
