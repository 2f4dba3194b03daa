import { expect, test } from 'vitest'
import { Stage } from './testing/stage.ts'

const files = { 'a.txt': 'one\ntwo\n', 'c.txt': 'see\n' }
const patch = (...sections: string[]) => `*** Begin Patch\n${sections.join('')}*** End Patch\n`
const update = (path: string, before: string, after: string) => `*** Update File: ${path}\n@@\n-${before}\n+${after}\n`
const move = (path: string, newPath: string, before: string, after: string) =>
  `*** Update File: ${path}\n*** Move to: ${newPath}\n@@\n-${before}\n+${after}\n`
const ids = async (stage: Stage) => (await stage.hunks()).map(({ hunkId }) => hunkId)
const seen = async (stage: Stage) => (await stage.hunks()).map(({ block, kind, state }) => [block, kind, state])

test('A file that an answer deletes and adds again is changed, not deleted: at once and over time, and its old text comes back.', async () => {
  for (const frames of [0, 3]) {
    const stage = await Stage.open(files)
    const turnId = await stage.asked()
    stage.model.say('*** Begin Patch\n*** Delete File: a.txt\n*** Add File: a.txt\n')
    await stage.pass(frames)
    stage.model.say('+fresh\n*** End Patch\n')
    stage.model.finish()
    await stage.end(turnId)
    const open = (await seen(stage)).filter(([, , state]) => state === 'settled')
    expect(open).toEqual([[2, 'edit', 'settled']])
    await stage.decide('accept', await ids(stage))
    expect(await stage.texts()).toEqual({ ...files, 'a.txt': 'fresh\n' })
    await stage.decide('revert', await ids(stage))
    expect(await stage.texts()).toEqual(files)
  }
})

test('A patch that updates a file which is not there creates none, also where it only inserts.', async () => {
  const stage = await Stage.open(files)
  await stage.answer(patch('*** Update File: b.txt\n@@\n+fresh\n'))
  expect(await stage.texts()).toEqual(files)
  expect(await stage.hunks()).toMatchObject([{ path: 'b.txt', state: 'unmatched', reason: 'no_such_file', fileId: null }])
})

test('A renamed file is edited by its new path, also where another file stands there until the rename is accepted.', async () => {
  const stage = await Stage.open(files)
  await stage.answer(patch(move('a.txt', 'c.txt', 'one', '1'), update('c.txt', 'two', '2')))
  expect(await stage.texts()).toEqual({ ...files, 'a.txt': '1\n2\n' })
  await stage.decide('accept', await ids(stage))
  expect(await stage.texts()).toEqual({ 'c.txt': '1\n2\n' })
  await stage.decide('revert', await ids(stage))
  expect(await stage.texts()).toEqual(files)
})

test('A file that the same answer creates, renames and edits again is one file, which goes with its creation.', async () => {
  const stage = await Stage.open()
  await stage.answer(patch('*** Add File: n.txt\n+x\n', move('n.txt', 'm.txt', 'x', 'y'), update('m.txt', 'y', 'z')))
  expect(await stage.texts()).toEqual({ 'n.txt': 'z\n' })
  await stage.decide('accept', await ids(stage))
  expect(await stage.texts()).toEqual({ 'm.txt': 'z\n' })
  await stage.decide('revert', await ids(stage))
  expect(await stage.paths()).toEqual([])
})

test('A rename takes the path of a file that the same answer deletes.', async () => {
  const stage = await Stage.open(files)
  await stage.answer(patch('*** Delete File: a.txt\n', move('c.txt', 'a.txt', 'see', 'C')))
  await stage.decide('accept', await ids(stage))
  expect(await stage.texts()).toEqual({ 'a.txt': 'C\n' })
  await stage.decide('revert', await ids(stage))
  expect(await stage.texts()).toEqual(files)
})

