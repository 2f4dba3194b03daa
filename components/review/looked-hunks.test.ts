import { manualClock } from '#session/testing/manual-time.ts'
import { expect, test } from 'vitest'
import { lookMs } from './debt.ts'
import { LookedHunks } from './looked-hunks.ts'

function make(kept: string[] = []) {
  const clock = manualClock()
  const written: string[][] = []
  const looked = new LookedHunks({ clock, storage: { read: () => kept, write: (hunkIds) => written.push(hunkIds) } })
  return { clock, looked, written }
}

test('Looking is noticed when its time is over, told once and kept.', () => {
  const { clock, looked, written } = make(['before'])
  let told = 0
  looked.subscribe(() => told++)
  looked.show(['a', 'b'])
  clock.advance(lookMs - 1)
  expect({ told, seen: looked.read() }).toEqual({ told: 0, seen: new Set(['before']) })
  clock.advance(1)
  expect({ told, seen: looked.read(), written }).toEqual({
    told: 1,
    seen: new Set(['before', 'a', 'b']),
    written: [['before', 'a', 'b']],
  })
})

test('Nothing is looked at while the editor cannot be seen.', () => {
  const { clock, looked } = make()
  looked.setVisible(false)
  looked.show(['a'])
  clock.advance(10 * lookMs)
  expect(looked.read()).toEqual(new Set())
  looked.setVisible(true)
  clock.advance(lookMs)
  expect(looked.read()).toEqual(new Set(['a']))
})

test('A window that is hidden in between begins the time anew.', () => {
  const { clock, looked } = make()
  looked.show(['a'])
  clock.advance(lookMs - 100)
  looked.setVisible(false)
  looked.setVisible(true)
  clock.advance(200)
  expect(looked.read()).toEqual(new Set())
})

test('Nothing is noticed after it was closed.', () => {
  const { clock, looked, written } = make()
  looked.show(['a'])
  looked.close()
  clock.advance(lookMs)
  expect(written).toEqual([])
})
