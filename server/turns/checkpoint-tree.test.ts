import { expect, test } from 'vitest'
import type { StoredHunkEvent } from '#store/store.ts'
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
  const stage = await Stage.open({ 'a.txt': 'a\n', 'b.txt': 'b\n', 'c.txt': 'c\n', 'd.txt': 'd\n', 'e.txt': 'e\n' })
  const turnId = await stage.answer('Renames.')
  const ids = new Map((await stage.sessions.files(stage.sessionId)).map(({ path, fileId }) => [path, fileId]))
  const hunk = (path: string, to?: string, state: 'accepted' | 'settled' = 'accepted'): StoredHunkEvent => ({
    event: {
      type: 'opened',
      hunk: {
        hunkId: `${path} ${to}`,
        turnId,
        askedBy: stage.owner,
        block: 0,
        fileId: ids.get(path.replace('moved-', '')) ?? null,
        path,
        kind: to === undefined ? 'delete' : 'rename',
        ...(to !== undefined && { newPath: to }),
        state,
        baseText: '',
        addedLines: 0,
        deletedLines: 0,
      },
    },
  })
  await stage.store.saveHunks(stage.sessionId, [
    hunk('a.txt', 'moved-a.txt'),
    hunk('moved-a.txt', 'far/a.txt'),
    hunk('b.txt', 'moved-b.txt'),
    hunk('c.txt'),
    hunk('d.txt', 'moved-d.txt', 'settled'),
    hunk('e.txt', 'moved-e.txt'),
  ])
  const rename = (path: string, to: string) => stage.sessions.renameFile(stage.sessionId, ids.get(path) ?? '', to)
  await rename('a.txt', 'far/a.txt')
  await rename('b.txt', 'by-hand.txt')
  await stage.sessions.deleteFile(stage.sessionId, ids.get('c.txt') ?? '')
  await rename('e.txt', 'moved-e.txt')
  await stage.sessions.createFile(stage.sessionId, 'e.txt', { text: 'in the way\n' })
  expect(await stage.restore(turnId)).toEqual({
    restored: ['a.txt', 'c.txt'],
    kept: [
      { path: 'by-hand.txt', why: 'edited_since' },
      { path: 'e.txt', why: 'edited_since' },
      { path: 'moved-e.txt', why: 'path_taken' },
    ],
    rolledBack: [],
  })
  expect(await stage.texts()).toEqual({
    'a.txt': 'a\n',
    'by-hand.txt': 'b\n',
    'c.txt': 'c\n',
    'd.txt': 'd\n',
    'e.txt': 'in the way\n',
    'moved-e.txt': 'e\n',
  })
  expect((await stage.hunks()).map(({ state }) => state)).toEqual([
    'reverted',
    'reverted',
    'accepted',
    'reverted',
    'rejected',
    'accepted',
  ])
})
