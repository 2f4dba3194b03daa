import { expect, test } from 'vitest'
import { leaderOf } from './leader.ts'

const among = (following: Record<string, string | null>) => (participantId: string) => following[participantId]

test('who follows nobody, or the assistant, leads', () => {
  expect(leaderOf('mara', 'me', among({ mara: null }))).toBe('mara')
  expect(leaderOf('mara', 'me', among({ mara: 'assistant' }))).toBe('mara')
  expect(leaderOf('mara', 'me', among({}))).toBe('mara')
})

test('the first of a chain leads all of it', () => {
  expect(leaderOf('jonas', 'me', among({ jonas: 'li', li: 'mara', mara: null }))).toBe('mara')
})

test('nobody leads where a chain comes back to oneself', () => {
  expect(leaderOf('mara', 'me', among({ mara: 'me' }))).toBeNull()
  expect(leaderOf('jonas', 'me', among({ jonas: 'mara', mara: 'me' }))).toBeNull()
})

test('nobody leads where others follow each other in a circle', () => {
  expect(leaderOf('jonas', 'me', among({ jonas: 'li', li: 'mara', mara: 'li' }))).toBeNull()
})
