import { expect, test } from 'vitest'
import { commandEntries, keysOf } from './commands.ts'
import { displayKeys } from '#ui/key-combination.ts'

/** Browsers keep these for themselves; a page that binds them promises what it cannot hold. */
const keptByBrowsers = [
  'Mod+N',
  'Mod+T',
  'Mod+W',
  'Mod+Shift+N',
  'Mod+Shift+T',
  'Mod+Shift+W',
  'Ctrl+Tab',
  'Mod+PageUp',
  'Mod+PageDown',
]

const twice = (values: string[]) => values.filter((value, place) => values.indexOf(value) !== place)

test('Every command has its own id and its own title.', () => {
  expect(twice(commandEntries.map((entry) => entry.id))).toEqual([])
  expect(twice(commandEntries.map((entry) => entry.title))).toEqual([])
})

test.each([false, true])('No two commands share a combination (Mac: %s).', (mac) => {
  expect(twice(commandEntries.flatMap((entry) => keysOf(entry, mac)).map((keys) => displayKeys(keys, mac)))).toEqual([])
})

test.each([false, true])('No command binds what browsers keep for themselves (Mac: %s).', (mac) => {
  const bound = commandEntries.flatMap((entry) => keysOf(entry, mac))
  expect(bound.filter((keys) => keptByBrowsers.includes(keys))).toEqual([])
})
