import { expect, test } from 'vitest'
import { displayKeys, isMac, matchesKeys, type KeyPress } from './key-combination.ts'

const press = (key: string, code: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

test('Mod is Ctrl, and ⌘ on a Mac.', () => {
  const ctrl = press('b', 'KeyB', { ctrlKey: true })
  const command = press('b', 'KeyB', { metaKey: true })
  expect([matchesKeys(ctrl, 'Mod+B', false), matchesKeys(command, 'Mod+B', false)]).toEqual([true, false])
  expect([matchesKeys(ctrl, 'Mod+B', true), matchesKeys(command, 'Mod+B', true)]).toEqual([false, true])
})

test('No modifier may be missing or left over.', () => {
  const pressed = press('P', 'KeyP', { ctrlKey: true, shiftKey: true })
  expect(matchesKeys(pressed, 'Mod+Shift+P', false)).toBe(true)
  expect(matchesKeys(pressed, 'Mod+P', false)).toBe(false)
  expect(matchesKeys(press('p', 'KeyP', { ctrlKey: true }), 'Mod+Shift+P', false)).toBe(false)
})

test('A letter goes by what the layout types; where that is no Latin letter, by its place.', () => {
  const dvorakP = press('p', 'KeyR', { ctrlKey: true })
  const dvorakL = press('l', 'KeyP', { ctrlKey: true })
  const cyrillic = press('з', 'KeyP', { ctrlKey: true })
  const optionOnMac = press('∑', 'KeyW', { altKey: true })
  expect(matchesKeys(dvorakP, 'Mod+P', false)).toBe(true)
  expect(matchesKeys(dvorakL, 'Mod+P', false)).toBe(false)
  expect(matchesKeys(cyrillic, 'Mod+P', false)).toBe(true)
  expect(matchesKeys(optionOnMac, 'Alt+W', true)).toBe(true)
})

test('Named keys go by their name.', () => {
  expect(matchesKeys(press('F1', 'F1'), 'F1', false)).toBe(true)
  expect(matchesKeys(press('PageDown', 'PageDown', { altKey: true }), 'Alt+PageDown', false)).toBe(true)
})

test('Combinations are shown as each platform writes them.', () => {
  expect(displayKeys('Mod+Shift+P', false)).toBe('Ctrl+Shift+P')
  expect(displayKeys('Mod+Shift+P', true)).toBe('⇧⌘P')
  expect(displayKeys('Alt+PageDown', false)).toBe('Alt+PgDn')
  expect(displayKeys('F1', true)).toBe('F1')
})

test('Macs and iPads have ⌘.', () => {
  expect(['MacIntel', 'iPad', 'Linux x86_64', 'Win32'].map(isMac)).toEqual([true, true, false, false])
})
