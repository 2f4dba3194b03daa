import { strToU8, zipSync } from 'fflate'
import { expect, test, vi } from 'vitest'
import { startReviews } from './reviews-fixture.ts'

test('[R8] the remarks of an answer become threads of the assistant that somebody accepts or dismisses', async () => {
  const { reviews, person, fileId, answer, seenBy } = await startReviews('const one = 1\nconst two = 2\n')
  await reviews.askReview(person('eda', 'editor'), { fileIds: [fileId] })
  await answer('src/a.ts:2: Two is never used.\nsrc/a.ts: No tests.\n')
  await vi.waitFor(async () => expect(await seenBy('bea')).toHaveLength(2))
  const [first, second] = await seenBy('bea')
  expect(first).toMatchObject({ state: 'suggested', createdBy: null, fromLine: 2, quotedText: 'const two = 2\n' })
  await reviews.decide(person('bea', 'reviewer'), { threadId: first?.threadId ?? '', decision: 'accept' })
  await reviews.decide(person('bea', 'reviewer'), { threadId: second?.threadId ?? '', decision: 'dismiss' })
  expect((await seenBy('bea')).map(({ state }) => state)).toEqual(['open', 'dismissed'])
})

test('[R8] a review that was cut off makes threads once it was continued, of both parts', async () => {
  const { reviews, person, fileId, answer, seenBy } = await startReviews('const one = 1\nconst two = 2\n')
  await reviews.askReview(person('eda', 'editor'), { fileIds: [fileId] })
  await answer('src/a.ts:1: One is fine.\nsrc/a.ts:2: Two is ne', { reason: 'length' })
  await answer('ver used.\n', { turnId: 'turn-2', number: 2, continues: 'turn-1' })
  await vi.waitFor(async () => expect(await seenBy('bea')).toHaveLength(2))
  expect((await seenBy('bea')).map(({ comments }) => comments[0]?.body)).toEqual(['One is fine.', 'Two is never used.'])
})

test('[R8] an answer that is no review makes no threads, whatever it says', async () => {
  const { reviews, person, fileId, answer, seenBy } = await startReviews('const one = 1\n')
  const { threadId } = await reviews.create(person('bea', 'reviewer'), {
    fileId,
    commentId: 'c1',
    body: 'Why?',
    pending: false,
  })
  await reviews.handOver(person('eda', 'editor'), threadId)
  await answer('src/a.ts:1: Because.\n')
  await reviews.askReview(person('eda', 'editor'), { fileIds: [fileId] })
  await answer('src/a.ts:1: One is fine.\n', { turnId: 'turn-2', number: 2 })
  await vi.waitFor(async () => expect(await seenBy('bea')).toHaveLength(2))
  expect((await seenBy('bea')).map(({ comments }) => comments[0]?.body)).toEqual(['Why?', 'One is fine.'])
})

test('[R8] what changed since a base is reviewed in the files that are named; of a base that is none, nothing', async () => {
  const { reviews, person, sessions, sessionId, fileId, prompts, references } = await startReviews('const one = 1\n')
  const eda = person('eda', 'editor')
  const zip = zipSync({ 'src/a.ts': strToU8('const one = 0\n') })
  const { base } = await sessions.addBase(sessionId, 'eda', { name: 'main.zip', zip })
  await reviews.askReview(eda, { fileIds: [fileId], since: 'start' })
  await reviews.askReview(eda, { fileIds: [fileId], since: base.baseId })
  expect(prompts).toEqual([
    expect.stringContaining('the changes in src/a.ts since the start: one remark'),
    expect.stringContaining('the changes in src/a.ts compared with main: one remark'),
  ])
  expect(references.at(-1)).toEqual([{ fileId, since: base.baseId }])
  await sessions.removeBase(sessionId, base.baseId)
  await expect(reviews.askReview(eda, { fileIds: [fileId], since: base.baseId })).rejects.toMatchObject({ code: 'not_found' })
})

test('[R8] a thread that is handed over leads to the turn; reviewers may only where the owner allows it', async () => {
  const { reviews, person, fileId, prompts, seenBy } = await startReviews('a\n')
  const bea = person('bea', 'reviewer')
  const { threadId } = await reviews.create(bea, { fileId, commentId: 'c1', body: 'Rename it', pending: false })
  await expect(reviews.handOver(bea, threadId)).rejects.toMatchObject({ code: 'denied' })
  await reviews.allowAsking(person('own', 'owner'), true)
  await reviews.handOver(bea, threadId)
  expect(prompts).toEqual([expect.stringContaining('Rename it')])
  expect((await seenBy('cem'))[0]?.comments.at(-1)).toMatchObject({ author: null, turnId: 'turn-1' })
})

test('[R8] a remark about the last lines ends with the text, and one behind the text is about the file', async () => {
  const { reviews, person, fileId, answer, seenBy } = await startReviews('const one = 1\nconst two = 2')
  await reviews.askReview(person('eda', 'editor'), { fileIds: [fileId] })
  await answer('src/a.ts:1-9: All of it.\nsrc/a.ts:3: There is no such line.\n')
  await vi.waitFor(async () => expect(await seenBy('bea')).toHaveLength(2))
  const [whole, behind] = await seenBy('bea')
  expect(whole).toMatchObject({ fromLine: 1, toLine: 2, quotedText: 'const one = 1\nconst two = 2' })
  expect(behind?.anchor).toBeUndefined()
})
