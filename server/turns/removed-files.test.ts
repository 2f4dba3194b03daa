import { expect, test } from 'vitest'
import { Stage } from './testing/stage.ts'

const patch = (...sections: string[]) => `*** Begin Patch\n${sections.join('')}*** End Patch\n`
const update = (path: string, before: string, after: string) => `*** Update File: ${path}\n@@\n-${before}\n+${after}\n`
const add = (path: string, line: string) => `*** Add File: ${path}\n+${line}\n`
const remove = (path: string) => `*** Delete File: ${path}\n`
const ids = async (stage: Stage) => (await stage.hunks()).map(({ hunkId }) => hunkId)
const seen = async (stage: Stage) => (await stage.hunks()).map(({ kind, state }) => [kind, state])

/** An answer whose hunks were all accepted. */
async function accepted(files: Record<string, string>, ...sections: string[]) {
  const stage = await Stage.open(files)
  await stage.answer(patch(...sections))
  const hunkIds = await ids(stage)
  expect(await stage.decide('accept', hunkIds)).toEqual({ decided: hunkIds, skipped: [] })
  return { stage, hunkIds }
}

test('H7 Reverting a turn that has edited a file and deleted it brings the file back as it was before the turn.', async () => {
  const files = { 'a.txt': 'one\r\ntwo\r\n' }
  const { stage, hunkIds } = await accepted(files, update('a.txt', 'one', '1'), remove('a.txt'))
  expect(await stage.paths()).toEqual([])
  expect(await stage.decide('revert', hunkIds)).toEqual({ decided: hunkIds, skipped: [] })
  expect(await stage.texts()).toEqual({ 'a.txt': 'one\ntwo\n' })
  expect((await stage.sessions.files(stage.sessionId))[0]).toMatchObject({ lineEnding: 'crlf' })
  expect(await seen(stage)).toEqual([
    ['edit', 'reverted'],
    ['delete', 'reverted'],
  ])
  await stage.decide('redo', hunkIds)
  expect(await stage.paths()).toEqual([])
  await stage.decide('revert', hunkIds)
  expect(await stage.texts()).toEqual({ 'a.txt': 'one\ntwo\n' })
})

test('H7 Reverting only the deletion brings the file back as it was deleted.', async () => {
  const { stage, hunkIds } = await accepted({ 'a.txt': 'one\ntwo\n' }, update('a.txt', 'one', '1'), remove('a.txt'))
  await stage.decide('revert', hunkIds.slice(1))
  expect(await stage.texts()).toEqual({ 'a.txt': '1\ntwo\n' })
  expect(await seen(stage)).toEqual([
    ['edit', 'accepted'],
    ['delete', 'reverted'],
  ])
})

test('H7 A file that a turn has created and deleted stays gone when the turn is reverted, however often.', async () => {
  const { stage, hunkIds } = await accepted({}, add('n.txt', 'new'), remove('n.txt'))
  for (const _round of [1, 2]) {
    await stage.decide('revert', hunkIds)
    expect(await stage.paths()).toEqual([])
    await stage.decide('redo', hunkIds)
    expect(await stage.paths()).toEqual([])
  }
})

test('H7 A file whose creation is rejected because it goes does not come back.', async () => {
  const stage = await Stage.open()
  await stage.answer(patch(add('n.txt', 'new'), remove('n.txt')))
  const [, deletion = ''] = await ids(stage)
  await stage.decide('accept', [deletion])
  expect(await stage.decide('revert', [deletion])).toEqual({ decided: [deletion], skipped: [] })
  expect(await stage.paths()).toEqual([])
})

test('H7 What people wrote in such a file comes back when the turn is reverted.', async () => {
  const stage = await Stage.open()
  await stage.answer(patch(add('n.txt', 'new'), remove('n.txt')))
  const hunkIds = await ids(stage)
  await stage.type('n.txt', (text) => text.insert(0, 'mine\n'))
  await stage.decide('accept', hunkIds)
  await stage.decide('revert', hunkIds)
  expect(await stage.texts()).toEqual({ 'n.txt': 'mine\n' })
})

