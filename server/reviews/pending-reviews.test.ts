import { expect, test } from 'vitest'
import { startReviews } from './reviews-fixture.ts'

const pending = (commentId: string, body = 'Later') => ({ commentId, body, pending: true })

test('[R5] pending comments are told to nobody but their author until they are submitted', async () => {
  const { reviews, person, fileId, seenBy, events } = await startReviews('a\n')
  const [bea, cem] = [person('bea', 'reviewer'), person('cem', 'editor')]
  const { threadId: shared } = await reviews.create(cem, { fileId, commentId: 'c1', body: 'Shared', pending: false })
  await reviews.create(bea, { fileId, ...pending('c2', 'Secret thread') })
  await reviews.reply(bea, { threadId: shared, ...pending('c3', 'Secret reply') })

  expect((await seenBy('cem')).flatMap(({ comments }) => comments.map(({ body }) => body))).toEqual(['Shared'])
  expect((await seenBy('bea')).flatMap(({ comments }) => comments.map(({ body }) => body))).toEqual([
    'Shared',
    'Secret reply',
    'Secret thread',
  ])
  const toOthers = events.filter((event) => !('to' in event) || event.to !== 'bea')
  expect(JSON.stringify(toOthers)).not.toContain('Secret')
  await expect(reviews.react(cem, { commentId: 'c3', reaction: 'up', on: true })).rejects.toMatchObject({ code: 'not_found' })
  await expect(reviews.history(cem, 'c2')).rejects.toMatchObject({ code: 'not_found' })

  const { reviewId } = await reviews.submit(bea, { verdict: 'request_changes', body: 'See below' })
  const bodies = (await seenBy('cem')).flatMap(({ comments }) => comments)
  expect(bodies).toMatchObject([{ body: 'Shared' }, { body: 'Secret reply', reviewId }, { body: 'Secret thread', reviewId }])
  expect(bodies.every((comment) => comment.pending === undefined)).toBe(true)
  expect(events).toContainEqual(
    expect.objectContaining({
      type: 'submitted',
      review: expect.objectContaining({ verdict: 'request_changes', comments: 2 }),
    }),
  )
})

test('[R5] a review that says nothing is refused, an approval may stand alone', async () => {
  const { reviews, person, sessionId } = await startReviews('a\n')
  const bea = person('bea', 'reviewer')
  await expect(reviews.submit(bea, { verdict: 'comment', body: ' ' })).rejects.toMatchObject({ code: 'invalid_payload' })
  await reviews.submit(bea, { verdict: 'approve', body: '' })
  expect((await reviews.snapshot(sessionId, 'cem')).reviews).toMatchObject([{ author: 'bea', verdict: 'approve', comments: 0 }])
})

test('[R5] a review that is given up leaves nothing, and takes nothing that others see', async () => {
  const { reviews, person, fileId, seenBy } = await startReviews('a\n')
  const [bea, cem] = [person('bea', 'reviewer'), person('cem', 'editor')]
  const { threadId } = await reviews.create(cem, { fileId, commentId: 'c1', body: 'Shared', pending: false })
  await reviews.create(bea, { fileId, ...pending('c2') })
  await reviews.reply(bea, { threadId, ...pending('c3') })
  await reviews.discard(bea)
  expect((await seenBy('bea')).map(({ comments }) => comments.map(({ body }) => body))).toEqual([['Shared']])
})

test('[R5] somebody whose review is asked for is waited for until they submit one', async () => {
  const { reviews, sessions, person, sessionId } = await startReviews('a\n')
  const participantId = (await sessions.participants(sessionId))[0]?.participantId ?? ''
  await reviews.request(person('bea', 'reviewer'), { participantId, on: true })
  expect((await reviews.snapshot(sessionId, 'bea')).requests).toMatchObject([{ participantId, requestedBy: 'bea' }])
  await reviews.submit(person(participantId, 'owner'), { verdict: 'approve', body: '' })
  expect((await reviews.snapshot(sessionId, 'bea')).requests).toEqual([])
  const stranger = reviews.request(person('bea', 'reviewer'), { participantId: 'stranger', on: true })
  await expect(stranger).rejects.toMatchObject({ code: 'not_found' })
})
