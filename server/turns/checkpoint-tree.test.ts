import { expect, test } from 'vitest'
import type { Hunk } from '#protocol/hunks.ts'
import { Stage } from './testing/stage.ts'

test('[K5] A file that was deleted since is there again, with its line ending and its bytes, unless its path is taken.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n', 'b.txt': 'two\r\nlines\r\n' })
  const bytes = new Uint8Array([0, 1, 2])
  const logo = await stage.sessions.addFile(stage.sessionId, 'logo.png', { kind: 'binary', lineEnding: 'lf', bytes })
  const turnId = await stage.answer('Nothing to do.')
  for (const { fileId } of await stage.sessions.files(stage.sessionId)) await stage.sessions.deleteFile(stage.sessionId, fileId)
  await stage.sessions.createFile(stage.sessionId, 'a.txt/inside.txt')
  expect(await stage.restore(turnId)).toEqual({
    restored: ['b.txt', 'logo.png'],
    kept: [
      { path: 'a.txt', why: 'path_taken' },
      { path: 'a.txt/inside.txt', why: 'edited_since' },
    ],
    rolledBack: [],
  })
  expect(await stage.texts()).toEqual({ 'a.txt/inside.txt': '', 'b.txt': 'two\nlines\n' })
  const files = await stage.sessions.files(stage.sessionId)
  expect(files.map(({ path, kind, lineEnding, bytes: size }) => [path, kind, lineEnding, size])).toEqual([
    ['a.txt/inside.txt', 'text', 'lf', 0],
    ['b.txt', 'text', 'crlf', 10],
    ['logo.png', 'binary', 'lf', 3],
  ])
  const version = await stage.store.fileVersion(await stage.fileId('logo.png'))
  expect(await stage.store.blob(version?.hash ?? '')).toEqual(bytes)
  expect(logo.fileId).not.toBe(version?.fileId)
  expect((await stage.restore(turnId)).restored).toEqual([])
  expect(await stage.turns.changesSince(stage.sessionId, turnId)).toMatchObject({
    changes: [
      { path: 'a.txt', kind: 'deleted' },
      { path: 'a.txt/inside.txt', kind: 'created' },
    ],
  })
})

test('[K5] Renames and deletions of the turn that were accepted are undone, pending ones are closed, and people keep their paths.', async () => {
  const names = ['a.txt', 'b.txt', 'c.txt', 'd.txt', 'e.txt', 'f.txt', 'g.txt']
  const stage = await Stage.open(Object.fromEntries(names.map((path) => [path, `${path}\n`])))
  const turnId = await stage.answer('Renames.')
  const ids = new Map((await stage.sessions.files(stage.sessionId)).map(({ path, fileId }) => [path, fileId]))
  const propose = async (of: string, path: string, to?: string) => {
    const hunk: Hunk = {
      hunkId: `${path} ${to}`,
      turnId,
      askedBy: stage.owner,
      block: 0,
      fileId: ids.get(of) ?? null,
      path,
      kind: to === undefined ? 'delete' : 'rename',
      ...(to !== undefined && { newPath: to }),
      state: 'settled',
      baseText: '',
      addedLines: 0,
      deletedLines: 0,
    }
    await stage.store.saveHunks(stage.sessionId, [{ event: { type: 'opened', hunk } }])
    return hunk.hunkId
  }
  const accept = async (...hunk: Parameters<typeof propose>) => stage.decide('accept', [await propose(...hunk)])
  await accept('a.txt', 'a.txt', 'moved-a.txt')
  await accept('a.txt', 'moved-a.txt', 'far/a.txt')
  await accept('b.txt', 'b.txt', 'moved-b.txt')
  await accept('c.txt', 'c.txt')
  await propose('d.txt', 'd.txt', 'moved-d.txt')
  await accept('e.txt', 'e.txt', 'moved-e.txt')
  await accept('f.txt', 'f.txt', 'g.txt')
  await stage.sessions.renameFile(stage.sessionId, ids.get('b.txt') ?? '', 'by-hand.txt')
  await stage.sessions.createFile(stage.sessionId, 'e.txt', { text: 'in the way\n' })
  expect(await stage.paths()).toEqual(['by-hand.txt', 'd.txt', 'e.txt', 'far/a.txt', 'g.txt', 'moved-e.txt'])
  const { restored, kept } = await stage.restore(turnId)
  expect({ restored, kept }).toEqual({
    restored: ['a.txt', 'c.txt', 'f.txt', 'g.txt'],
    kept: [
      { path: 'by-hand.txt', why: 'edited_since' },
      { path: 'e.txt', why: 'edited_since' },
      { path: 'moved-e.txt', why: 'path_taken' },
    ],
  })
  expect(await stage.texts()).toEqual({
    'a.txt': 'a.txt\n',
    'by-hand.txt': 'b.txt\n',
    'c.txt': 'c.txt\n',
    'd.txt': 'd.txt\n',
    'e.txt': 'in the way\n',
    'f.txt': 'f.txt\n',
    'g.txt': 'g.txt\n',
    'moved-e.txt': 'e.txt\n',
  })
  const states = (await stage.hunks()).map(({ state }) => state)
  expect(states).toEqual(['reverted', 'reverted', 'accepted', 'reverted', 'rejected', 'accepted', 'reverted'])
  expect((await stage.restore(turnId)).restored).toEqual([])
  await stage.decide('redo', ['c.txt undefined'])
  expect(await stage.paths()).not.toContain('c.txt')
})
