import { expect, test } from 'vitest'
import type { LinkInfo } from '#protocol/links.ts'
import { linkState, wordLink } from './link-wording.ts'

const day = 86_400_000
const link: LinkInfo = {
  linkId: 'l1',
  role: 'editor',
  label: '',
  createdBy: 'p1',
  createdAt: 0,
  expiresAt: 7 * day,
  uses: 0,
}

test('a link that lets people in says for how long', () => {
  expect(wordLink(link, 0)).toBe('expires in 7 days · used by nobody yet')
  expect(wordLink({ ...link, uses: 1, lastUsedAt: 1_000 }, 2_000)).toBe('expires in 7 days · used once, last just now')
  expect(wordLink({ ...link, uses: 2, maxUses: 5, lastUsedAt: 0 }, day)).toBe(
    'expires in 6 days · used by 2 of 5, last 24 hours ago',
  )
  expect(wordLink(link, 7 * day - 60_000)).toBe('expires in 1 minute · used by nobody yet')
})

test('a link that lets nobody in says why, the owner’s own doing first', () => {
  expect(linkState({ ...link, revokedAt: 5 }, 8 * day)).toBe('revoked')
  expect(linkState(link, 7 * day)).toBe('expired')
  expect(linkState({ ...link, maxUses: 1, uses: 1 }, 0)).toBe('used up')
  expect(wordLink({ ...link, revokedAt: 5 }, day)).toBe('revoked · used by nobody yet')
})
