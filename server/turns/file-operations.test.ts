import { expect, test } from 'vitest'
import type { Hunk } from '#protocol/hunks.ts'
import { addHunk } from './testing/add-hunk.ts'
import { Stage } from './testing/stage.ts'

const hunkOf = async (stage: Stage, hunkId: string) => (await stage.hunks()).find((hunk) => hunk.hunkId === hunkId)
const stateOf = async (stage: Stage, hunkId: string) => (await hunkOf(stage, hunkId))?.state

async function pending(files: Record<string, string>, ...hunks: (Pick<Hunk, 'path'> & Partial<Hunk>)[]) {
  const stage = await Stage.open(files)
  const turnId = await stage.answer('Done.')
  const hunkIds: string[] = []
  for (const [block, hunk] of hunks.entries()) {
    hunkIds.push(await addHunk(stage, { hunkId: `h${block}`, turnId, block, kind: 'rename', ...hunk }))
  }
  return { stage, turnId, hunkIds }
}

const rename = (path: string, newPath: string) => ({ kind: 'rename', path, newPath }) as const
const deletion = (path: string, baseText: string) => ({ kind: 'delete', path, baseText }) as const

test('H7 A rename happens when it is accepted, goes back when it is reverted, and comes again.', async () => {
  const { stage, hunkIds } = await pending({ 'a.txt': 'a\n' }, rename('a.txt', 'dir/b.txt'))
  const fileId = await stage.fileId('a.txt')
  expect(await stage.decide('accept', hunkIds)).toEqual({ decided: hunkIds, skipped: [] })
  expect(await stage.fileId('dir/b.txt')).toBe(fileId)
  expect(await stage.decide('revert', hunkIds)).toEqual({ decided: hunkIds, skipped: [] })
  expect(await stage.paths()).toEqual(['a.txt'])
  expect(await stage.decide('redo', hunkIds)).toEqual({ decided: hunkIds, skipped: [] })
  expect(await stage.paths()).toEqual(['dir/b.txt'])
  expect(await stateOf(stage, 'h0')).toBe('accepted')
})

test('H7 A rejected rename or deletion just closes, and a redo opens it again.', async () => {
  const { stage, hunkIds } = await pending(
    { 'a.txt': 'a\n', 'b.txt': 'b\n' },
    rename('a.txt', 'c.txt'),
    deletion('b.txt', 'b\n'),
  )
  await stage.decide('reject', hunkIds)
  expect([await stateOf(stage, 'h0'), await stateOf(stage, 'h1')]).toEqual(['rejected', 'rejected'])
  expect(await stage.decide('redo', hunkIds)).toEqual({ decided: hunkIds, skipped: [] })
  expect([await stateOf(stage, 'h0'), await stateOf(stage, 'h1')]).toEqual(['settled', 'settled'])
  await stage.decide('revert', hunkIds)
  expect([await stateOf(stage, 'h0'), await stateOf(stage, 'h1')]).toEqual(['rejected', 'rejected'])
  expect(await stage.paths()).toEqual(['a.txt', 'b.txt'])
})

test('H7 A rename onto a file replaces it, closes its hunks, and brings it back when it is reverted.', async () => {
  const { stage, turnId, hunkIds } = await pending({ 'a.txt': 'a\n', 'b.txt': '1\r\n2\r\n' }, rename('a.txt', 'b.txt'))
  await addHunk(stage, { hunkId: 'inB', turnId, path: 'b.txt' })
  await stage.type('b.txt', (text) => text.insert(0, 'typed\n'))
  await stage.decide('accept', hunkIds)
  expect(await stage.paths()).toEqual(['b.txt'])
  expect(await stage.text('b.txt')).toBe('a\n')
  expect(await hunkOf(stage, 'h0')).toMatchObject({
    state: 'accepted',
    path: 'a.txt',
    baseText: 'typed\n1\n2\n',
    deletedLines: 3,
  })
  expect(await stateOf(stage, 'inB')).toBe('rejected')
  await stage.leave()
  const again = stage.reopen()
  await again.decide('revert', hunkIds)
  expect(await again.paths()).toEqual(['a.txt', 'b.txt'])
  expect([await again.text('a.txt'), await again.text('b.txt')]).toEqual(['a\n', 'typed\n1\n2\n'])
  expect((await again.sessions.files(again.sessionId)).find(({ path }) => path === 'b.txt')?.lineEnding).toBe('crlf')
})