test('A new file where the same answer has renamed one away stands beside it until both renames are accepted.', async () => {
  for (const frames of [0, 3]) {
    const stage = await Stage.open(files)
    const turnId = await stage.asked()
    stage.model.say(`*** Begin Patch\n${move('a.txt', 'b.txt', 'one', '1')}*** Add File: a.txt\n`)
    await stage.pass(frames)
    stage.model.say(`+fresh\n${update('a.txt', 'fresh', 'new')}*** End Patch\n`)
    stage.model.finish()
    await stage.end(turnId)
    expect(await stage.texts()).toEqual({ ...files, 'a.txt': '1\ntwo\n', 'a.new.txt': 'new\n' })
    expect((await stage.hunks()).filter(({ kind }) => kind === 'rename')).toMatchObject([
      { path: 'a.txt', newPath: 'b.txt', state: 'settled' },
      { path: 'a.new.txt', newPath: 'a.txt', state: 'settled', fileId: await stage.fileId('a.new.txt') },
    ])
    const hunkIds = await ids(stage)
    expect(await stage.decide('accept', hunkIds)).toEqual({ decided: hunkIds, skipped: [] })
    expect(await stage.texts()).toEqual({ 'b.txt': '1\ntwo\n', 'c.txt': 'see\n', 'a.txt': 'new\n' })
    await stage.decide('revert', hunkIds)
    expect(await stage.texts()).toEqual(files)
  }
})

test('The new file does not take the path before the old one has left it, and goes with its creation.', async () => {
  const stage = await Stage.open({ ...files, 'a.new.txt': 'mine\n' })
  await stage.answer(patch(move('a.txt', 'b.txt', 'one', '1'), '*** Add File: a.txt\n+fresh\n'))
  const renames = (await stage.hunks()).filter(({ kind }) => kind === 'rename')
  const [away, into] = renames.map(({ hunkId }) => hunkId)
  const [creation] = (await stage.hunks()).flatMap(({ kind, hunkId }) => (kind === 'create' ? hunkId : []))
  expect(await stage.decide('accept', [into ?? ''])).toEqual({ decided: [], skipped: [into] })
  expect(await stage.text('a.new2.txt')).toBe('fresh\n')
  await stage.decide('reject', [creation ?? ''])
  await stage.decide('accept', [away ?? ''])
  expect(await stage.texts()).toEqual({ 'b.txt': '1\ntwo\n', 'c.txt': 'see\n', 'a.new.txt': 'mine\n' })
})

test('Where the rename was accepted meanwhile the new file is created at its path.', async () => {
  const stage = await Stage.open(files)
  const turnId = await stage.asked()
  stage.model.say(`*** Begin Patch\n${move('a.txt', 'b.txt', 'one', '1')}${update('c.txt', 'see', 'C')}`)
  await stage.pass(4)
  await stage.decide('accept', await ids(stage))
  stage.model.say('*** Add File: a.txt\n+fresh\n*** End Patch\n')
  stage.model.finish()
  await stage.end(turnId)
  expect(await stage.texts()).toEqual({ 'a.txt': 'fresh\n', 'b.txt': '1\ntwo\n', 'c.txt': 'C\n' })
})

test('A created file that its block does not finish leaves nothing beside its path.', async () => {
  const stage = await Stage.open(files)
  const turnId = await stage.asked()
  stage.model.say(`*** Begin Patch\n${move('a.txt', 'b.txt', 'one', '1')}*** Add File: a.txt\n${'+line\n'.repeat(50)}`)
  await stage.pass(4)
  expect(await stage.paths()).toEqual(['a.new.txt', 'a.txt', 'c.txt'])
  await stage.stop(turnId)
  expect(await stage.paths()).toEqual(['a.txt', 'c.txt'])
  expect((await stage.hunks()).filter(({ kind }) => kind === 'rename')).toHaveLength(1)
})

test('A move to the path that a file has already is only its edits.', async () => {
  const stage = await Stage.open(files)
  await stage.answer(patch(move('a.txt', 'a.txt', 'one', '1')))
  expect(await seen(stage)).toEqual([[1, 'edit', 'settled']])
})
