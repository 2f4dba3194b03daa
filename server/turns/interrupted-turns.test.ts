import { expect, test } from 'vitest'
import { Stage, WatchingTab } from './testing/stage.ts'

const change = (search: string, replace: string) =>
  `a.txt\n\`\`\`\n<<<<<<< SEARCH\n${search}=======\n${replace}>>>>>>> REPLACE\n\`\`\`\n`

test('After a crash the running turn is interrupted, its open hunk taken back, its settled hunk and its text kept.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\ntwo\nthree\n' })
  const turnId = await stage.asked()
  const queued = await stage.ask('Later')
  const said = `${change('one\n', '1\n')}a.txt\n\`\`\`\n<<<<<<< SEARCH\nthree\n=======\n${'new line\n'.repeat(50)}`
  stage.model.say(said)
  await stage.pass(20)
  expect(await stage.text('a.txt')).toBe(`1\ntwo\n${'new line\n'.repeat(50)}three\n`)
  // The process dies: nothing is closed, and another one opens the same store.
  const again = stage.reopen()
  await again.turns.recover()
  expect(await again.text('a.txt')).toBe('1\ntwo\nthree\n')
  expect((await again.hunks()).map(({ state, reason }) => [state, reason])).toEqual([
    ['settled', undefined],
    ['aborted', 'turn_ended'],
  ])
  expect(await again.turn(turnId)).toMatchObject({ status: 'ended', reason: 'interrupted', text: said })
  expect(await again.turn(queued)).toMatchObject({ status: 'ended', reason: 'interrupted', text: '' })
  await again.decide(
    'reject',
    (await again.hunks()).map(({ hunkId }) => hunkId),
  )
  expect(await again.text('a.txt')).toBe('one\ntwo\nthree\n')
})

async function crashedWhileCreating(typed: string): Promise<Stage> {
  const stage = await Stage.open()
  await stage.asked()
  stage.model.say('new.txt\n```\none\ntwo\nthree\nfour\n')
  await stage.pass(20)
  if (typed !== '') await stage.type('new.txt', (text) => text.insert(2, typed))
  const again = stage.reopen()
  await again.turns.recover()
  return again
}

test('After a crash a file that was being created is gone.', async () => {
  const stage = await crashedWhileCreating('')
  expect(await stage.sessions.files(stage.sessionId)).toEqual([])
})

test('After a crash a file that was being created stays where a person wrote in it.', async () => {
  const stage = await crashedWhileCreating('HUMAN')
  const [file] = await stage.sessions.files(stage.sessionId)
  expect(file).not.toHaveProperty('proposedBy')
  expect(await stage.text('new.txt')).toBe('HUMAN')
})

test('A tab that saw more than was stored is taken back to the end of what is stored.', async () => {
  const stage = await Stage.open()
  const turnId = await stage.asked()
  // The first piece is stored at once, the next one a quarter of a second later.
  stage.model.say('Stored. ')
  await stage.pass(2)
  stage.model.say('Lost.')
  await stage.pass()
  const cursor = { turnId, text: 13, reasoning: 0, marks: 0 }
  const again = stage.reopen()
  await again.turns.recover()
  const tab = new WatchingTab()
  again.turns.watch(again.sessionId, tab, [cursor])
  await again.pass(2)
  expect(tab.frames).toMatchObject([{ at: 8, text: '', head: 8 }])
  expect(tab.endings).toEqual([{ turnId, reason: 'interrupted', hasCheckpoint: true }])
})

test('Recovering a second time changes nothing.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  await stage.answer(change('one\n', '1\n'))
  const again = stage.reopen()
  await again.turns.recover()
  await again.turns.recover()
  expect(await again.text('a.txt')).toBe('1\n')
  expect(await again.hunks()).toMatchObject([{ state: 'settled' }])
})
