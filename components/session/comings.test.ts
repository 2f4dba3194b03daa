import { expect, test } from 'vitest'
import { Comings } from './comings.ts'
import { manualClock } from './testing/manual-time.ts'

function comings() {
  const clock = manualClock()
  const told: { came: string[]; left: string[] }[] = []
  const watched = new Comings(clock, (who) => told.push(who))
  watched.see(['me', 'mara'])
  return { clock, told, watched }
}

test('whom one finds is not told; who comes within a moment is told together', () => {
  const { clock, told, watched } = comings()
  watched.see(['me', 'mara', 'jonas'])
  clock.advance(500)
  watched.see(['me', 'mara', 'jonas', 'li'])
  clock.advance(1_500)
  expect(told).toEqual([{ came: ['jonas', 'li'], left: [] }])
})

test('who is back within ten seconds was never away', () => {
  const { clock, told, watched } = comings()
  watched.see(['me'])
  clock.advance(9_000)
  watched.see(['me', 'mara'])
  clock.advance(30_000)
  expect(told).toEqual([])
})

test('who stays away is told as gone, and as come when they are back later', () => {
  const { clock, told, watched } = comings()
  watched.see(['me'])
  clock.advance(10_000)
  clock.advance(1_500)
  watched.see(['me', 'mara'])
  clock.advance(1_500)
  expect(told).toEqual([
    { came: [], left: ['mara'] },
    { came: ['mara'], left: [] },
  ])
})

test('who comes and goes at once is not mentioned', () => {
  const { clock, told, watched } = comings()
  watched.see(['me', 'mara', 'jonas'])
  watched.see(['me', 'mara'])
  clock.advance(30_000)
  expect(told).toEqual([])
})

test('nothing is told after the page is closed', () => {
  const { clock, told, watched } = comings()
  watched.see(['me'])
  watched.see(['me', 'jonas'])
  watched.close()
  clock.advance(30_000)
  expect(told).toEqual([])
})
