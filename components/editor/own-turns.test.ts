import { expect, test } from 'vitest'
import type { Hunk } from '#protocol/hunks.ts'
import { redoableHunks } from './own-turns.ts'

test('Redo brings back what was rejected or reverted, and no proposal that was dismissed, with or without a place to go.', () => {
  const hunks = [
    { hunkId: 'rejected', state: 'rejected' },
    { hunkId: 'reverted', state: 'reverted' },
    { hunkId: 'settled', state: 'settled' },
    { hunkId: 'dismissed', state: 'rejected', reason: 'no_match' },
    { hunkId: 'dismissed too', state: 'rejected', reason: 'several_matches', candidates: [] },
  ] as const
  const byId = Object.fromEntries(
    hunks.map((hunk) => [hunk.hunkId, { fileId: 'file', turnId: 'turn', ...hunk } as unknown as Hunk]),
  )
  expect(redoableHunks(byId, 'file', 'turn')).toEqual(['rejected', 'reverted'])
})
