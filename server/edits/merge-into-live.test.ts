import { expect, test } from 'vitest'
import { createFileBasis } from './file-basis.ts'
import { mergeIntoLive } from './merge-into-live.ts'

/** A basis and the live text in which others have replaced `search` by `replace`. */
function changedByOthers(basisText: string, ...edits: [search: string, replace: string][]) {
  const basis = createFileBasis(basisText)
  let live = basisText
  for (const [search, replace] of edits) {
    const start = live.indexOf(search)
    live = live.slice(0, start) + replace + live.slice(start + search.length)
    basis.recordForeignEdit(start, start + search.length, replace.length)
  }
  return { basis, live }
}

const range = (text: string, part: string) => ({ start: text.indexOf(part), end: text.indexOf(part) + part.length })

test('What a person wrote on a line that the model leaves alone is kept beside what the model changes.', () => {
  const text = 'one\ntwo\nthree\n'
  const { basis, live } = changedByOthers(text, ['one', 'one!'])
  expect(basis.toLive(range(text, 'one\ntwo\n'))).toBe('overlaps')
  const merge = mergeIntoLive(basis, live, range(text, 'one\ntwo\n'), 'one\nTWO\n')
  expect(merge).toMatchObject({ kind: 'clean', ours: 'one!\ntwo\n', live: 'one!\nTWO\n', place: { to: { start: 0, end: 9 } } })
})

test('The same line changed by both is a conflict, which says what the model wants and keeps the rest of what people wrote.', () => {
  const text = 'one\ntwo\nthree\n'
  const { basis, live } = changedByOthers(text, ['two', 'TWO'], ['three', 'drei'])
  expect(mergeIntoLive(basis, live, range(text, 'two\nthree\n'), 'zwei\nthree\n')).toMatchObject({
    kind: 'conflict',
    ours: 'TWO\ndrei\n',
    live: 'zwei\ndrei\n',
  })
})

test('The place is widened to whole lines where others deleted across its edge.', () => {
  const text = 'one\ntwo\nthree\nfour\n'
  const { basis, live } = changedByOthers(text, ['o\nth', ''])
  const { place, base } = mergeIntoLive(basis, live, range(text, 'two\n'), 'zwei\n')
  expect(base).toBe('two\nthree\n')
  expect(live.slice(place.to.start, place.to.end)).toBe('twree\n')
})

test('After a merge both texts go on from what they hold now.', () => {
  const text = 'one\ntwo\nthree\n'
  const { basis, live } = changedByOthers(text, ['one', 'one!'])
  const { place, expected, live: merged } = mergeIntoLive(basis, live, range(text, 'one\ntwo\n'), 'one\nTWO\nmore\n')
  basis.recordMerge(place, expected, merged)
  expect(basis.expectedText).toBe('one\nTWO\nmore\nthree\n')
  const now = merged + live.slice(place.to.end)
  expect(now).toBe('one!\nTWO\nmore\nthree\n')
  for (const line of ['TWO\n', 'more\n', 'three\n']) {
    expect(basis.toLive(range(basis.expectedText, line))).toEqual(range(now, line))
  }
  expect(basis.toLive(range(basis.expectedText, 'one\n'))).toBe('overlaps')
  expect(basis.toExpected(range(text, 'three\n'))).toEqual(range(basis.expectedText, 'three\n'))
})