test('H7 Renames of one answer are accepted in its order and reverted in the opposite one.', async () => {
  const { stage, hunkIds } = await pending(
    { 'a.txt': 'a\n', 'b.txt': 'b\n' },
    rename('b.txt', 'c.txt'),
    rename('a.txt', 'b.txt'),
  )
  await stage.decide('accept', hunkIds.toReversed())
  expect([await stage.text('b.txt'), await stage.text('c.txt')]).toEqual(['a\n', 'b\n'])
  expect((await stage.decide('revert', hunkIds)).skipped).toEqual([])
  expect([await stage.text('a.txt'), await stage.text('b.txt')]).toEqual(['a\n', 'b\n'])
})

test('H7 Two renames of two files onto each other, accepted by two people at once, end.', async () => {
  const { stage } = await pending({ 'a.txt': 'a\n', 'b.txt': 'b\n' }, rename('a.txt', 'b.txt'), rename('b.txt', 'a.txt'))
  const decisions = await Promise.all([stage.decide('accept', ['h0']), stage.decide('accept', ['h1'])])
  expect(decisions).toEqual([
    { decided: ['h0'], skipped: [] },
    { decided: [], skipped: ['h1'] },
  ])
  expect(await stage.paths()).toEqual(['b.txt'])
  expect([await stage.text('b.txt'), await stateOf(stage, 'h1')]).toEqual(['a\n', 'rejected'])
})

test('H7 A rename is not reverted where the old path is taken or somebody has moved the file on.', async () => {
  const { stage, hunkIds } = await pending({ 'a.txt': 'a\n' }, rename('a.txt', 'b.txt'))
  await stage.decide('accept', hunkIds)
  await stage.sessions.createFile(stage.sessionId, 'a.txt', { text: 'new\n' })
  expect(await stage.decide('revert', hunkIds)).toEqual({ decided: [], skipped: hunkIds })
  await stage.sessions.deleteFile(stage.sessionId, await stage.fileId('a.txt'))
  await stage.sessions.renameFile(stage.sessionId, await stage.fileId('b.txt'), 'c.txt')
  expect(await stage.decide('revert', hunkIds)).toEqual({ decided: [], skipped: hunkIds })
  expect(await stage.paths()).toEqual(['c.txt'])
  expect(await stateOf(stage, 'h0')).toBe('accepted')
})

test('H7 A rename is skipped where its goal is no path for a file, or its file is gone.', async () => {
  const { stage, hunkIds } = await pending(
    { 'a.txt': 'a\n', 'dir/b.txt': 'b\n', 'c.txt': 'c\n' },
    rename('a.txt', 'dir'),
    rename('c.txt', 'd.txt'),
  )
  await stage.sessions.deleteFile(stage.sessionId, await stage.fileId('c.txt'))
  expect(await stage.decide('accept', hunkIds)).toEqual({ decided: [], skipped: hunkIds })
  expect(await stage.paths()).toEqual(['a.txt', 'dir/b.txt'])
})

test('H7 A deletion happens when it is accepted, keeps what people typed last, and its revert brings the file back.', async () => {
  const { stage, turnId, hunkIds } = await pending({ 'a.txt': 'a\n' }, deletion('a.txt', 'a\n'))
  await addHunk(stage, { hunkId: 'open', turnId, path: 'a.txt' })
  await addHunk(stage, { hunkId: 'shown', turnId, path: 'a.txt', state: 'conflict', reason: 'changed_meanwhile' })
  await addHunk(stage, { hunkId: 'done', turnId, path: 'a.txt', state: 'accepted' })
  await stage.type('a.txt', (text) => text.insert(2, 'typed\n'))
  const fileId = await stage.fileId('a.txt')
  stage.events.length = 0
  expect(await stage.decide('accept', hunkIds)).toEqual({ decided: hunkIds, skipped: [] })
  expect(await stage.paths()).toEqual([])
  expect(await hunkOf(stage, 'h0')).toMatchObject({ state: 'accepted', baseText: 'a\ntyped\n', deletedLines: 2 })
  const told = stage.events.flatMap((event) => (event.type === 'hunks' ? event.hunkEvents : []))
  expect(told).toMatchObject([
    { type: 'changed', hunk: { hunkId: 'h0', state: 'accepted', fileId } },
    { type: 'changed', hunk: { hunkId: 'open', state: 'rejected', decidedBy: stage.owner } },
    { type: 'changed', hunk: { hunkId: 'shown', state: 'rejected', decidedBy: stage.owner } },
  ])
  await stage.leave()
  const again = stage.reopen()
  expect(await again.decide('revert', hunkIds)).toEqual({ decided: hunkIds, skipped: [] })
  expect(await again.text('a.txt')).toBe('a\ntyped\n')
  expect(await hunkOf(again, 'h0')).toMatchObject({ state: 'reverted', fileId: await again.fileId('a.txt') })
  expect(await again.decide('redo', hunkIds)).toEqual({ decided: hunkIds, skipped: [] })
  expect(await again.paths()).toEqual([])
})

