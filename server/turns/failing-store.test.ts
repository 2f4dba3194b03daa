import { expect, test } from 'vitest'
import { StoreFailure } from '#store/store-failure.ts'
import { Stage } from './testing/stage.ts'

const full = () => Promise.reject(new StoreFailure('disk_full', 'the disk is full'))
const block = 'a.txt\n```\n<<<<<<< SEARCH\none\n=======\n1\n>>>>>>> REPLACE\n```\n'

/** The next call is carried out, and who made it is told that it failed. */
function loseNext(stage: Stage, name: 'createTurn' | 'appendTurn' | 'updateTurn' | 'saveHunks'): void {
  const { store } = stage
  const call = store[name] as (...given: unknown[]) => Promise<unknown>
  Object.assign(store, {
    [name]: async (...given: unknown[]) => {
      Object.assign(store, { [name]: call })
      await call(...given)
      throw new StoreFailure('failed', 'the writer thread ended before it answered')
    },
  })
}

test('[T5] Where the end of an answer cannot be stored, its turn has failed and viewers are taken back to what is stored.', async () => {
  const stage = await Stage.open()
  const turnId = await stage.asked()
  stage.model.say('Stored. ')
  await stage.pass(20)
  stage.store.appendTurn = full
  stage.model.say('Lost.')
  await stage.pass()
  expect(stage.tab.textOf(turnId)).toBe('Stored. Lost.')
  stage.model.finish()
  expect(await stage.end(turnId)).toMatchObject({ reason: 'failed', failure: { code: 'internal' } })
  expect(stage.tab.frames.at(-1)).toMatchObject({ at: 8, text: '', head: 8 })
  expect(await stage.turn(turnId)).toMatchObject({ status: 'ended', reason: 'failed', text: 'Stored. ' })
})

test('A piece of an answer that only seemed not to be stored is not stored again.', async () => {
  const stage = await Stage.open()
  const turnId = await stage.asked()
  loseNext(stage, 'appendTurn')
  stage.model.say('Once. ')
  await stage.pass(20)
  stage.model.say('Twice.')
  await stage.pass(20)
  loseNext(stage, 'appendTurn')
  stage.model.say(' Thrice.')
  stage.model.finish()
  expect(await stage.end(turnId)).toMatchObject({ reason: 'complete' })
  expect(await stage.turn(turnId)).toMatchObject({ reason: 'complete', text: 'Once. Twice. Thrice.' })
})

test('Where the edits of an answer cannot be stored its text is stored all the same.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  const turnId = await stage.asked()
  const { append } = stage.store
  stage.store.append = full
  stage.model.say(block)
  await stage.pass(3)
  stage.store.append = append
  stage.model.finish()
  expect(await stage.end(turnId)).toMatchObject({ reason: 'failed', failure: { code: 'internal' } })
  expect(await stage.turn(turnId)).toMatchObject({ reason: 'failed', text: block })
  expect(await stage.text('a.txt')).toBe('one\n')
})

test('A turn whose end cannot be stored is told as what the store makes of it from now on.', async () => {
  const stage = await Stage.open()
  const turnId = await stage.asked()
  stage.store.updateTurn = full
  stage.model.say('Hello.')
  stage.model.finish()
  expect(await stage.end(turnId)).toEqual({ turnId, reason: 'interrupted', hasCheckpoint: true })
  const { turns } = await stage.turns.snapshot(stage.sessionId)
  expect(turns).toMatchObject([{ turnId, status: 'ended', reason: 'interrupted', text: 'Hello.' }])
})

test('A turn whose beginning or end only seemed not to be stored goes on as if nothing had been.', async () => {
  const stage = await Stage.open()
  loseNext(stage, 'createTurn')
  const turnId = await stage.asked()
  loseNext(stage, 'updateTurn')
  stage.model.say('Hello.')
  stage.model.finish()
  expect(await stage.end(turnId)).toMatchObject({ reason: 'complete' })
  expect(await stage.turn(turnId)).toMatchObject({ reason: 'complete', text: 'Hello.' })
})

test('A turn that is not stored is refused, and nobody hears of it.', async () => {
  const stage = await Stage.open()
  stage.store.createTurn = full
  await expect(stage.ask()).rejects.toMatchObject({ code: 'disk_full' })
  expect(stage.events).toEqual([])
})

test('A proposal that only seemed not to be stored is told.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  loseNext(stage, 'saveHunks')
  await stage.answer('nowhere.txt\n```\n<<<<<<< SEARCH\nold\n=======\nnew\n>>>>>>> REPLACE\n```\n')
  const [hunk] = await stage.hunks()
  expect(hunk).toMatchObject({ fileId: null, state: 'unmatched' })
  const told = stage.events.flatMap((event) => (event.type === 'hunks' ? event.hunkEvents : []))
  expect(told).toMatchObject([{ type: 'opened', hunk: { hunkId: hunk?.hunkId } }])
})

test('Halves of characters are put together before anybody reads them, and one that stays alone is not shown.', async () => {
  const stage = await Stage.open()
  const turnId = await stage.asked()
  stage.model.say('a\ud83d')
  await stage.pass()
  expect(stage.tab.textOf(turnId)).toBe('a')
  stage.model.say('\udc0db\ud83d')
  stage.model.finish()
  await stage.end(turnId)
  expect(stage.tab.textOf(turnId)).toBe('a🐍b')
  expect(await stage.turn(turnId)).toMatchObject({ text: 'a🐍b' })
})
