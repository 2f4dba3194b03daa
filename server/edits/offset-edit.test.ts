import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createOffsetEdit, type Around, type Range } from './offset-edit.ts'

describe('edges', () => {
  test('without edits everything maps to itself', () => {
    expect(createOffsetEdit().map({ start: 2, end: 5 })).toEqual({ start: 2, end: 5 })
  })

  test('an insertion at an edge of a range stays outside, one inside it overlaps', () => {
    const edit = createOffsetEdit()
    edit.replaceTo(3, 3, 2)
    expect(edit.map({ start: 0, end: 3 })).toEqual({ start: 0, end: 3 })
    expect(edit.map({ start: 3, end: 6 })).toEqual({ start: 5, end: 8 })
    expect(edit.map({ start: 2, end: 4 })).toBe('overlaps')
  })

  test('replaced text overlaps the ranges that share a character with it', () => {
    const edit = createOffsetEdit()
    edit.replaceTo(3, 5, 1)
    expect(edit.map({ start: 0, end: 3 })).toEqual({ start: 0, end: 3 })
    expect(edit.map({ start: 5, end: 7 })).toEqual({ start: 4, end: 6 })
    for (const [start, end] of [
      [2, 4],
      [4, 6],
      [3, 5],
      [0, 9],
    ] as const)
      expect(edit.map({ start, end })).toBe('overlaps')
  })

  test('an empty range follows what was inserted at its place and overlaps only replaced text around it', () => {
    const inserted = createOffsetEdit()
    inserted.replaceTo(3, 3, 2)
    expect(inserted.map({ start: 3, end: 3 })).toEqual({ start: 5, end: 5 })
    const replaced = createOffsetEdit()
    replaced.replaceTo(3, 6, 1)
    expect(replaced.map({ start: 3, end: 3 })).toEqual({ start: 3, end: 3 })
    expect(replaced.map({ start: 4, end: 4 })).toBe('overlaps')
    expect(replaced.map({ start: 6, end: 6 })).toEqual({ start: 4, end: 4 })
  })

  test('edits that touch are one: a range between them is gone', () => {
    const edit = createOffsetEdit()
    edit.replaceTo(0, 2, 1)
    edit.replaceTo(1, 3, 4)
    expect(edit.map({ start: 2, end: 2 })).toBe('overlaps')
    expect(edit.map({ start: 4, end: 4 })).toEqual({ start: 5, end: 5 })
  })

  test('an edit of both texts shifts what follows it and is refused over an edit of the target', () => {
    const edit = createOffsetEdit()
    edit.replaceTo(2, 4, 5)
    expect(edit.replaceBoth(0, 1, 3)).toEqual({ start: 0, end: 1 })
    expect(edit.map({ start: 6, end: 8 })).toEqual({ start: 9, end: 11 })
    expect(() => edit.replaceBoth(5, 7, 0)).toThrow(RangeError)
  })
})

/** Two texts as lists of characters with identity: the meaning of an offset edit without offsets. */
function createModel(length: number) {
  let next = length
  const fresh = (count: number) => Array.from({ length: count }, () => next++)
  const from = Array.from({ length }, (_, i) => i)
  const to = [...from]
  function map({ start, end }: Range): Range | 'overlaps' {
    const places = from.slice(start, end).map((character) => to.indexOf(character))
    const [first] = places
    if (first !== undefined)
      return places.every((place, i) => place === first + i && first >= 0)
        ? { start: first, end: first + places.length }
        : 'overlaps'
    const [left, right] = [from[start - 1], from[start]]
    const before = left === undefined ? 0 : to.indexOf(left) + 1
    const after = right === undefined ? to.length : to.indexOf(right)
    if (after >= 0) return { start: after, end: after }
    return left === undefined || before > 0 ? { start: before, end: before } : 'overlaps'
  }
  return {
    from,
    to,
    map,
    replaceTo: (start: number, end: number, count: number) => void to.splice(start, end - start, ...fresh(count)),
    replaceBoth(start: number, end: number, count: number) {
      const live = map({ start, end })
      if (live === 'overlaps') throw new RangeError()
      const inserted = fresh(count)
      from.splice(start, end - start, ...inserted)
      to.splice(live.start, live.end - live.start, ...inserted)
      return live
    },
    /** Both texts of `around` become the same fresh characters, of which `to` then lacks one and has two others. */
    rewrite({ from: inFrom, to: inTo }: Around, length: number, at: number) {
      const inserted = fresh(length)
      from.splice(inFrom.start, inFrom.end - inFrom.start, ...inserted)
      to.splice(inTo.start, inTo.end - inTo.start, ...inserted.toSpliced(at, 1, ...fresh(2)))
    },
  }
}

function attempt(call: () => Range): Range | 'refused' {
  try {
    return call()
  } catch (error) {
    if (error instanceof RangeError) return 'refused'
    throw error
  }
}

/** Nothing that is kept stands in the one text inside and in the other outside; a range that is kept whole is not widened. */
function expectAround({ from, to }: Around, range: Range, model: ReturnType<typeof createModel>): void {
  expect(from.start).toBeLessThanOrEqual(range.start)
  expect(from.end).toBeGreaterThanOrEqual(range.end)
  const kept = model.map(range)
  expect(kept === 'overlaps' ? 'overlaps' : { from, to }).toEqual(kept === 'overlaps' ? kept : { from: range, to: kept })
  model.from.forEach((character, index) => {
    const place = model.to.indexOf(character)
    if (place < 0) return
    expect(place >= to.start && place < to.end).toBe(index >= from.start && index < from.end)
  })
}

const operation = fc.record({
  on: fc.constantFrom('to', 'to', 'both', 'around'),
  at: fc.nat(),
  length: fc.nat(4),
  inserted: fc.nat(3),
})

test('maps every range as a text of characters with identity does, after any edits of the target and of both', () => {
  fc.assert(
    fc.property(fc.nat(12), fc.array(operation, { maxLength: 12 }), (length, operations) => {
      const edit = createOffsetEdit()
      const model = createModel(length)
      for (const { on, at, length, inserted } of operations) {
        const text = on === 'to' ? model.to : model.from
        const start = at % (text.length + 1)
        const end = Math.min(text.length, start + length)
        if (on === 'to') {
          model.replaceTo(start, end, inserted)
          edit.replaceTo(start, end, inserted)
          continue
        }
        if (on === 'around') {
          const around = edit.around({ start, end })
          expectAround(around, { start, end }, model)
          const at = Math.min(inserted, 2)
          model.rewrite(around, 3, at)
          edit.rewrite(around, 3, [{ start: at, end: at + 1, text: 'xx' }])
          continue
        }
        expect(attempt(() => edit.replaceBoth(start, end, inserted))).toEqual(
          attempt(() => model.replaceBoth(start, end, inserted)),
        )
      }
      for (let start = 0; start <= model.from.length; start += 1)
        for (let end = start; end <= model.from.length; end += 1)
          expect([start, end, edit.map({ start, end })]).toEqual([start, end, model.map({ start, end })])
    }),
    { numRuns: 1000 },
  )
})
