import { expect, onTestFinished, test, vi } from 'vitest'
import { turnFailureCodes } from '#protocol/failures.ts'
import { EditSession } from './edit-session.ts'
import { Stage, until, WatchingTab } from './testing/stage.ts'

const before = 'one\ntwo\nthree\n'
const block = 'a.txt\n```\n<<<<<<< SEARCH\ntwo\n=======\n2\n>>>>>>> REPLACE\n```\n'
const openBlock = 'a.txt\n```\n<<<<<<< SEARCH\none\n=======\n' + 'a new line\n'.repeat(50)

const statuses = (stage: Stage) => stage.events.flatMap((event) => (event.type === 'status' ? [event.status.status] : []))

test('A turn is told as queued, waiting, streaming and ended.', async () => {
  const stage = await Stage.open()
  const turnId = await stage.asked('Hello')
  expect(stage.events[0]).toEqual({
    type: 'started',
    sessionId: stage.sessionId,
    turn: {
      turnId,
      number: 1,
      askedBy: stage.owner,
      kind: 'chat',
      prompt: 'Hello',
      references: [],
      status: 'queued',
      backend: { backendId: 'scripted', name: 'Scripted', kind: 'live', model: 'scripted' },
      startedAt: 1_000,
      text: '',
      reasoning: '',
      marks: [],
    },
  })
  expect(statuses(stage)).toEqual(['waiting'])
  stage.model.say('Hi.')
  await until(() => stage.tab.frames.length > 0)
  expect(statuses(stage)).toEqual(['waiting', 'streaming'])
  stage.model.finish()
  expect(await stage.end(turnId)).toEqual({
    turnId,
    reason: 'complete',
    measurements: {
      ttftMs: 0,
      answerTtftMs: 0,
      totalMs: 0,
      tokensFrom: 'provider',
      promptTokens: 100,
      completionTokens: 21,
    },
    hasCheckpoint: true,
  })
  expect(stage.events.at(-1)).toEqual({ type: 'ended', sessionId: stage.sessionId, ended: stage.tab.endings[0] })
})

test('The first token reaches the viewer before any timer.', async () => {
  const stage = await Stage.open()
  await stage.asked()
  stage.model.read({ type: 'reasoning', text: 'Hm.' })
  await until(() => stage.tab.frames.length > 0)
  expect(stage.timers.monotonicMs()).toBe(0)
  expect(stage.tab.frames).toMatchObject([{ reasoning: 'Hm.', text: '', elapsedMs: 0 }])
})

test('Settled hunks stay and the open one is taken back, however the turn ends.', async () => {
  const endings = [
    { reason: 'length', end: (stage: Stage) => stage.model.finish('length') },
    { reason: 'failed', failure: { code: 'content_filtered' }, end: (stage: Stage) => stage.model.finish('content_filter') },
    { reason: 'failed', failure: { code: 'stream_truncated' }, end: (stage: Stage) => stage.model.cut() },
    ...turnFailureCodes.map((code) => ({
      reason: 'failed',
      failure: { code, retryAfterMs: 5 },
      end: (stage: Stage) => stage.model.fail({ code, retryAfterMs: 5 }),
    })),
    { reason: 'stopped', end: (stage: Stage, turnId: string) => void stage.stop(turnId) },
    { reason: 'redirected', end: (stage: Stage, turnId: string) => void stage.ask('Rather this', { redirect: turnId }) },
    { reason: 'interrupted', end: (stage: Stage) => void stage.turns.close() },
  ]
  for (const { end, ...expected } of endings) {
    const stage = await Stage.open({ 'a.txt': before })
    const turnId = await stage.asked()
    stage.model.say(block + openBlock)
    await stage.pass(2)
    expect(await stage.text('a.txt')).toMatch(/^a new line\n/)
    end(stage, turnId)
    await until(() => stage.events.some((event) => event.type === 'ended'))
    expect(await stage.turn(turnId)).toMatchObject({ status: 'ended', ...expected, text: block + openBlock })
    expect(await stage.text('a.txt')).toBe('one\n2\nthree\n')
    expect(await stage.hunks()).toMatchObject([
      { block: 1, state: 'settled' },
      { block: 2, state: 'aborted', reason: 'turn_ended' },
    ])
    await stage.leave()
  }
})

test('A turn that is stopped before the model answers ends at once, and the backend learns of it.', async () => {
  const stage = await Stage.open()
  const turnId = await stage.asked()
  await stage.stop(turnId)
  expect(stage.model.aborted).toBe(1)
  expect(await stage.end(turnId)).toMatchObject({ reason: 'stopped' })
  await expect(stage.stop(turnId)).rejects.toMatchObject({ code: 'turn_over' })
  await expect(stage.stop('nobody')).rejects.toMatchObject({ code: 'not_found' })
})

