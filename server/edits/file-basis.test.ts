import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createFileBasis, type Location } from './file-basis.ts'

describe('where old lines are', () => {
  test('in the basis, mapped past what others wrote since', () => {
    const basis = createFileBasis('a\nb\nc\n')
    basis.recordForeignEdit(0, 0, 10)
    expect(basis.locate(['b'])).toEqual({
      kind: 'located',
      in: 'basis',
      expectedStart: 2,
      expectedEnd: 4,
      liveStart: 12,
      liveEnd: 14,
      oldText: 'b\n',
      rung: 'exact',
    })
  })

  test('in the expected text, when an earlier hunk of the turn wrote them', () => {
    const basis = createFileBasis('a\nb\nc\n')
    basis.recordForeignEdit(0, 0, 1)
    expect(basis.recordOwnEdit(2, 4, 'new\nb2\n')).toEqual({ start: 3, end: 5 })
    expect(basis.expectedText).toBe('a\nnew\nb2\nc\n')
    expect(basis.locate(['new'])).toMatchObject({
      kind: 'located',
      in: 'expected',
      expectedStart: 2,
      expectedEnd: 6,
      liveStart: 3,
      liveEnd: 7,
    })
    expect(basis.locate(['c'])).toMatchObject({ kind: 'located', in: 'basis', expectedStart: 9, liveStart: 10 })
  })

  test('in the expected text, when the place in the basis was part of an earlier hunk that kept the line', () => {
    const basis = createFileBasis('a\nb\nc\n')
    basis.recordOwnEdit(0, 4, 'x\nb\n')
    expect(basis.locate(['b', 'c'])).toMatchObject({ kind: 'located', in: 'expected', expectedStart: 2, oldText: 'b\nc\n' })
  })

  test('nowhere, when an earlier hunk of the turn replaced them', () => {
    const basis = createFileBasis('a\nb\nc\n')
    basis.recordOwnEdit(2, 4, 'x\n')
    expect(basis.locate(['b'])).toEqual({ kind: 'conflict', changedBy: 'turn', oldText: 'b\n', rung: 'exact' })
  })

  test('in what is left, when an earlier hunk replaced one of two', () => {
    const basis = createFileBasis('f\nx\ng\nx\n')
    expect(basis.locate(['x'])).toEqual({ kind: 'ambiguous', in: 'basis', lines: [2, 4] })
    basis.recordOwnEdit(0, 4, 'f\ny\n')
    expect(basis.locate(['x'])).toMatchObject({ kind: 'located', in: 'expected', expectedStart: 6, expectedEnd: 8 })
  })

  test('ambiguous, when the turn itself wrote the lines more than once', () => {
    const basis = createFileBasis('a\n')
    basis.recordOwnEdit(2, 2, 'b\nb\n')
    expect(basis.locate(['b'])).toEqual({ kind: 'ambiguous', in: 'expected', lines: [2, 3] })
  })

  test('unmatched in the live text: what others wrote is never searched', () => {
    const basis = createFileBasis('a\n')
    basis.recordForeignEdit(2, 2, 2)
    expect(basis.locate(['b'])).toEqual({ kind: 'unmatched' })
  })

  test('a conflict, when somebody changed the range meanwhile, but not when they wrote at its edge', () => {
    const edges = createFileBasis('a\nb\nc\n')
    edges.recordForeignEdit(4, 4, 3)
    edges.recordForeignEdit(2, 2, 3)
    expect(edges.locate(['b'])).toMatchObject({ kind: 'located', liveStart: 5, liveEnd: 7 })
    const inside = createFileBasis('a\nb\nc\n')
    inside.recordForeignEdit(3, 3, 1)
    expect(inside.locate(['b'])).toEqual({ kind: 'conflict', changedBy: 'others', oldText: 'b\n', rung: 'exact' })
  })

  test('a conflict, when the hunk that wrote the lines was rejected meanwhile', () => {
    const basis = createFileBasis('a\nb\nc\n')
    basis.recordOwnEdit(2, 4, 'x\n')
    basis.recordForeignEdit(2, 4, 2)
    expect(basis.locate(['x'])).toMatchObject({ kind: 'conflict', changedBy: 'others' })
  })

  test('an empty search is the end, after what the turn and others appended', () => {
    const basis = createFileBasis('a\n')
    basis.recordOwnEdit(2, 2, 'b\n')
    basis.recordForeignEdit(4, 4, 5)
    expect(basis.locate([])).toEqual({
      kind: 'located',
      in: 'expected',
      expectedStart: 4,
      expectedEnd: 4,
      liveStart: 9,
      liveEnd: 9,
      oldText: '',
      rung: 'exact',
    })
  })

  test('retries only for a finished block, with the lines to write', () => {
    const basis = createFileBasis('a\nb\nc\n')
    expect(basis.locate(['', 'b'])).toEqual({ kind: 'unmatched' })
    expect(basis.locate(['', 'b'], ['', 'x'])).toMatchObject({ kind: 'located', expectedStart: 2, newLines: ['x'] })
    expect(basis.locate(['a', '...', 'c'], ['x', '...', 'y'])).toMatchObject({ kind: 'located', newLines: ['x', 'b', 'y'] })
  })

  test('own edits are refused where others have written', () => {
    const basis = createFileBasis('a\nb\n')
    basis.recordForeignEdit(1, 1, 1)
    expect(basis.toLive({ start: 0, end: 2 })).toBe('overlaps')
    expect(() => basis.recordOwnEdit(0, 2, '')).toThrow(RangeError)
    expect(basis.expectedText).toBe('a\nb\n')
  })
})

