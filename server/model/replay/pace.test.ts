import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPace } from './pace.ts'

test('without jitter tokens are due at equal distances', () => {
  const pace = createPace({ tokensPerSecond: 1000, jitter: 0, seed: 1 }, 4)
  expect([0, 1, 2, 3].map(pace)).toEqual([0, 1, 2, 3])
})

test('a rate of 0 makes everything due at once', () => {
  const pace = createPace({ tokensPerSecond: 0, jitter: 1, seed: 1 }, 4)
  expect([0, 1, 2, 3].map(pace)).toEqual([0, 0, 0, 0])
})

test('jitter delays tokens into bursts that the seed decides, and the last token keeps its time', () => {
  fc.assert(
    fc.property(
      fc.record({
        tokensPerSecond: fc.integer({ min: 1, max: 5000 }),
        jitter: fc.double({ min: 0.01, max: 1, noNaN: true }),
        seed: fc.nat(),
      }),
      fc.integer({ min: 1, max: 500 }),
      (options, count) => {
        const duesOf = () => Array.from({ length: count }, (_, index) => index).map(createPace(options, count))
        const dues = duesOf()
        expect(duesOf()).toEqual(dues)
        expect(dues[0]).toBe(0)
        expect(dues.at(-1)).toBeCloseTo(((count - 1) * 1000) / options.tokensPerSecond, 6)
        for (const [index, due] of dues.entries()) {
          expect(due).toBeGreaterThanOrEqual((index * 1000) / options.tokensPerSecond - 1e-6)
          expect(due).toBeLessThanOrEqual((index * 1000) / options.tokensPerSecond + 100)
          expect(due).toBeGreaterThanOrEqual(dues[index - 1] ?? 0)
        }
      },
    ),
  )
})

test('full jitter at 3,000 tokens/s gathers a second of tokens into a few dozen bursts', () => {
  const pace = createPace({ tokensPerSecond: 3000, jitter: 1, seed: 7 }, 3000)
  const bursts = new Set(Array.from({ length: 3000 }, (_, index) => pace(index)))
  expect(bursts.size).toBeGreaterThan(10)
  expect(bursts.size).toBeLessThan(60)
})
