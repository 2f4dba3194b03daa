import { expect, test } from 'vitest'
import { Stage } from './testing/stage.ts'

const change = (path: string, search: string, replace: string) =>
  `${path}\n\`\`\`\n<<<<<<< SEARCH\n${search}=======\n${replace}>>>>>>> REPLACE\n\`\`\`\n`
const whole = (path: string, content: string) => `${path}\n\`\`\`\n${content}\`\`\`\n`
const states = async (stage: Stage) => (await stage.hunks()).map(({ state }) => state)
const hunkIds = async (stage: Stage) => (await stage.hunks()).map(({ hunkId }) => hunkId)
const nothing = { restored: [], kept: [], rolledBack: [] }

test('[K1] The checkpoint of a file that the model sees is the text that it saw, of any other the text at that moment.', async () => {
  const stage = await Stage.open({ 'seen.txt': 'one\n', 'open.txt': 'two\n', 'closed.txt': 'three\n' })
  await stage.documents.open(await stage.fileId('open.txt'), { participantId: stage.owner })
  await stage.type('open.txt', (text) => text.insert(0, 'typed '))
  const turnId = await stage.asked('Change it', { openFileIds: [await stage.fileId('seen.txt')] })
  await stage.type('seen.txt', (text) => text.insert(0, 'later '))
  stage.model.say(change('seen.txt', 'one\n', '1\n') + change('closed.txt', 'three\n', '3\n'))
  stage.model.finish()
  await stage.end(turnId)
  const checkpoint = await stage.store.checkpoint(turnId)
  const texts = await Promise.all(
    (checkpoint?.files ?? []).map(async ({ path, hash }) => [path, new TextDecoder().decode(await stage.store.blob(hash))]),
  )
  expect(texts).toEqual([
    ['closed.txt', 'three\n'],
    ['open.txt', 'typed two\n'],
    ['seen.txt', 'one\n'],
  ])
})

test('[K1] Nothing is written before the checkpoint is durable, although the model is asked at once.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  const { saveCheckpoint } = stage.store
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  stage.store.saveCheckpoint = async (...checkpoint) => {
    await held
    return saveCheckpoint(...checkpoint)
  }
  const turnId = await stage.asked()
  stage.model.say(change('a.txt', 'one\n', '1\n'))
  stage.model.finish()
  await stage.pass(5)
  expect(stage.tab.textOf(turnId)).toContain('>>>>>>> REPLACE')
  expect(await stage.text('a.txt')).toBe('one\n')
  release()
  expect(await stage.end(turnId)).toMatchObject({ reason: 'complete' })
  expect(await stage.text('a.txt')).toBe('1\n')
})

test('[K1] A turn whose checkpoint cannot be stored fails and changes nothing.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  stage.store.saveCheckpoint = () => Promise.reject(new Error('the disk is full'))
  const turnId = await stage.ask()
  stage.model.say(change('a.txt', 'one\n', '1\n'))
  stage.model.finish()
  expect(await stage.end(turnId)).toEqual(expect.objectContaining({ turnId, reason: 'failed', failure: { code: 'internal' } }))
  expect([await stage.text('a.txt'), await stage.hunks()]).toEqual(['one\n', []])
})

test('[K2] That a turn has a checkpoint is told at its end and later, and not of one that had none.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  const kept = await stage.answer(change('a.txt', 'one\n', '1\n'))
  stage.store.saveCheckpoint = async () => Promise.reject(new Error('disk full'))
  const lost = await stage.asked()
  expect(await stage.end(kept)).toMatchObject({ hasCheckpoint: true })
  expect(await stage.end(lost)).not.toHaveProperty('hasCheckpoint')
  const { turns } = await stage.turns.snapshot(stage.sessionId)
  expect(turns.map(({ turnId, hasCheckpoint }) => [turnId, hasCheckpoint])).toEqual([
    [kept, true],
    [lost, undefined],
  ])
})

