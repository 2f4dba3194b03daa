import fc from 'fast-check'
import { expect, test } from 'vitest'
import { closeOtherTabs, closeTab, keepTabs, noTabs, openTab, reopenTab, stepTab, tabLabels, type Tabs } from './tabs.ts'

const tabs = (open: string[], active: string | null, closed: string[] = []): Tabs => ({ open, active, closed })

test('A new tab opens to the right of the shown one; a known one is only shown.', () => {
  expect(openTab(tabs(['a', 'b'], 'a'), 'c')).toEqual(tabs(['a', 'c', 'b'], 'c'))
  expect(openTab(tabs(['a', 'b'], 'a'), 'b')).toEqual(tabs(['a', 'b'], 'b'))
})

test('A tab in the background goes to the end and shows itself only where nothing is shown.', () => {
  expect(openTab(tabs(['a', 'b'], 'a'), 'c', true)).toEqual(tabs(['a', 'b', 'c'], 'a'))
  expect(openTab(noTabs, 'c', true)).toEqual(tabs(['c'], 'c'))
})

test('Closing the shown tab shows its right neighbour, else its left one, else nothing.', () => {
  expect(closeTab(tabs(['a', 'b', 'c'], 'b'), 'b')).toEqual(tabs(['a', 'c'], 'c', ['b']))
  expect(closeTab(tabs(['a', 'b'], 'b'), 'b')).toEqual(tabs(['a'], 'a', ['b']))
  expect(closeTab(tabs(['a'], 'a'), 'a')).toEqual(tabs([], null, ['a']))
  expect(closeTab(tabs(['a', 'b'], 'a'), 'b')).toEqual(tabs(['a'], 'a', ['b']))
})

test('Closing the others leaves one tab; reopening brings them back, the last closed first.', () => {
  const alone = closeOtherTabs(tabs(['a', 'b', 'c'], 'a'), 'b')
  expect(alone).toEqual(tabs(['b'], 'b', ['c', 'a']))
  expect(reopenTab(alone)).toEqual(tabs(['b', 'c'], 'c', ['a']))
})

test('Stepping goes around both ends.', () => {
  expect(stepTab(tabs(['a', 'b', 'c'], 'c'), 1).active).toBe('a')
  expect(stepTab(tabs(['a', 'b', 'c'], 'a'), -1).active).toBe('c')
})

test('Tabs of deleted files go and cannot be reopened; nothing else changes.', () => {
  expect(keepTabs(tabs(['a', 'b'], 'b', ['c']), (fileId) => fileId === 'a')).toEqual(tabs(['a'], 'a'))
  const all = tabs(['a', 'b'], 'b')
  expect(keepTabs(all, () => true)).toBe(all)
})

test('Whatever is done, the shown tab is an open one, no file has two tabs, and no closed one is open.', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd')
  const step = fc.oneof(
    id.map((fileId) => (now: Tabs) => openTab(now, fileId)),
    id.map((fileId) => (now: Tabs) => openTab(now, fileId, true)),
    id.map((fileId) => (now: Tabs) => closeTab(now, fileId)),
    fc.integer({ min: -3, max: 3 }).map((places) => (now: Tabs) => stepTab(now, places)),
    fc.constant(reopenTab),
  )
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const { open, active, closed } = steps.reduce((now, apply) => apply(now), noTabs)
      expect(new Set(open).size).toBe(open.length)
      expect(open.some((fileId) => closed.includes(fileId))).toBe(false)
      expect(open.length === 0 ? active === null : active !== null && open.includes(active)).toBe(true)
    }),
  )
})

test('Only files that share a name show their folder.', () => {
  expect(tabLabels(['src/index.ts', 'test/index.ts', 'index.ts', 'src/game.ts'])).toEqual([
    { name: 'index.ts', folder: 'src' },
    { name: 'index.ts', folder: 'test' },
    { name: 'index.ts', folder: '/' },
    { name: 'game.ts' },
  ])
})