test('Turns of a session run one after the other, and a waiting one that is stopped never runs.', async () => {
  const stage = await Stage.open()
  const first = await stage.asked('first')
  const second = await stage.ask('second')
  const third = await stage.ask('third')
  await stage.stop(second)
  stage.model.say('1')
  stage.model.finish()
  await stage.end(first)
  stage.model.say('3')
  stage.model.finish()
  await stage.end(third)
  expect(stage.model.requests.map(({ messages }) => messages.at(-1)?.content)).toEqual(['first', 'third'])
  expect((await stage.turns.snapshot(stage.sessionId)).turns.map(({ number, reason }) => [number, reason])).toEqual([
    [1, 'complete'],
    [2, 'removed'],
    [3, 'complete'],
  ])
})

test('A redirect goes before the turns that wait, and only its own person may redirect a turn.', async () => {
  const stage = await Stage.open()
  const first = await stage.asked('first')
  await stage.ask('second')
  await expect(stage.ask('mine', { redirect: first, participantId: 'somebody' })).rejects.toMatchObject({ code: 'turn_active' })
  await stage.ask('instead', { redirect: first })
  expect(await stage.end(first)).toMatchObject({ reason: 'redirected' })
  await until(() => stage.model.requests.length === 2)
  expect(stage.model.requests.at(-1)?.messages.at(-1)?.content).toBe('instead')
})

test('Turns of different sessions run at the same time.', async () => {
  const stage = await Stage.open()
  await stage.asked('here')
  const other = await stage.sessions.createEmpty('visit')
  await stage.turns.start({
    sessionId: other.sessionId,
    participantId: 'p',
    prompt: 'there',
    references: [],
    openFileIds: [],
  })
  await until(() => stage.model.requests.length === 2)
  expect(stage.model.requests.map(({ messages }) => messages.at(-1)?.content)).toEqual(['here', 'there'])
})

test('A prompt is refused where there is no session or no backend, and when too many wait.', async () => {
  const stage = await Stage.open()
  const start = (sessionId: string) =>
    stage.turns.start({ sessionId, participantId: 'p', prompt: 'x', references: [], openFileIds: [] })
  await expect(start('nowhere')).rejects.toMatchObject({ code: 'not_found' })
  for (let turn = 0; turn < 20; turn += 1) await stage.ask()
  await expect(stage.ask()).rejects.toMatchObject({ code: 'limit_reached' })
  const other = await stage.sessions.createEmpty('visit')
  await stage.sessions.chooseModel(other.sessionId, 'gone', 'model')
  await expect(start(other.sessionId)).rejects.toMatchObject({ code: 'no_backend' })
})

test('A snapshot taken while a turn runs and the frames after it are together the whole answer.', async () => {
  const stage = await Stage.open()
  const turnId = await stage.asked()
  stage.model.say('First half, ')
  await stage.pass()
  const { turns } = await stage.turns.snapshot(stage.sessionId)
  expect(turns).toMatchObject([{ turnId, status: 'streaming', text: 'First half, ' }])
  const late = new WatchingTab()
  stage.turns.watch(stage.sessionId, late, [{ turnId, text: 12, reasoning: 0, marks: 0 }])
  stage.model.say('second half.')
  stage.model.finish()
  await stage.end(turnId)
  expect(late.textOf(turnId)).toBe('second half.')
  expect(late.endings).toEqual(stage.tab.endings)
})

test('The end is told only when the whole answer is durable.', async () => {
  const stage = await Stage.open()
  const turnId = await stage.asked()
  const stored = new Promise<string>((resolve) => {
    stage.turns.onEvent((event) => {
      if (event.type === 'ended') void stage.turn(turnId).then(({ text }) => resolve(text))
    })
  })
  stage.model.say('x'.repeat(50_000))
  stage.model.say('The end.')
  stage.model.finish()
  await stage.end(turnId)
  expect((await stored).length).toBe(50_008)
})

test('When the log of a document refuses a row, the open hunk is taken back and the turn has failed.', async () => {
  const stage = await Stage.open({ 'a.txt': before })
  const turnId = await stage.asked()
  stage.model.say(block + openBlock)
  await stage.pass(2)
  const { append } = stage.store
  stage.store.append = () => {
    stage.store.append = append
    return Promise.reject(new Error('disk full'))
  }
  stage.model.say('another line\n'.repeat(5))
  await stage.pass(3)
  stage.model.finish()
  expect(await stage.end(turnId)).toMatchObject({ reason: 'failed', failure: { code: 'internal' } })
  expect(await stage.text('a.txt')).toBe('one\n2\nthree\n')
  expect((await stage.hunks()).map(({ state }) => state)).toEqual(['settled', 'aborted'])
})

test('A bug that shows in a tick fails its own turn and nothing else.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  const turnId = await stage.asked()
  stage.model.say('Some ')
  await until(() => stage.tab.textOf(turnId) === 'Some ')
  const tick = vi.spyOn(EditSession.prototype, 'tick').mockImplementationOnce(() => {
    throw new Error('a bug')
  })
  onTestFinished(() => tick.mockRestore())
  stage.model.say('text')
  expect(await stage.end(turnId)).toMatchObject({ reason: 'failed', failure: { code: 'internal' } })
  const next = await stage.answer('Fine.')
  expect(await stage.turn(next)).toMatchObject({ reason: 'complete', text: 'Fine.' })
})
