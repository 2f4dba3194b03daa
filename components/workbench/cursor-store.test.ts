import { expect, test } from 'vitest'
import { createCursorStore } from './cursor-store.ts'

const place = { fileId: 'f', line: 3, column: 4, selectionLength: 0, fromLine: 3, toLine: 3 }

test('Moving the cursor tells listeners and selects nothing.', () => {
  const store = createCursorStore()
  let told = 0
  const stop = store.subscribe(() => told++)
  store.set(place)
  stop()
  store.set(null)
  expect({ told, selection: store.readSelection() }).toEqual({ told: 1, selection: null })
})

test('A selection keeps its identity while it covers the same lines.', () => {
  const store = createCursorStore()
  store.set({ ...place, selectionLength: 2 })
  const first = store.readSelection()
  store.set({ ...place, selectionLength: 5 })
  expect(store.readSelection()).toBe(first)
  expect(first).toEqual({ fileId: 'f', fromLine: 3, toLine: 3 })
  store.set({ ...place, selectionLength: 9, toLine: 5 })
  expect(store.readSelection()).toEqual({ fileId: 'f', fromLine: 3, toLine: 5 })
  store.set(place)
  expect(store.readSelection()).toBeNull()
})
