import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createFileBasis, type FileBasis } from './file-basis.ts'
import { placeOfSearch } from './search-place.ts'

/** Where the lines are, and where that is in the live text. */
function locate(basis: FileBasis, oldLines: readonly string[], newLines?: readonly string[]) {
  const place = placeOfSearch(basis, oldLines, newLines)
  return place.kind === 'one' ? { ...place, live: basis.toLive(place) } : place
}

describe('where old lines are', () => {
  test('in the basis, mapped past what others wrote since', () => {
    const basis = createFileBasis('a\nb\nc\n')
    basis.recordForeignEdit(0, 0, 10)
    expect(locate(basis, ['b'])).toEqual({
      kind: 'one',
      in: 'basis',
      start: 2,
      end: 4,
      live: { start: 12, end: 14 },
      rung: 'exact',
    })
  })

  test('in the expected text, when an earlier hunk of the turn wrote them', () => {
    const basis = createFileBasis('a\nb\nc\n')
    basis.recordForeignEdit(0, 0, 1)
    expect(basis.recordOwnEdit(2, 4, 'new\nb2\n')).toEqual({ start: 3, end: 5 })
    expect(basis.expectedText).toBe('a\nnew\nb2\nc\n')
    expect(locate(basis, ['new'])).toMatchObject({ kind: 'one', in: 'expected', start: 2, end: 6, live: { start: 3, end: 7 } })
    expect(locate(basis, ['c'])).toMatchObject({ kind: 'one', in: 'basis', start: 9, live: { start: 10, end: 12 } })
  })

  test('in the expected text, when the place in the basis was part of an earlier hunk that kept the line', () => {
    const basis = createFileBasis('a\nb\nc\n')
    basis.recordOwnEdit(0, 4, 'x\nb\n')
    expect(locate(basis, ['b', 'c'])).toMatchObject({ kind: 'one', in: 'expected', start: 2, end: 6 })
  })

  test('nowhere, when an earlier hunk of the turn replaced them', () => {
    const basis = createFileBasis('a\nb\nc\n')
    basis.recordOwnEdit(2, 4, 'x\n')
    expect(locate(basis, ['b'])).toEqual({ kind: 'taken', oldText: 'b\n' })
  })

  test('in what is left, when an earlier hunk replaced one of two', () => {
    const basis = createFileBasis('f\nx\ng\nx\n')
    const ranges = [
      { start: 2, end: 4 },
      { start: 6, end: 8 },
    ]
    expect(locate(basis, ['x'])).toEqual({ kind: 'several', in: 'basis', lines: [2, 4], ranges })
    basis.recordOwnEdit(0, 4, 'f\ny\n')
    expect(locate(basis, ['x'])).toMatchObject({ kind: 'one', in: 'expected', start: 6, end: 8 })
  })

  test('behind the last hunk, when only one of several is there', () => {
    const basis = createFileBasis('x\na\nx\nb\n')
    expect(placeOfSearch(basis, ['x'], ['y'], 4)).toMatchObject({ kind: 'one', start: 4, end: 6 })
    expect(placeOfSearch(basis, ['x'], ['y'], 0)).toMatchObject({ kind: 'several' })
    expect(placeOfSearch(basis, ['x'], ['y'], 6)).toMatchObject({ kind: 'several' })
  })

  test('ambiguous, when the turn itself wrote the lines more than once', () => {
    const basis = createFileBasis('a\n')
    basis.recordOwnEdit(2, 2, 'b\nb\n')
    expect(locate(basis, ['b'])).toMatchObject({ kind: 'several', in: 'expected', lines: [2, 3] })
  })

  test('unmatched in the live text: what others wrote is never searched', () => {
    const basis = createFileBasis('a\n')
    basis.recordForeignEdit(2, 2, 2)
    expect(locate(basis, ['b'])).toEqual({ kind: 'none' })
  })

  test('changed by others, when somebody changed the range meanwhile, but not when they wrote at its edge', () => {
    const edges = createFileBasis('a\nb\nc\n')
    edges.recordForeignEdit(4, 4, 3)
    edges.recordForeignEdit(2, 2, 3)
    expect(locate(edges, ['b'])).toMatchObject({ live: { start: 5, end: 7 } })
    const inside = createFileBasis('a\nb\nc\n')
    inside.recordForeignEdit(3, 3, 1)
    expect(locate(inside, ['b'])).toMatchObject({ start: 2, end: 4, live: 'overlaps' })
  })

  test('changed by others, when the hunk that wrote the lines was rejected meanwhile', () => {
    const basis = createFileBasis('a\nb\nc\n')
    basis.recordOwnEdit(2, 4, 'x\n')
    basis.recordForeignEdit(2, 4, 2)
    expect(locate(basis, ['x'])).toMatchObject({ in: 'expected', live: 'overlaps' })
  })

  test('an empty search is the end, after what the turn and others appended', () => {
    const basis = createFileBasis('a\n')
    basis.recordOwnEdit(2, 2, 'b\n')
    basis.recordForeignEdit(4, 4, 5)
    expect(locate(basis, [])).toEqual({
      kind: 'one',
      in: 'expected',
      start: 4,
      end: 4,
      live: { start: 9, end: 9 },
      rung: 'exact',
    })
  })

  test('retries only for a finished block, with the lines to write', () => {
    const basis = createFileBasis('a\nb\nc\n')
    expect(locate(basis, ['', 'b'])).toEqual({ kind: 'none' })
    expect(locate(basis, ['', 'b'], ['', 'x'])).toMatchObject({ kind: 'one', start: 2, newLines: ['x'] })
    expect(locate(basis, ['a', '...', 'c'], ['x', '...', 'y'])).toMatchObject({ kind: 'one', newLines: ['x', 'b', 'y'] })
  })
})