test('[K2] What changed since a turn is told by path: changed, created, deleted, renamed.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n', 'b.txt': 'two\n', 'c.txt': 'three\n', 'd.txt': 'four\n' })
  const turnId = await stage.answer(change('a.txt', 'one\n', '1\n') + whole('new.txt', 'new\n'))
  await stage.type('c.txt', (text) => text.insert(0, 'typed '))
  const [aId, bId, cId, newId] = await Promise.all(['a.txt', 'b.txt', 'c.txt', 'new.txt'].map((path) => stage.fileId(path)))
  await stage.sessions.deleteFile(stage.sessionId, bId ?? '')
  await stage.sessions.renameFile(stage.sessionId, cId ?? '', 'e.txt')
  expect(await stage.turns.changesSince(stage.sessionId, turnId)).toMatchObject({
    changes: [
      { fileId: aId, path: 'a.txt', kind: 'changed', before: 'one\n', lines: expect.any(Object) },
      { fileId: bId, path: 'b.txt', kind: 'deleted', before: 'two\n', lines: { added: 0, deleted: 1 } },
      { fileId: cId, path: 'e.txt', kind: 'renamed', pathBefore: 'c.txt', before: 'three\n' },
      { fileId: newId, path: 'new.txt', kind: 'created', before: null },
    ],
  })
  const { changes } = await stage.turns.changesSince(stage.sessionId, 'start')
  expect(changes).toContainEqual(expect.objectContaining({ path: 'new.txt', kind: 'created' }))
  await expect(stage.turns.changesSince(stage.sessionId, 'unknown')).rejects.toMatchObject({ code: 'not_found' })
  await expect(stage.turns.changesSince('another', turnId)).rejects.toMatchObject({ code: 'not_found' })
})

test('[K3] Restoring takes back this turn and the later ones, decided or not, and leaves the earlier ones.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\ntwo\nthree\n', 'b.txt': 'b\n' })
  await stage.answer(change('a.txt', 'one\n', '1\n'))
  const turnId = await stage.answer(change('a.txt', 'two\n', '2\n') + whole('new.txt', 'new\n'))
  await stage.answer(change('a.txt', '2\n', 'zwei\n') + change('b.txt', 'b\n', 'B\n') + change('b.txt', 'nowhere\n', 'x\n'))
  await stage.decide('accept', (await hunkIds(stage)).slice(0, 4))
  expect(await stage.restore(turnId)).toEqual({ restored: ['a.txt', 'b.txt', 'new.txt'], kept: [], rolledBack: [] })
  expect(await stage.texts()).toEqual({ 'a.txt': '1\ntwo\nthree\n', 'b.txt': 'b\n' })
  expect(await states(stage)).toEqual(['accepted', 'reverted', 'reverted', 'reverted', 'rejected', 'rejected'])
  expect(await stage.restore(turnId)).toEqual(nothing)
})

test('[K3] The text and the hunks of one document come back in one row, and the same after a restart.', async () => {
  const before = await Stage.open({ 'a.txt': 'one\ntwo\nthree\nfour\n' })
  const turnId = await before.answer(change('a.txt', 'one\n', '1\n') + change('a.txt', 'four\n', '4\n'))
  await before.leave()
  const stage = before.reopen()
  const rows: (number | undefined)[] = []
  stage.documents.onCommitted(({ update, hunkEvents }) => rows.push(update && hunkEvents?.length))
  expect(await stage.restore(turnId)).toEqual({ ...nothing, restored: ['a.txt'] })
  expect(await stage.text('a.txt')).toBe('one\ntwo\nthree\nfour\n')
  expect(rows).toEqual([2])
})

test('[K4] What people wrote since stays, and the file is told as kept.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\ntwo\nthree\n', 'b.txt': 'b\n', 'c.txt': 'c\n' })
  const turnId = await stage.answer(change('a.txt', 'two\n', 'a longer line\n') + whole('new.txt', 'new\n'))
  await stage.type('a.txt', (text) => text.insert(text.toString().indexOf('longer'), 'TYPED '))
  await stage.type('b.txt', (text) => text.insert(0, 'typed '))
  await stage.type('new.txt', (text) => text.insert(0, 'mine '))
  await stage.type('c.txt', (text) => text.insert(0, 'x'))
  await stage.type('c.txt', (text) => text.delete(0, 1))
  const restored = {
    restored: ['a.txt', 'new.txt'],
    kept: ['a.txt', 'b.txt', 'new.txt'].map((path) => ({ path, why: 'edited_since' })),
    rolledBack: [],
  }
  expect(await stage.restore(turnId)).toEqual(restored)
  const { 'a.txt': a, ...others } = await stage.texts()
  expect(a?.replace('TYPED ', '')).toBe('one\ntwo\nthree\n')
  expect(a).toContain('TYPED ')
  expect(others).toEqual({ 'b.txt': 'typed b\n', 'c.txt': 'c\n', 'new.txt': 'mine ' })
  expect((await stage.sessions.files(stage.sessionId)).filter(({ proposedBy }) => proposedBy !== undefined)).toEqual([])
})

