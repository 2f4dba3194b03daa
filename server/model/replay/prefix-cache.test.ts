import { expect, test } from 'vitest'
import { createPrefixCache, prefixBlocks } from './prefix-cache.ts'
import { createTestClock } from './test-clock.ts'

const ids = (length: number, changedAt = -1) =>
  Uint32Array.from({ length }, (_, index) => (index === changedAt ? 7777 : index % 1000))

test('a prompt shares the full blocks before its first difference', () => {
  const cache = createPrefixCache(createTestClock())
  cache.remember(prefixBlocks('gpt-oss-120b', ids(1000)))
  expect(cache.cachedTokens(prefixBlocks('gpt-oss-120b', ids(1000)))).toBe(896)
  expect(cache.cachedTokens(prefixBlocks('gpt-oss-120b', ids(1000, 300)))).toBe(256)
  expect(cache.cachedTokens(prefixBlocks('gpt-oss-120b', ids(1000, 0)))).toBe(0)
  expect(cache.cachedTokens(prefixBlocks('gpt-oss-120b', ids(127)))).toBe(0)
})

test('models do not share a cache', () => {
  const cache = createPrefixCache(createTestClock())
  cache.remember(prefixBlocks('gpt-oss-120b', ids(1000)))
  expect(cache.cachedTokens(prefixBlocks('qwen-3.8-27b', ids(1000)))).toBe(0)
})

test('a block lives for five minutes after its last use', () => {
  const clock = createTestClock()
  const cache = createPrefixCache(clock)
  const blocks = prefixBlocks('gpt-oss-120b', ids(1000))
  cache.remember(blocks)
  clock.advance(200_000)
  cache.remember(blocks.slice(0, 3))
  clock.advance(200_000)
  expect(cache.cachedTokens(blocks)).toBe(384)
  clock.advance(100_001)
  expect(cache.cachedTokens(blocks)).toBe(0)
})