test('H7 An edit that is rejected because its file goes is not in the file when that comes back.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\ntwo\n' })
  await stage.answer(patch(update('a.txt', 'one', '1'), remove('a.txt')))
  const [, deletion = ''] = await ids(stage)
  await stage.decide('accept', [deletion])
  expect(await seen(stage)).toEqual([
    ['edit', 'rejected'],
    ['delete', 'accepted'],
  ])
  expect((await stage.hunks())[1]).toMatchObject({ baseText: 'one\ntwo\n' })
  await stage.decide('revert', [deletion])
  expect(await stage.texts()).toEqual({ 'a.txt': 'one\ntwo\n' })
})

test('H7 A file that a rename has replaced comes back as it was before the turn, too.', async () => {
  const files = { 'a.txt': 'one\n', 'b.txt': 'two\n' }
  const move = '*** Update File: a.txt\n*** Move to: b.txt\n@@\n-one\n+1\n'
  const { stage, hunkIds } = await accepted(files, update('b.txt', 'two', '2'), move)
  expect(await stage.texts()).toEqual({ 'b.txt': '1\n' })
  expect(await stage.decide('revert', hunkIds)).toEqual({ decided: hunkIds, skipped: [] })
  expect(await stage.texts()).toEqual(files)
})

test('H7 A deletion whose revert was cut off can be reverted.', async () => {
  const { stage, hunkIds } = await accepted({ 'a.txt': 'one\n' }, remove('a.txt'))
  const { saveHunks } = stage.store
  stage.store.saveHunks = async () => {
    throw new Error('stopped')
  }
  await stage.decide('revert', hunkIds).catch(() => {})
  stage.store.saveHunks = saveHunks
  await stage.leave()
  const again = stage.reopen()
  await again.turns.recover()
  await again.decide('revert', hunkIds)
  expect(await again.texts()).toEqual({ 'a.txt': 'one\n' })
  expect((await again.hunks())[0]).toMatchObject({ state: 'reverted', fileId: await again.fileId('a.txt') })
})

test.each([
  ['deleted', remove('a.txt'), {}],
  ['replaced', '*** Update File: b.txt\n*** Move to: a.txt\n@@\n-three\n+3\n', { 'a.txt': '3\n' }],
])(
  'H7 Where a crash follows right after a file was %s, the next start closes the hunks that were open in it.',
  async (_, section, after) => {
    const stage = await Stage.open({ 'a.txt': 'one\ntwo\n', 'b.txt': 'three\n' })
    await stage.answer(patch(update('a.txt', 'one', '1'), section))
    const operation = (await stage.hunks()).find(({ kind }) => kind === 'delete' || kind === 'rename')?.hunkId ?? ''
    const { saveHunks } = stage.store
    const stopped = async () => {
      throw new Error('stopped')
    }
    const { removeFiles } = stage.store
    stage.store.removeFiles = async (...removed) => {
      await removeFiles(...removed)
      Object.assign(stage.store, { saveHunks: stopped, saveFiles: stopped })
    }
    const { saveFiles } = stage.store
    await stage.decide('accept', [operation]).catch(() => {})
    Object.assign(stage.store, { saveHunks, saveFiles, removeFiles })
    await stage.leave()
    const again = stage.reopen()
    await again.turns.recover()
    expect(await again.texts()).toMatchObject(after)
    const states = (await again.hunks()).map(({ path, kind, state }) => [path, kind, state])
    expect(states).toContainEqual(['a.txt', 'edit', 'rejected'])
    expect((await again.hunks()).find(({ hunkId }) => hunkId === operation)?.state).toBe('accepted')
  },
)

test('H7 What a turn was still writing in a file that goes does not come back with it.', async () => {
  const files = { 'a.txt': 'one\ntwo\n' }
  const stage = await Stage.open(files)
  await stage.answer(patch(remove('a.txt')))
  const deletion = await ids(stage)
  const turnId = await stage.asked('Change it', { openFileIds: [await stage.fileId('a.txt')] })
  stage.model.say(`*** Begin Patch\n*** Update File: a.txt\n@@\n one\n${'+new\n'.repeat(45)}`)
  await stage.pass(4)
  expect(await stage.text('a.txt')).toBe(`one\n${'new\n'.repeat(45)}two\n`)
  await stage.decide('accept', deletion)
  stage.model.say(' two\n*** End Patch\n')
  stage.model.finish()
  await stage.end(turnId)
  await stage.decide('revert', deletion)
  expect(await stage.texts()).toEqual(files)
})
