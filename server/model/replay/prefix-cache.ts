import { createHash } from 'node:crypto'
import type { Clock } from './clock.ts'

const blockTokens = 128
const keptMs = 5 * 60_000
const mostBlocks = 50_000

/** Remembers which prompt prefixes were seen, in blocks of 128 tokens that live for 5 minutes after their last use. */
export interface PrefixCache {
  /** How many tokens at the start of this prompt are cached. */
  cachedTokens(blocks: readonly string[]): number
  remember(blocks: readonly string[]): void
}

export function createPrefixCache(clock: Clock): PrefixCache {
  const lastUseMs = new Map<string, number>()
  const isFresh = (block: string) => {
    const usedMs = lastUseMs.get(block)
    return usedMs !== undefined && clock.nowMs() - usedMs <= keptMs
  }
  return {
    cachedTokens: (blocks) => {
      const missed = blocks.findIndex((block) => !isFresh(block))
      return (missed === -1 ? blocks.length : missed) * blockTokens
    },
    remember: (blocks) => {
      for (const block of blocks) {
        lastUseMs.delete(block)
        lastUseMs.set(block, clock.nowMs())
      }
      for (const [oldest] of lastUseMs) {
        if (lastUseMs.size <= mostBlocks && isFresh(oldest)) break
        lastUseMs.delete(oldest)
      }
    },
  }
}

/** Names of the full blocks of a prompt; a block's name depends on `scope` and on every token up to its end. */
export function prefixBlocks(scope: string, ids: Uint32Array): string[] {
  const blocks: string[] = []
  let previous = scope
  for (let end = blockTokens; end <= ids.length; end += blockTokens) {
    const bytes = new Uint8Array(ids.buffer, ids.byteOffset + (end - blockTokens) * 4, blockTokens * 4)
    previous = createHash('sha1').update(previous).update(bytes).digest('base64')
    blocks.push(previous)
  }
  return blocks
}
