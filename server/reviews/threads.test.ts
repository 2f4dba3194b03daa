import { expect, test } from 'vitest'
import { startReviews } from './reviews-fixture.ts'

const code = 'const one = 1\nconst two = 2\nconst three = 3\n'
const comment = (commentId: string, body = 'Why?') => ({ commentId, body, pending: false })

test('[R1] a thread quotes whole lines, wherever in them a tab points', async () => {
  const { reviews, person, lines, fileId, seenBy } = await startReviews(code)
  const anchor = await lines(2, 3)
  await reviews.create(person('bea', 'reviewer'), { fileId, anchor, ...comment('c1') })
  const [thread] = await seenBy('anybody')
  expect(thread).toMatchObject({
    path: 'src/a.ts',
    quotedText: 'const two = 2\nconst three = 3\n',
    fromLine: 2,
    toLine: 3,
    state: 'open',
    createdBy: 'bea',
    baseSeq: 0,
    comments: [{ commentId: 'c1', author: 'bea', body: 'Why?', reactions: {} }],
  })
})

test('[R1] positions that lead nowhere are not found, and nothing is kept', async () => {
  const { reviews, person, fileId, seenBy } = await startReviews(code)
  const nowhere = { start: new Uint8Array([9, 9, 9]), end: new Uint8Array([1]) }
  const asked = reviews.create(person('bea', 'reviewer'), { fileId, anchor: nowhere, ...comment('c1') })
  await expect(asked).rejects.toMatchObject({ code: 'not_found' })
  expect(await seenBy('bea')).toEqual([])
})

test('[R1] a comment that is sent again after a lost answer is one comment', async () => {
  const { reviews, person, fileId, seenBy } = await startReviews(code)
  const bea = person('bea', 'reviewer')
  const first = await reviews.create(bea, { fileId, ...comment('c1') })
  expect(await reviews.create(bea, { fileId, ...comment('c1') })).toEqual(first)
  await reviews.reply(bea, { threadId: first.threadId, ...comment('c2', 'More') })
  await reviews.reply(bea, { threadId: first.threadId, ...comment('c2', 'More') })
  const [thread, ...others] = await seenBy('bea')
  expect([thread?.comments.map(({ body }) => body), others]).toEqual([['Why?', 'More'], []])
  const foreign = reviews.reply(person('cem', 'editor'), { threadId: first.threadId, ...comment('c2', 'Mine') })
  await expect(foreign).rejects.toMatchObject({ code: 'invalid_payload' })
})

test('[R2] a thread moves with its lines, is detached when they are gone, and found again where they are pasted', async () => {
  const { reviews, person, lines, fileId, edit, seenBy } = await startReviews(code)
  await reviews.create(person('bea', 'reviewer'), { fileId, anchor: await lines(2, 2), ...comment('c1') })
  const detached = async () => (await seenBy('bea'))[0]?.detached ?? false
  await edit((text) => text.insert(0, '// new\n'))
  await edit((text) => text.insert(text.toString().indexOf('two'), 'twenty'))
  expect(await detached()).toBe(false)
  await edit((text) => text.delete(text.toString().indexOf('const twentytwo'), 'const twentytwo = 2\n'.length))
  expect(await detached()).toBe(true)
  await edit((text) => text.insert(text.length, 'const two = 2\n'))
  expect(await detached()).toBe(false)
})

test('[R2] a rename keeps a thread; a deletion leaves it, detached, with the last path', async () => {
  const { reviews, sessions, sessionId, person, lines, fileId, seenBy } = await startReviews(code)
  await reviews.create(person('bea', 'reviewer'), { fileId, anchor: await lines(1, 1), ...comment('c1') })
  await sessions.renameFile(sessionId, fileId, 'lib/b.ts')
  expect((await seenBy('bea'))[0]?.detached).toBe(undefined)
  await sessions.deleteFile(sessionId, fileId)
  expect(await seenBy('bea')).toMatchObject([{ detached: true, path: 'lib/b.ts' }])
})

