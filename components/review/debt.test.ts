import { expect, test } from 'vitest'
import { debtOf, look, lookMs, nextDueMs, nextOwed, nothingLooked, show } from './debt.ts'
import { hunk } from './testing/changes.ts'

test('A hunk that stays on screen long enough is looked at.', () => {
  const shown = show(nothingLooked, ['a'], 1_000)
  expect([look(shown, 1_000 + lookMs - 1).looked, look(shown, 1_000 + lookMs).looked]).toEqual([new Set(), new Set(['a'])])
})

test('A hunk that leaves the screen too early begins anew when it comes back.', () => {
  const back = show(show(show(nothingLooked, ['a'], 0), [], 900), ['a'], 950)
  expect([look(back, 1_900).looked, look(back, 950 + lookMs).looked]).toEqual([new Set(), new Set(['a'])])
})

test('A hunk goes on being on screen while others come and go.', () => {
  const scrolled = show(show(nothingLooked, ['a', 'b'], 0), ['b', 'c'], 600)
  expect(look(scrolled, lookMs)).toEqual({ looked: new Set(['b']), onScreen: new Map([['c', 600]]) })
})

test('What was on screen long enough counts although nobody asked in between.', () => {
  expect(show(show(nothingLooked, ['a'], 0), [], lookMs + 5).looked).toEqual(new Set(['a']))
})

test('The same hunks on screen are the same value, so that nothing is drawn anew.', () => {
  const shown = show(nothingLooked, ['a'], 0)
  expect(show(shown, ['a'], 10)).toEqual(shown)
  expect(look(shown, 10)).toBe(shown)
})

test('The next moment to look again is when the hunk that is on screen longest is due.', () => {
  expect([nextDueMs(nothingLooked), nextDueMs(show(show(nothingLooked, ['a'], 100), ['a', 'b'], 300))]).toEqual([
    undefined,
    100 + lookMs,
  ])
})

test('Debt is what stands in the text, waits for a decision and was not looked at.', () => {
  const hunks = [
    hunk({ hunkId: 'owed', addedLines: 5, deletedLines: 2 }),
    hunk({ hunkId: 'new file', kind: 'create', addedLines: 30, deletedLines: 0 }),
    hunk({ hunkId: 'looked', addedLines: 9 }),
    hunk({ hunkId: 'accepted', state: 'accepted' }),
    hunk({ hunkId: 'proposal', state: 'unmatched' }),
    hunk({ hunkId: 'streaming', state: 'streaming' }),
    hunk({ hunkId: 'deletion', kind: 'delete', deletedLines: 80 }),
  ]
  expect(debtOf(hunks, new Set(['looked']))).toEqual({ hunks: 2, lines: 37 })
})

test('The next one to look at is the topmost of the shown file, then of the first file by path.', () => {
  const files = [{ fileId: 'a' }, { fileId: 'b' }]
  const lines: Record<string, number> = { a1: 9, b1: 40, b2: 4 }
  const hunks = [
    hunk({ hunkId: 'a1', fileId: 'a' }),
    hunk({ hunkId: 'b1', fileId: 'b' }),
    hunk({ hunkId: 'b2', fileId: 'b' }),
    hunk({ hunkId: 'gone', fileId: 'no longer there' }),
  ]
  const next = (looked: string[], shown: string | null) =>
    nextOwed(hunks, new Set(looked), files, shown, ({ hunkId }) => lines[hunkId])
  expect([next([], 'b'), next(['b2'], 'b'), next(['b1', 'b2'], 'b'), next([], null), next(['a1', 'b1', 'b2'], 'a')]).toEqual([
    'b2',
    'b1',
    'a1',
    'a1',
    undefined,
  ])
})