test('[K4] A person who types in the moment of a restore loses nothing.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  await stage.answer(change('a.txt', 'one\n', '1\n'))
  const turnId = await stage.answer('Nothing to do.')
  await stage.decide('reject', await hunkIds(stage))
  const { hunksOfFile } = stage.store
  stage.store.hunksOfFile = async (...file) => {
    stage.store.hunksOfFile = hunksOfFile
    await stage.type('a.txt', (text) => text.insert(0, 'typed '))
    return hunksOfFile(...file)
  }
  expect(await stage.restore(turnId)).toEqual({ ...nothing, kept: [{ path: 'a.txt', why: 'edited_since' }] })
  expect(await stage.text('a.txt')).toBe('typed one\n')
})

test('[K3] A file that nobody typed in is what it was, also where an earlier hunk was rejected since.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  await stage.answer(change('a.txt', 'one\n', '1\n'))
  const turnId = await stage.answer('Nothing to do.')
  await stage.decide('reject', await hunkIds(stage))
  expect(await stage.restore(turnId)).toEqual({ ...nothing, restored: ['a.txt'] })
  expect(await stage.text('a.txt')).toBe('1\n')
})

test('[K6] Turns that are rolled back are told, kept after a restart, and the model is not reminded of them.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  const first = await stage.answer('The first answer.')
  const second = await stage.answer('The second answer.')
  const third = await stage.answer(change('a.txt', 'one\n', '1\n'))
  expect(await stage.restore(second, { chat: true })).toEqual({ ...nothing, rolledBack: [second, third] })
  expect(await stage.restore(second, { chat: true })).toEqual(nothing)
  expect(stage.events.filter(({ type }) => type === 'rolledBack')).toEqual([
    { type: 'rolledBack', sessionId: stage.sessionId, turnIds: [second, third] },
  ])
  expect(await stage.text('a.txt')).toBe('1\n')
  await stage.leave()
  const again = stage.reopen()
  const { turns } = await again.turns.snapshot(stage.sessionId)
  expect(turns.map(({ turnId, rolledBack }) => [turnId, rolledBack])).toEqual([
    [first, undefined],
    [second, true],
    [third, true],
  ])
  await again.answer('Once more.')
  const asked = again.model.requests.at(-1)?.messages.map(({ content }) => content) ?? []
  expect(asked.filter((content) => content.includes('answer.'))).toEqual(['The first answer.'])
})

test('[K7] A restore is refused while a chat turn runs or waits, and for a turn that has no checkpoint here.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  const done = await stage.answer('Nothing to do.')
  const running = await stage.asked()
  await expect(stage.restore(done)).rejects.toMatchObject({ code: 'turn_active' })
  await expect(stage.restore(running)).rejects.toMatchObject({ code: 'turn_active' })
  stage.model.finish()
  await stage.end(running)
  await expect(stage.restore('unknown')).rejects.toMatchObject({ code: 'not_found' })
  const { owner: participantId, turns } = stage
  const elsewhere = turns.restore({ sessionId: 'another', participantId, turnId: done, files: true, chat: true })
  await expect(elsewhere).rejects.toMatchObject({ code: 'not_found' })
})

test('[K7] A turn that is asked for during a restore sees the files that it leaves.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  const turnId = await stage.answer(change('a.txt', 'one\n', '1\n'))
  const openFileIds = [await stage.fileId('a.txt')]
  const restoring = stage.restore(turnId)
  const next = await stage.asked('And now?', { openFileIds })
  stage.model.finish()
  await Promise.all([restoring, stage.end(next)])
  expect(stage.model.requests.at(-1)?.messages.at(-2)?.content).toContain('one\n')
})