test('[R3] who began a thread and editors resolve it; what the assistant suggested anybody decides', async () => {
  const { reviews, person, fileId, seenBy } = await startReviews(code)
  const [bea, cem, eda] = [person('bea', 'reviewer'), person('cem', 'reviewer'), person('eda', 'editor')]
  const { threadId } = await reviews.create(bea, { fileId, ...comment('c1') })
  await expect(reviews.decide(cem, { threadId, decision: 'resolve' })).rejects.toMatchObject({ code: 'denied' })
  await reviews.decide(eda, { threadId, decision: 'resolve' })
  expect(await seenBy('cem')).toMatchObject([{ state: 'resolved', resolvedBy: 'eda' }])
  await reviews.decide(bea, { threadId, decision: 'reopen' })
  expect(await seenBy('cem')).toMatchObject([{ state: 'open' }])
  await reviews.decide(bea, { threadId, decision: 'accept' })
  expect((await seenBy('cem'))[0]).not.toHaveProperty('resolvedBy')
})

test('[R4] an author edits a comment, and what it said before can be read', async () => {
  const { reviews, person, fileId, seenBy } = await startReviews(code)
  const [bea, owner] = [person('bea', 'reviewer'), person('own', 'owner')]
  await reviews.create(bea, { fileId, ...comment('c1', 'First') })
  await reviews.edit(bea, { commentId: 'c1', body: 'Second' })
  await expect(reviews.edit(owner, { commentId: 'c1', body: 'Mine' })).rejects.toMatchObject({ code: 'denied' })
  const [thread] = await seenBy('own')
  expect(thread?.comments).toMatchObject([{ body: 'Second', editedAt: expect.any(Number) }])
  expect((await reviews.history(owner, 'c1')).versions.map(({ body }) => body)).toEqual(['First'])
})

test('[R4] authors delete their own comments and owners any; the last one takes the thread with it', async () => {
  const { reviews, person, fileId, seenBy, events } = await startReviews(code)
  const [bea, cem, owner] = [person('bea', 'reviewer'), person('cem', 'editor'), person('own', 'owner')]
  const { threadId } = await reviews.create(bea, { fileId, ...comment('c1') })
  await reviews.reply(cem, { threadId, ...comment('c2', 'Because') })
  await expect(reviews.remove(cem, 'c1')).rejects.toMatchObject({ code: 'denied' })
  await reviews.remove(bea, 'c1')
  expect((await seenBy('cem'))[0]?.comments).toMatchObject([{ body: '', deleted: true }, { body: 'Because' }])
  await reviews.remove(owner, 'c2')
  expect(await seenBy('cem')).toEqual([])
  expect(events.at(-1)).toEqual({ type: 'removed', sessionId: expect.any(String), threadId })
})

test('[R4] people react once each in each way', async () => {
  const { reviews, person, fileId, seenBy } = await startReviews(code)
  await reviews.create(person('bea', 'reviewer'), { fileId, ...comment('c1') })
  for (const name of ['cem', 'cem', 'bea'])
    await reviews.react(person(name, 'reviewer'), { commentId: 'c1', reaction: 'up', on: true })
  expect((await seenBy('bea'))[0]?.comments[0]?.reactions).toEqual({ up: ['cem', 'bea'] })
  await reviews.react(person('cem', 'reviewer'), { commentId: 'c1', reaction: 'up', on: false })
  expect((await seenBy('bea'))[0]?.comments[0]?.reactions).toEqual({ up: ['bea'] })
})

test('[R7] a mark of a viewed file is gone when the file reads otherwise, and comes back with its text', async () => {
  const { reviews, sessionId, person, fileId, edit } = await startReviews(code)
  const viewed = async (who: string) => (await reviews.snapshot(sessionId, who)).viewed
  await reviews.view(person('bea', 'viewer'), { fileId, viewed: true })
  expect([await viewed('bea'), await viewed('cem')]).toEqual([[fileId], []])
  await edit((text) => text.insert(0, '!'))
  expect(await viewed('bea')).toEqual([])
  await edit((text) => text.delete(0, 1))
  expect(await viewed('bea')).toEqual([fileId])
})
