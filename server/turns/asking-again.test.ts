import { expect, test } from 'vitest'
import { Stage, until } from './testing/stage.ts'

const before = 'one\ntwo\nthree\n'
const block = 'a.txt\n```\n<<<<<<< SEARCH\ntwo\n=======\n2\n>>>>>>> REPLACE\n```\n'

test('Retry asks the same again without the failed answer, continue shows it and asks to go on.', async () => {
  const stage = await Stage.open()
  const turnId = await stage.asked('Explain')
  await expect(
    stage.turns.again({ sessionId: stage.sessionId, participantId: stage.owner, turnId, how: 'retry' }),
  ).rejects.toMatchObject({ code: 'turn_active' })
  stage.model.say('It is beca')
  stage.model.finish('length')
  await stage.end(turnId)
  for (const how of ['retry', 'continue'] as const) {
    const again = await stage.turns.again({ sessionId: stage.sessionId, participantId: stage.owner, turnId, how })
    stage.model.finish()
    await stage.end(again.turnId)
  }
  const [, retry, goOn] = stage.model.requests.map(({ messages }) =>
    messages.map(({ role, content }) => [role, content.slice(0, 24)]),
  )
  expect(retry?.slice(1)).toEqual([
    ['user', 'The project has no files'],
    ['user', 'Explain'],
  ])
  expect(goOn?.slice(1)).toEqual([
    ['user', 'Explain'],
    ['assistant', 'It is beca'],
    ['user', 'The project has no files'],
    ['user', 'Continue where your last'],
  ])
})

test('A review stays one where it is asked again or continued, and what is continued is written down.', async () => {
  const stage = await Stage.open()
  const { turnId } = await stage.turns.start({
    sessionId: stage.sessionId,
    participantId: stage.owner,
    prompt: 'Review',
    references: [],
    openFileIds: [],
    review: true,
  })
  stage.model.say('a.ts:1: Wh')
  stage.model.finish('length')
  await stage.end(turnId)
  const asked = []
  for (const how of ['retry', 'continue'] as const) {
    const again = await stage.turns.again({ sessionId: stage.sessionId, participantId: stage.owner, turnId, how })
    stage.model.finish()
    await stage.end(again.turnId)
    asked.push(await stage.store.turn(again.turnId))
  }
  expect(asked.map((turn) => [turn?.review, turn?.continues])).toEqual([
    [true, undefined],
    [true, turnId],
  ])
})

test('Retry takes back what its turn left undecided, and leaves what was decided.', async () => {
  const stage = await Stage.open({ 'a.txt': before })
  const missing = 'a.txt\n```\n<<<<<<< SEARCH\nnine\n=======\n9\n>>>>>>> REPLACE\n```\n'
  const turnId = await stage.asked('Count')
  stage.model.say(block.replace('two', 'one').replace('2', '1') + block + missing)
  stage.model.finish('length')
  await stage.end(turnId)
  const [first] = await stage.hunks()
  await stage.decide('accept', [first?.hunkId ?? ''])
  expect(await stage.text('a.txt')).toBe('1\n2\nthree\n')
  const again = { sessionId: stage.sessionId, participantId: stage.owner, turnId, how: 'retry' } as const
  await stage.turns.again(again)
  await until(() => stage.model.requests.length === 2)
  expect(await stage.text('a.txt')).toBe('1\ntwo\nthree\n')
  expect((await stage.hunks()).map(({ state }) => state)).toEqual(['accepted', 'rejected', 'rejected'])
  expect(stage.model.requests[1]?.messages.at(-2)?.content).toContain('1\ntwo\nthree\n')
})

test('An answer that never began is asked for again instead of continued.', async () => {
  const stage = await Stage.open()
  await stage.answer('An earlier answer.')
  const turnId = await stage.asked('Explain')
  stage.model.fail({ code: 'stream_lost' })
  await stage.end(turnId)
  await stage.turns.again({ sessionId: stage.sessionId, participantId: stage.owner, turnId, how: 'continue' })
  await until(() => stage.model.requests.length === 3)
  expect(stage.model.requests[2]?.messages.at(-1)).toEqual({ role: 'user', content: 'Explain' })
})

test('A retry that cannot be asked takes nothing back.', async () => {
  const stage = await Stage.open({ 'a.txt': before })
  const turnId = await stage.answer(block)
  await stage.sessions.chooseModel(stage.sessionId, 'gone', 'model')
  const again = stage.turns.again({ sessionId: stage.sessionId, participantId: stage.owner, turnId, how: 'retry' })
  await expect(again).rejects.toMatchObject({ code: 'no_backend' })
  expect(await stage.text('a.txt')).toBe('one\n2\nthree\n')
})
