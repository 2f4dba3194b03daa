import { strToU8, zipSync } from 'fflate'
import { text } from 'node:stream/consumers'
import { expect, test, vi } from 'vitest'
import type { SessionEvent } from './sessions.ts'
import { roomWith, zipOf } from './testing/room.ts'

const files = { 'src/a.ts': 'one\ntwo\n', 'README.md': 'Read me\n' }

async function withBase(base: Record<string, string | Uint8Array>, name = 'main.zip') {
  const room = await roomWith(files)
  const events: SessionEvent[] = []
  room.sessions.onEvent((event) => events.push(event))
  const add = (zip: Uint8Array, called = name) =>
    room.sessions.addBase(room.sessionId, room.participantId, { name: called, zip })
  return { ...room, events, add, added: await add(zipOf(base)) }
}

test('[Z1] a zip is a base under its name, told to everybody, and no file of the session', async () => {
  const { sessions, sessionId, participantId, events, added, paths } = await withBase({ 'src/a.ts': 'one\n' })
  const base = { baseId: expect.any(String), name: 'main', addedBy: participantId, addedAt: 1_000, files: 1 }
  expect(added).toEqual({ base, skipped: [] })
  expect(await sessions.bases(sessionId)).toEqual([base])
  expect(events).toEqual([{ type: 'bases', sessionId, bases: [base] }])
  expect(await paths()).toEqual(['README.md', 'src/a.ts'])
})

test('[Z2] files are compared by path; a folder around everything is taken off unless the session has it', async () => {
  const wrapped = await withBase({ 'app-main/src/a.ts': 'one\n', 'app-main/README.md': 'Read me\n' })
  const patch = await text(await wrapped.sessions.patch(wrapped.sessionId, wrapped.added.base.baseId))
  expect(patch).toContain('--- a/src/a.ts\n+++ b/src/a.ts\n@@ -1,1 +1,2 @@\n one\n+two\n')
  expect(patch).not.toContain('README.md')

  const whole = await withBase({ 'src/a.ts': 'one\n' })
  const since = await whole.sessions.patch(whole.sessionId, whole.added.base.baseId)
  expect(await text(since)).toContain('--- a/src/a.ts\n+++ b/src/a.ts\n')
})

test('[Z2] a patch renames what stands elsewhere with the same content', async () => {
  const { sessions, sessionId, added } = await withBase({ 'docs/README.md': 'Read me\n', 'src/a.ts': 'one\ntwo\n' })
  const patch = await text(await sessions.patch(sessionId, added.base.baseId))
  expect(patch).toContain('rename from docs/README.md\nrename to README.md\n')
  expect(patch).not.toMatch(/new file|deleted file/)
})

test('[Z2] a patch may be about some files alone, and reads no others', async () => {
  const { store, documents, sessions, sessionId, added, idOf } = await withBase({ 'src/a.ts': 'one\n', 'gone.ts': 'bye\n' })
  const only = new Set([await idOf('README.md')])
  const reads = [vi.spyOn(store, 'blob'), vi.spyOn(documents, 'text')]
  const patch = await text(await sessions.patch(sessionId, added.base.baseId, only))
  expect(patch).toContain('+++ b/README.md')
  expect(patch).not.toMatch(/a\.ts|gone\.ts/)
  expect(reads.map(({ mock }) => mock.calls.length)).toEqual([1, 0])
})

test('[Z1] two zips of one name are told apart', async () => {
  const { sessions, sessionId, add } = await withBase({ a: 'a' })
  await add(zipOf({ a: 'b' }))
  await add(zipOf({ a: 'b' }), 'C:\\work\\main (2).zip')
  expect((await sessions.bases(sessionId)).map(({ name }) => name)).toEqual(['main', 'main (2)', 'main (2) (2)'])
})

test('[Z1] what is no zip, or holds nothing that can be read, is refused and leaves nothing', async () => {
  const { sessions, sessionId, add } = await withBase({ a: 'a' })
  await expect(add(strToU8('PK hostile'))).rejects.toMatchObject({ code: 'not_a_zip' })
  await expect(add(zipSync({ '.git/config': strToU8('x') }))).rejects.toMatchObject({ code: 'nothing_to_import' })
  expect(await sessions.bases(sessionId)).toHaveLength(1)
})

test('[Z1] of zips that are brought at the same time no more are kept than the limit allows', async () => {
  const { sessions, sessionId, add } = await withBase({ a: 'a' })
  const all = await Promise.allSettled(Array.from({ length: 8 }, () => add(zipOf({ a: 'b' }))))
  expect(all.filter(({ status }) => status === 'rejected')).toHaveLength(4)
  expect(await sessions.bases(sessionId)).toHaveLength(5)
})

test('[Z3] a zip that is removed is gone for everybody, and so is what only it held', async () => {
  const { store, sessions, sessionId, events, added } = await withBase({ 'src/a.ts': 'only here\n', 'README.md': 'Read me\n' })
  const { baseId } = added.base
  const stored = await store.baseFiles(sessionId, baseId)
  await sessions.removeBase(sessionId, baseId)
  expect(events.at(-1)).toEqual({ type: 'bases', sessionId, bases: [] })
  const blobs = await Promise.all(
    (stored?.files ?? []).map(async ({ path, hash }) => [path, (await store.blob(hash)) !== undefined]),
  )
  expect(blobs).toEqual([
    ['README.md', true],
    ['src/a.ts', false],
  ])
  await expect(sessions.patch(sessionId, baseId)).rejects.toMatchObject({ code: 'not_found' })
  await expect(sessions.removeBase(sessionId, baseId)).rejects.toMatchObject({ code: 'not_found' })
})

test('[Z3] a patch breaks off where its zip is removed meanwhile', async () => {
  const { sessions, sessionId, added } = await withBase({ 'src/a.ts': 'only here\n', 'README.md': 'only here, too\n' })
  const patch = await sessions.patch(sessionId, added.base.baseId)
  await sessions.removeBase(sessionId, added.base.baseId)
  await expect(text(patch)).rejects.toMatchObject({ code: 'not_found' })
})
