import { expect, test } from 'vitest'
import type { Thread } from '#protocol/review.ts'
import { foldReview, joinedReview, keepingPaths, noReview } from './review-state.ts'

const thread: Thread = {
  threadId: 't1',
  fileId: 'f1',
  path: 'a.ts',
  quotedText: 'one\n',
  quotedOnce: false,
  baseSeq: 0,
  baseHash: '',
  state: 'open',
  createdBy: 'mara',
  createdAt: 1,
  comments: [{ commentId: 'c1', author: 'mara', body: 'Why?', createdAt: 1, reactions: {} }],
}

test('[R2] a thread that the snapshot shows as detached stays so when somebody answers in it', () => {
  const known = joinedReview({
    threads: [{ ...thread, detached: true }],
    reviews: [],
    requests: [],
    viewed: [],
    reviewersMayAsk: false,
  })
  const answered = foldReview(known, { name: 'thread.changed', payload: { ...thread, state: 'resolved' } })
  expect(answered.threads['t1']).toEqual({ ...thread, state: 'resolved', detached: true })
})

test('[R4] a thread takes the place of what was known of it, and goes with its last comment', () => {
  const known = foldReview(noReview, { name: 'thread.changed', payload: thread })
  const resolved = foldReview(known, { name: 'thread.changed', payload: { ...thread, state: 'resolved' } })
  expect(resolved.threads).toEqual({ t1: { ...thread, state: 'resolved' } })
  expect(foldReview(resolved, { name: 'thread.removed', payload: { threadId: 't1' } }).threads).toEqual({})
})

test('[R2] a thread whose file goes keeps the path that the file had last', () => {
  const state = joinedReview({ threads: [thread], reviews: [], requests: [], viewed: [], reviewersMayAsk: false })
  expect(keepingPaths(state, [{ fileId: 'f1', path: 'src/b.ts' }]).threads).toEqual({ t1: { ...thread, path: 'src/b.ts' } })
  expect(keepingPaths(state, [{ fileId: 'f2', path: 'src/b.ts' }])).toBe(state)
})

test('[R7] the mark of a viewed file goes with the first change of its text, and of no other', () => {
  const state = joinedReview({ threads: [thread], reviews: [], requests: [], viewed: ['f1', 'f2'], reviewersMayAsk: false })
  expect(foldReview(state, { name: 'text.changed', payload: { fileId: 'f1' } }).viewed).toEqual({ f2: true })
  expect(foldReview(state, { name: 'text.changed', payload: { fileId: 'f3' } })).toBe(state)
})
