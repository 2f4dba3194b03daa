import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Turn } from '#protocol/turns.ts'
import { Stage, until } from './testing/stage.ts'

/** What a tab makes of the events of a session. */
function waitingAsTold({ events }: Stage): string[] {
  const waiting = new Map<string, number>()
  for (const event of events) {
    if (event.type === 'started') waiting.set(event.turn.turnId, event.turn.number)
    else if (event.type === 'status') waiting.delete(event.status.turnId)
    else if (event.type === 'ended') waiting.delete(event.ended.turnId)
    else if (event.type === 'queued') {
      for (const { turnId, number } of event.numbers) if (waiting.has(turnId)) waiting.set(turnId, number)
    }
  }
  return [...waiting].sort(([, one], [, other]) => one - other).map(([turnId]) => turnId)
}

async function waitingNow({ turns, sessionId }: Stage): Promise<Turn[]> {
  return (await turns.snapshot(sessionId)).turns.filter(({ status }) => status === 'queued')
}

/** One turn that runs and some that wait, asked by the owner and by somebody else in turn. */
async function stageWithQueue(prompts: readonly string[]): Promise<{ stage: Stage; ids: string[] }> {
  const stage = await Stage.open()
  await stage.asked('running')
  const ids: string[] = []
  for (const [index, prompt] of prompts.entries()) {
    ids.push(await stage.ask(prompt, index % 2 === 0 ? {} : { participantId: 'somebody' }))
  }
  return { stage, ids }
}

const mine = ({ owner }: Stage) => ({ participantId: owner, removesAny: false })

test('[CH1] Turns that wait exchange their numbers when one is moved, and run in that order.', async () => {
  const { stage, ids } = await stageWithQueue(['a', 'b', 'c'])
  const [a = '', b = '', c = ''] = ids
  await stage.turns.move(stage.sessionId, c, { before: a })
  expect((await waitingNow(stage)).map(({ prompt, number }) => [prompt, number])).toEqual([
    ['c', 2],
    ['a', 3],
    ['b', 4],
  ])
  expect(stage.events.at(-1)).toEqual({
    type: 'queued',
    sessionId: stage.sessionId,
    numbers: [c, a, b].map((turnId, index) => ({ turnId, number: index + 2 })),
  })
  await stage.turns.move(stage.sessionId, c, { after: a })
  for (let answers = 0; answers < 4; answers += 1) {
    await until(() => stage.model.requests.length === answers + 1)
    stage.model.say('Done.')
    stage.model.finish()
    await stage.pass(3)
  }
  expect(stage.model.requests.map(({ messages }) => messages.at(-1)?.content)).toEqual(['running', 'a', 'c', 'b'])
  // The model is reminded of them in the order in which they ran.
  const reminded = stage.model.requests
    .at(-1)
    ?.messages.filter(({ role }) => role === 'user')
    .slice(0, 3)
  expect(reminded?.map(({ content }) => content)).toEqual(['running', 'a', 'c'])
})

test('[CH1] The order of those that wait is kept by the store.', async () => {
  const { stage, ids } = await stageWithQueue(['a', 'b'])
  const [a = '', b = ''] = ids
  await stage.turns.move(stage.sessionId, a, { after: b })
  expect((await stage.store.turns(stage.sessionId)).map(({ prompt }) => prompt)).toEqual(['running', 'b', 'a'])
})

test('[CH1] A redirect goes before the turns that wait, also by its number.', async () => {
  const stage = await Stage.open()
  const first = await stage.asked('first')
  await stage.ask('second', { participantId: 'somebody' })
  await stage.ask('instead', { redirect: first })
  await until(() => stage.events.some(({ type }) => type === 'queued'))
  expect((await stage.store.turns(stage.sessionId)).map(({ prompt }) => prompt)).toEqual(['first', 'instead', 'second'])
})

test('[CH2] What has begun or ended cannot be moved, and nothing can be moved beside it.', async () => {
  const { stage, ids } = await stageWithQueue(['a', 'b'])
  const [a = '', b = ''] = ids
  const running = (await stage.turns.snapshot(stage.sessionId)).turns[0]?.turnId ?? ''
  const refused = (turnId: string, before: string) => stage.turns.move(stage.sessionId, turnId, { before })
  await expect(refused(running, a)).rejects.toMatchObject({ code: 'turn_begun' })
  await expect(refused(a, running)).rejects.toMatchObject({ code: 'turn_begun' })
  await expect(refused('nobody', a)).rejects.toMatchObject({ code: 'not_found' })
  await stage.turns.remove(stage.sessionId, a, mine(stage))
  await expect(refused(a, b)).rejects.toMatchObject({ code: 'turn_begun' })
  expect((await waitingNow(stage)).map(({ turnId }) => turnId)).toEqual([b])
})

