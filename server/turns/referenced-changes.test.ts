import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { SessionFailure } from '#sessions/sessions.ts'
import { roomWith } from '#sessions/testing/room.ts'
import { referencedChanges } from './referenced-changes.ts'

const stays = new AbortController().signal

async function changedRoom() {
  const room = await roomWith({ 'a.ts': 'one\n', 'b.ts': 'two\n', 'crlf.ts': 'three\r\n' })
  for (const path of ['a.ts', 'b.ts', 'crlf.ts']) await room.type(path, 0, 0, '// new\n')
  const changes = async (paths: string[], since: string, most = 10_000) => {
    const references = await Promise.all(paths.map(async (path) => ({ fileId: await room.idOf(path), since })))
    return referencedChanges(room.sessions, room.sessionId, references, most, stays)
  }
  return { ...room, changes }
}

test('What changed in the files that are meant is a patch, with the line endings that the texts have.', async () => {
  const { changes } = await changedRoom()
  const patch = await changes(['b.ts', 'crlf.ts'], 'start')
  expect(patch).toContain('+++ b/b.ts\n@@ -1,1 +1,2 @@\n+// new\n two\n')
  expect(patch).toContain('+++ b/crlf.ts\n@@ -1,1 +1,2 @@\n+// new\n three\n')
  expect(patch).not.toContain('a.ts')
})

test('No more is compared than can be shown, and nothing where nothing was pointed at.', async () => {
  const { changes, sessions, sessionId, idOf } = await changedRoom()
  const cut = await changes(['a.ts', 'b.ts'], 'start', 10)
  expect(cut).toContain('a.ts')
  expect(cut).not.toContain('b.ts')
  expect(await referencedChanges(sessions, sessionId, [{ fileId: await idOf('a.ts') }], 100, stays)).toBe('')
})

test('A base that is gone leaves the files as they are.', async () => {
  const { changes } = await changedRoom()
  expect(await changes(['a.ts'], 'gone')).toBe('')
})

test('Of a base that goes while it is compared nothing is told, and of the others everything.', async () => {
  async function* pieces(base: string) {
    yield `since ${base}\n`
    if (base === 'goes') throw new SessionFailure('not_found')
  }
  const sessions = { patch: async (_sessionId: string, base: string) => Readable.from(pieces(base)) }
  const references = ['start', 'goes', 'stays'].map((since) => ({ fileId: 'a', since }))
  expect(await referencedChanges(sessions, 's', references, 1_000, stays)).toBe('since start\nsince stays\n')
})

test('A turn that is stopped compares no further file.', async () => {
  const stop = new AbortController()
  let read = 0
  async function* pieces() {
    for (read = 1; read < 1_000; read += 1) {
      if (read === 2) stop.abort()
      yield 'piece\n'
    }
  }
  const sessions = { patch: async () => Readable.from(pieces(), { highWaterMark: 1 }) }
  const changes = referencedChanges(sessions, 's', [{ fileId: 'a', since: 'start' }], 100_000, stop.signal)
  await expect(changes).rejects.toMatchObject({ name: 'AbortError' })
  expect(read).toBeLessThan(10)
})
