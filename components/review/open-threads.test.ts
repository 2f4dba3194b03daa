import { expect, test } from 'vitest'
import { openThreads, threadCountWording } from './open-threads.ts'

test('Threads that are open or suggested are counted by file.', () => {
  const counts = openThreads([
    { fileId: 'a', state: 'open' },
    { fileId: 'a', state: 'suggested' },
    { fileId: 'a', state: 'resolved' },
    { fileId: 'b', state: 'dismissed' },
    { fileId: 'c', state: 'open' },
  ])
  expect(Object.fromEntries(counts)).toEqual({ a: { open: 1, suggested: 1 }, c: { open: 1, suggested: 0 } })
})

test('What is counted is said in words.', () => {
  const worded = [
    { open: 1, suggested: 0 },
    { open: 2, suggested: 1 },
    { open: 0, suggested: 1 },
    { open: 0, suggested: 3 },
  ].map(threadCountWording)
  expect(worded).toEqual(['1 open thread', '2 open threads, 1 suggested', '1 suggested thread', '3 suggested threads'])
})
