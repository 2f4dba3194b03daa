import { expect, test } from 'vitest'
import { failureIn, startSocketFixture } from './socket-fixture.ts'

test('[R5] a pending comment reaches every tab of its author, and a thread everybody once it is submitted', async () => {
  const { sessionId, fileId, connect } = await startSocketFixture()
  const [one, other] = [await connect(), await connect()]
  for (const tab of [one, other]) await tab.ask('session.join', { sessionId, cursors: [] })
  const told = other.next('thread.changed')
  await one.ask('thread.create', { fileId, commentId: 'c1', body: 'Why?', pending: true })
  expect(await told).toMatchObject({ fileId, comments: [{ body: 'Why?', pending: true }] })
  const submitted = other.next('review.submitted')
  const shown = other.next('thread.changed')
  await one.ask('review.submit', { verdict: 'comment', body: '' })
  expect(await submitted).toMatchObject({ comments: 1 })
  expect((await shown).comments[0]).not.toHaveProperty('pending')
})

test('[R1] a thread about what is not there is refused with a code', async () => {
  const { sessionId, connect } = await startSocketFixture()
  const tab = await connect()
  await tab.ask('session.join', { sessionId, cursors: [] })
  const refused = await tab.ask('thread.create', { fileId: 'nowhere', commentId: 'c1', body: 'Why?', pending: false })
  expect(failureIn(refused)).toEqual({ code: 'not_found' })
})

test('[M7] more comments than a person writes are refused for a moment', async () => {
  const { sessionId, fileId, connect } = await startSocketFixture()
  const tab = await connect()
  await tab.ask('session.join', { sessionId, cursors: [] })
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, index) =>
      tab.ask('thread.create', { fileId, commentId: `c${index}`, body: 'Again', pending: false }),
    ),
  )
  expect(answers.map(({ ok }) => ok)).toEqual([true, true, true, true, true, false])
})