/** A character with identity, so that text that was retyped is not taken for the same. */
type Character = { text: string }
const characters = (text: string): Character[] => text.split('').map((text) => ({ text }))
const join = (characters: Character[]) => characters.map(({ text }) => text).join('')
const lineText = (lines: string[]) => lines.map((line) => `${line}\n`).join('')

/** What `locate` means, told by looking at every place and every character. All lines end with LF; the search is not empty. */
function locateByHand(basis: Character[], expected: Character[], live: Character[], search: string[]): Location {
  const wanted = lineText(search)
  const hits = (all: Character[]) =>
    all.map((_, i) => i).filter((i) => (i === 0 || all[i - 1]?.text === '\n') && join(all).startsWith(wanted, i))
  const follow = (all: Character[], start: number, into: Character[]) => {
    const at = into.findIndex((character) => character === all[start])
    const kept = at >= 0 && all.slice(start, start + wanted.length).every((character, i) => into[at + i] === character)
    return kept ? at : undefined
  }
  const place = (where: 'basis' | 'expected', expectedStart: number): Location => {
    const liveStart = follow(expected, expectedStart, live)
    const known = { oldText: wanted, rung: 'exact' } as const
    if (liveStart === undefined) return { kind: 'conflict', changedBy: 'others', ...known }
    const [expectedEnd, liveEnd] = [expectedStart + wanted.length, liveStart + wanted.length]
    return { kind: 'located', in: where, expectedStart, expectedEnd, liveStart, liveEnd, ...known }
  }
  const lineAt = (all: Character[], at: number) => join(all.slice(0, at)).split('\n').length
  const inBasis = hits(basis)
  const inExpected = hits(expected)
  const [only, second] = inExpected
  const left = only !== undefined && second === undefined ? place('expected', only) : undefined
  const several = { kind: 'ambiguous', in: 'expected', lines: inExpected.map((at) => lineAt(expected, at)) } as const
  const kept = inBasis.map((at) => follow(basis, at, expected))
  if (inBasis.length === 0) return left ?? (inExpected.length === 0 ? { kind: 'unmatched' } : several)
  if (inBasis.length > 1) {
    const ambiguous = { kind: 'ambiguous', in: 'basis', lines: inBasis.map((at) => lineAt(basis, at)) } as const
    return kept.includes(undefined) ? (left ?? ambiguous) : ambiguous
  }
  if (kept[0] !== undefined) return place('basis', kept[0])
  if (inExpected.length > 1) return several
  return left ?? { kind: 'conflict', changedBy: 'turn', oldText: wanted, rung: 'exact' }
}

const line = fc.constantFrom('a', 'b', 'c', 'd', 'e', '', '}')
const search = fc.array(line, { minLength: 1, maxLength: 2 }).filter((lines) => lines.join('') !== '')
const turnStep = fc.record({ by: fc.constant('turn' as const), search, replace: fc.array(line, { maxLength: 3 }) })
const othersStep = fc.record({
  by: fc.constant('others' as const),
  at: fc.nat(),
  length: fc.nat(3),
  text: fc.constantFrom('', 'H', 'HH\n', 'x'),
})

test('locates as looking at every character does, during a turn among people who type', () => {
  const seen = new Set<string>()
  fc.assert(
    fc.property(
      fc.array(line, { maxLength: 8 }),
      fc.array(fc.oneof(turnStep, othersStep), { maxLength: 12 }),
      (start, steps) => {
        const basis = createFileBasis(lineText(start))
        const read = characters(lineText(start))
        const expected = [...read]
        const live = [...read]
        for (const step of steps) {
          if (step.by === 'others') {
            const at = step.at % (live.length + 1)
            const removed = live.splice(at, step.length, ...characters(step.text))
            basis.recordForeignEdit(at, at + removed.length, step.text.length)
            continue
          }
          const found = basis.locate(step.search)
          expect(found).toEqual(locateByHand(read, expected, live, step.search))
          seen.add(found.kind)
          if (found.kind !== 'located') continue
          const inserted = characters(lineText(step.replace))
          expected.splice(found.expectedStart, found.oldText.length, ...inserted)
          live.splice(found.liveStart, found.oldText.length, ...inserted)
          basis.recordOwnEdit(found.expectedStart, found.expectedEnd, lineText(step.replace))
          expect(basis.expectedText).toBe(join(expected))
        }
      },
    ),
    { numRuns: 1000 },
  )
  expect([...seen].toSorted()).toEqual(['ambiguous', 'conflict', 'located', 'unmatched'])
})