test('[CH3] A turn that waits is removed by who asked for it and by the owner, and never runs.', async () => {
  const { stage, ids } = await stageWithQueue(['mine', 'theirs', 'theirs too'])
  const [own = '', theirs = ''] = ids
  await expect(stage.turns.remove(stage.sessionId, theirs, mine(stage))).rejects.toMatchObject({ code: 'denied' })
  // Nor by another name.
  await expect(stage.turns.stop(stage.sessionId, theirs, mine(stage))).rejects.toMatchObject({ code: 'denied' })
  await stage.turns.remove(stage.sessionId, own, mine(stage))
  await stage.stop(theirs)
  expect(await stage.turn(own)).toMatchObject({ status: 'ended', reason: 'removed', stoppedBy: stage.owner, text: '' })
  expect(await stage.end(theirs)).toEqual({ turnId: theirs, reason: 'removed', stoppedBy: stage.owner })
  await expect(stage.turns.remove(stage.sessionId, own, mine(stage))).rejects.toMatchObject({ code: 'turn_begun' })
  expect((await waitingNow(stage)).map(({ prompt }) => prompt)).toEqual(['theirs too'])
})

test('[CH4] A turn keeps who stopped it, and an end of its own names nobody.', async () => {
  const stage = await Stage.open()
  const stopped = await stage.asked()
  await stage.turns.stop(stage.sessionId, stopped, { participantId: 'somebody', removesAny: false })
  expect(await stage.end(stopped)).toMatchObject({ reason: 'stopped', stoppedBy: 'somebody' })
  expect((await stage.reopen().turns.snapshot(stage.sessionId)).turns).toMatchObject([{ stoppedBy: 'somebody' }])
  const complete = await stage.answer('Done.')
  expect(await stage.turn(complete)).not.toHaveProperty('stoppedBy')
})

test('[CH5] A restart ends what waited as interrupted: nobody is there to see it run.', async () => {
  const { stage, ids } = await stageWithQueue(['a', 'b'])
  await stage.turns.move(stage.sessionId, ids[1] ?? '', { before: ids[0] ?? '' })
  const again = stage.reopen()
  await again.turns.recover()
  expect((await again.turns.snapshot(stage.sessionId)).turns.map(({ prompt, reason }) => [prompt, reason])).toEqual([
    ['running', 'interrupted'],
    ['b', 'interrupted'],
    ['a', 'interrupted'],
  ])
})

const steps = fc.array(
  fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ type: fc.constant('move' as const), turn: fc.nat(9), to: fc.nat(9), before: fc.boolean() }),
    },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('remove' as const), turn: fc.nat(9) }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('ask' as const) }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('answer' as const) }) },
    { weight: 1, arbitrary: fc.record({ type: fc.constant('settle' as const) }) },
  ),
  { maxLength: 14 },
)

test('[CH1] However people move, remove and ask at once, everyone is told the order in which turns run.', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (plan) => {
      const { stage, ids } = await stageWithQueue(['a', 'b', 'c', 'd'])
      const asked: Promise<unknown>[] = []
      const refusals: unknown[] = []
      const later = (asking: Promise<unknown>) => asked.push(asking.catch((error: unknown) => refusals.push(error)))
      for (const step of plan) {
        const at = (index: number) => ids[index % ids.length] ?? ''
        if (step.type === 'move') {
          const place = step.before ? { before: at(step.to) } : { after: at(step.to) }
          later(stage.turns.move(stage.sessionId, at(step.turn), place))
        } else if (step.type === 'remove') {
          later(stage.turns.remove(stage.sessionId, at(step.turn), { participantId: 'x', removesAny: true }))
        } else if (step.type === 'ask') {
          later(stage.ask('more').then((turnId) => ids.push(turnId)))
        } else if (step.type === 'answer') {
          stage.model.say('Done.')
          stage.model.finish()
          await stage.pass()
        } else await Promise.all(asked)
      }
      await Promise.all(asked)
      for (const refusal of refusals) expect(refusal).toMatchObject({ code: 'turn_begun' })
      await stage.pass(3)
      const snapshot = (await stage.turns.snapshot(stage.sessionId)).turns
      const waiting = snapshot.filter(({ status }) => status === 'queued').map(({ turnId }) => turnId)
      expect(waitingAsTold(stage)).toEqual(waiting)
      const stored = await stage.store.turns(stage.sessionId)
      expect(stored.map(({ turnId, number }) => [turnId, number])).toEqual(
        snapshot.map(({ turnId, number }) => [turnId, number]),
      )
      expect(snapshot.map(({ number }) => number)).toEqual(snapshot.map((_turn, index) => index + 1))
      // Nothing that waits comes before something that has run.
      const waits = snapshot.filter(({ reason }) => reason !== 'removed').map(({ status }) => Number(status === 'queued'))
      expect(waits).toEqual(waits.toSorted((one, other) => one - other))
      await stage.leave()
    }),
    { numRuns: 40, seed: 41 },
  )
}, 30_000)
