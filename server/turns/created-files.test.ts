import { expect, test } from 'vitest'
import { addHunk } from './testing/add-hunk.ts'
import { Stage } from './testing/stage.ts'

const change = (path: string, search: string, replace: string) =>
  `${path}\n\`\`\`\n<<<<<<< SEARCH\n${search}=======\n${replace}>>>>>>> REPLACE\n\`\`\`\n`
const whole = (path: string, content: string) => `${path}\n\`\`\`\n${content}\`\`\`\n`
const ids = async (stage: Stage) => (await stage.hunks()).map(({ hunkId }) => hunkId)
const states = async (stage: Stage) => (await stage.hunks()).map(({ state }) => state)
const created = whole('a.txt', 'one\ntwo\nthree\nfour\nfive\nsix\n') + change('a.txt', 'six\n', '6\n')

test('H4 A rejected file stays where a later hunk in it was accepted, with that hunk’s text.', async () => {
  const stage = await Stage.open()
  await stage.answer(created)
  const [creation = '', edit = ''] = await ids(stage)
  await stage.decide('accept', [edit])
  await stage.decide('reject', [creation])
  expect(await stage.text('a.txt')).toContain('6')
  expect(await stage.text('a.txt')).not.toContain('one')
  expect((await stage.sessions.files(stage.sessionId))[0]).not.toHaveProperty('proposedBy')
  expect(await states(stage)).toEqual(['rejected', 'accepted'])
  expect(await stage.decide('redo', [creation])).toEqual({ decided: [creation], skipped: [] })
  expect(await stage.text('a.txt')).toBe('one\ntwo\nthree\nfour\nfive\n6\n')
})

test('H4 With a rejected file its proposals and pending changes are closed.', async () => {
  const stage = await Stage.open()
  const turnId = await stage.answer(created + change('a.txt', 'missing\n', 'found\n'))
  await addHunk(stage, { hunkId: 'rename', turnId, path: 'a.txt', kind: 'rename', newPath: 'b.txt' })
  const [creation = ''] = await ids(stage)
  expect(await stage.decide('reject', [creation])).toEqual({ decided: [creation], skipped: [] })
  expect(await states(stage)).toEqual(['rejected', 'rejected', 'rejected', 'rejected'])
  expect(await stage.paths()).toEqual([])
})

test('H5 A rejected file is made again, proposed, with the text it had, and can be rejected again.', async () => {
  const stage = await Stage.open()
  const turnId = await stage.answer(created)
  const hunks = await ids(stage)
  const [creation = ''] = hunks
  const before = await stage.text('a.txt')
  await stage.decide('reject', hunks)
  expect(await stage.paths()).toEqual([])
  await stage.leave()
  const again = stage.reopen()
  expect(await again.decide('redo', hunks)).toEqual({ decided: [creation], skipped: hunks.slice(1) })
  expect(await again.text('a.txt')).toBe(before)
  const [file] = await again.sessions.files(again.sessionId)
  expect(file).toMatchObject({ path: 'a.txt', proposedBy: turnId })
  const [hunk] = await again.hunks()
  expect(hunk).toMatchObject({ kind: 'create', state: 'settled', fileId: file?.fileId })
  expect(hunk).not.toHaveProperty('undoing')
  expect(hunk && (await again.rangeOf(hunk))).toEqual({ start: 0, end: before.length })
  await again.decide('reject', [creation])
  expect(await again.paths()).toEqual([])
})

test('H5 A rejected file is not made again where its path was taken.', async () => {
  const stage = await Stage.open()
  await stage.answer(created)
  const hunks = await ids(stage)
  await stage.decide('reject', hunks)
  await stage.sessions.createFile(stage.sessionId, 'a.txt', { text: 'mine\n' })
  expect(await stage.decide('redo', hunks)).toEqual({ decided: [], skipped: hunks })
  expect(await stage.text('a.txt')).toBe('mine\n')
})

test('H6 Reverting an accepted creation deletes the file, and a redo makes it again as accepted.', async () => {
  const stage = await Stage.open()
  await stage.answer(created)
  const hunks = await ids(stage)
  const before = await stage.text('a.txt')
  await stage.decide('accept', hunks)
  expect(await stage.decide('revert', hunks)).toEqual({ decided: hunks, skipped: [] })
  expect(await stage.paths()).toEqual([])
  expect(await states(stage)).toEqual(['reverted', 'reverted'])
  await stage.decide('redo', hunks.slice(0, 1))
  expect(await stage.text('a.txt')).toBe(before)
  expect((await stage.sessions.files(stage.sessionId))[0]).not.toHaveProperty('proposedBy')
  expect(await states(stage)).toEqual(['accepted', 'reverted'])
})

test('H6 Reverting an accepted creation leaves the file where a person has written in it.', async () => {
  const stage = await Stage.open()
  await stage.answer(created)
  const hunks = await ids(stage)
  await stage.decide('accept', hunks)
  await stage.type('a.txt', (text) => text.insert(4, 'mine\n'))
  await stage.decide('revert', hunks)
  expect(await stage.text('a.txt')).toBe('mine\n')
})

test('H4 A rejected file stays where an open hunk has deleted what a person wrote in it, which comes back with that hunk.', async () => {
  const stage = await Stage.open()
  await stage.answer(created)
  await stage.type('a.txt', (text) => text.insert(4, 'mine\n'))
  const [creation = '', first = ''] = await ids(stage)
  await stage.answer(change('a.txt', 'mine\n', ''))
  const deletion = (await ids(stage)).at(-1) ?? ''
  await stage.decide('reject', [creation, first])
  expect(await stage.paths()).toEqual(['a.txt'])
  await stage.decide('reject', [deletion])
  expect(await stage.text('a.txt')).toBe('mine\n')
})

test('H4 A file that is rejected together with a hunk that deleted what a person wrote in it keeps that.', async () => {
  const stage = await Stage.open()
  await stage.answer(created)
  await stage.type('a.txt', (text) => text.insert(4, 'mine\n'))
  await stage.answer(change('a.txt', 'mine\n', ''))
  await stage.decide('reject', await ids(stage))
  expect(await stage.text('a.txt')).toBe('mine\n')
})