test('H7 A deletion of a file that is gone is accepted, and one whose path was taken is not reverted.', async () => {
  const { stage, hunkIds } = await pending({ 'a.txt': 'a\n' }, deletion('a.txt', 'a\n'))
  await stage.sessions.deleteFile(stage.sessionId, await stage.fileId('a.txt'))
  expect(await stage.decide('accept', hunkIds)).toEqual({ decided: hunkIds, skipped: [] })
  await stage.sessions.createFile(stage.sessionId, 'a.txt', { text: 'new\n' })
  expect(await stage.decide('revert', hunkIds)).toEqual({ decided: [], skipped: hunkIds })
  expect(await stage.text('a.txt')).toBe('new\n')
})

test('H7 A rename that was only proposed is dismissed and never comes back.', async () => {
  const { stage, hunkIds } = await pending({}, { ...rename('a.txt', 'b.txt'), state: 'unmatched', reason: 'no_such_file' })
  expect(await stage.decide('accept', hunkIds)).toEqual({ decided: [], skipped: hunkIds })
  expect(await stage.decide('reject', hunkIds)).toEqual({ decided: hunkIds, skipped: [] })
  expect(await stage.decide('redo', hunkIds)).toEqual({ decided: [], skipped: hunkIds })
})

/** A server whose store takes no more records of hunks after so many, as one that has stopped. */
async function stopAfter(stage: Stage, saves: number, decide: () => Promise<unknown>): Promise<Stage> {
  const { saveHunks } = stage.store
  let left = saves
  stage.store.saveHunks = async (...saved) => {
    left -= 1
    if (left < 0) throw new Error('stopped')
    await saveHunks(...saved)
  }
  await expect(decide()).rejects.toThrow('stopped')
  stage.store.saveHunks = saveHunks
  await stage.leave()
  return stage.reopen()
}

test('H7 A deletion that was cut off after the file had gone is finished by the next start, and can be reverted.', async () => {
  const { stage, hunkIds } = await pending({ 'a.txt': 'a\n' }, deletion('a.txt', 'a\n'))
  const again = await stopAfter(stage, 1, () => stage.decide('accept', hunkIds))
  expect(await again.paths()).toEqual([])
  expect(await again.decide('reject', hunkIds)).toEqual({ decided: [], skipped: hunkIds })
  await again.turns.recover()
  expect(await hunkOf(again, 'h0')).toMatchObject({ state: 'accepted', decidedBy: stage.owner })
  await again.decide('revert', hunkIds)
  expect(await again.text('a.txt')).toBe('a\n')
})

test('H7 A rename onto a file that was cut off anywhere is finished by the next start, and its revert brings both back.', async () => {
  for (const saves of [1, 2]) {
    const { stage, hunkIds } = await pending({ 'a.txt': 'a\n', 'b.txt': 'b\n' }, rename('a.txt', 'b.txt'))
    const again = await stopAfter(stage, saves, () => stage.decide('accept', hunkIds))
    await again.turns.recover()
    expect(await again.texts()).toEqual({ 'b.txt': 'a\n' })
    expect(await hunkOf(again, 'h0')).toMatchObject({
      state: 'accepted',
      path: 'a.txt',
      baseText: 'b\n',
      decidedBy: stage.owner,
    })
    await again.decide('revert', hunkIds)
    expect(await again.texts()).toEqual({ 'a.txt': 'a\n', 'b.txt': 'b\n' })
  }
})

test('H7 A rename that was cut off before its record, and whose file is gone since, is open again.', async () => {
  const { stage, hunkIds } = await pending({ 'a.txt': 'a\n' }, rename('a.txt', 'b.txt'))
  const again = await stopAfter(stage, 1, () => stage.decide('accept', hunkIds))
  await again.sessions.deleteFile(again.sessionId, await again.fileId('b.txt'))
  await again.turns.recover()
  expect(await hunkOf(again, 'h0')).not.toHaveProperty('decidedBy')
  expect(await again.decide('reject', hunkIds)).toEqual({ decided: hunkIds, skipped: [] })
})