/** A character with identity, so that text that was retyped is not taken for the same. */
type Character = { text: string }
const characters = (text: string): Character[] => text.split('').map((text) => ({ text }))
const join = (characters: Character[]) => characters.map(({ text }) => text).join('')
const lineText = (lines: string[]) => lines.map((line) => `${line}\n`).join('')

/** What a place means, told by looking at every place and every character. All lines end with LF; the search is not empty. */
function locateByHand(basis: Character[], expected: Character[], live: Character[], search: string[]): unknown {
  const wanted = lineText(search)
  const hits = (all: Character[]) =>
    all.map((_, i) => i).filter((i) => (i === 0 || all[i - 1]?.text === '\n') && join(all).startsWith(wanted, i))
  const follow = (all: Character[], start: number, into: Character[]) => {
    const at = into.findIndex((character) => character === all[start])
    const kept = at >= 0 && all.slice(start, start + wanted.length).every((character, i) => into[at + i] === character)
    return kept ? at : undefined
  }
  const rangeAt = (start: number) => ({ start, end: start + wanted.length })
  const place = (where: 'basis' | 'expected', start: number) => {
    const liveStart = follow(expected, start, live)
    const inLive = liveStart === undefined ? 'overlaps' : rangeAt(liveStart)
    return { kind: 'one', in: where, ...rangeAt(start), live: inLive, rung: 'exact' }
  }
  const lineAt = (all: Character[], at: number) => join(all.slice(0, at)).split('\n').length
  const inBasis = hits(basis)
  const inExpected = hits(expected)
  const [only, second] = inExpected
  const left = only !== undefined && second === undefined ? place('expected', only) : undefined
  const lines = inExpected.map((at) => lineAt(expected, at))
  const several = { kind: 'several', in: 'expected', lines, ranges: inExpected.map(rangeAt) }
  const kept = inBasis.map((at) => follow(basis, at, expected))
  if (inBasis.length === 0) return left ?? (inExpected.length === 0 ? { kind: 'none' } : several)
  if (inBasis.length > 1) {
    const ranges = kept.filter((at) => at !== undefined).map(rangeAt)
    const ambiguous = { kind: 'several', in: 'basis', lines: inBasis.map((at) => lineAt(basis, at)), ranges }
    return kept.includes(undefined) ? (left ?? ambiguous) : ambiguous
  }
  if (kept[0] !== undefined) return place('basis', kept[0])
  if (inExpected.length > 1) return several
  return left ?? { kind: 'taken', oldText: wanted }
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
          const found = locate(basis, step.search)
          expect(found).toEqual(locateByHand(read, expected, live, step.search))
          seen.add(found.kind)
          if (found.kind !== 'one' || found.live === 'overlaps') continue
          const inserted = characters(lineText(step.replace))
          expected.splice(found.start, found.end - found.start, ...inserted)
          live.splice(found.live.start, found.end - found.start, ...inserted)
          basis.recordOwnEdit(found.start, found.end, lineText(step.replace))
          expect(basis.expectedText).toBe(join(expected))
        }
      },
    ),
    { numRuns: 1000 },
  )
  expect([...seen].toSorted()).toEqual(['none', 'one', 'several', 'taken'])
})
