import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { strToU8, zipSync } from 'fflate'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import { createDocuments } from '#documents/create-documents.ts'
import { limits } from '#protocol/limits.ts'
import { openStore } from '#store/open-store.ts'
import { createSessions } from './create-sessions.ts'
import { loadSamples } from './samples.ts'
import type { SessionEvent } from './sessions.ts'

const log = pino({ level: 'silent' })

function samplesFolder(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'flint-samples-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

const tiny = {
  'tiny/sample.json': '{"order": 1, "name": "Tiny", "description": "One small file.", "language": "TypeScript"}',
  'tiny/files/src/a.ts': 'export {}\r\n',
  'tiny/files/README.md': '# Tiny\n',
}

async function setUp() {
  const store = await openStore({ file: ':memory:', log })
  const documents = createDocuments({ store, log })
  onTestFinished(async () => {
    await documents.close()
    await store.close()
  })
  let time = 1_000
  let lastId = 0
  const sessions = createSessions({
    store,
    documents,
    samplesDir: samplesFolder(tiny),
    clock: () => time++,
    ids: () => `id${++lastId}`,
    defaultBackend: () => ({ backendId: 'replay', model: 'recorded' }),
    log,
  })
  const events: SessionEvent[] = []
  sessions.onEvent((event) => events.push(event))
  return { store, documents, sessions, events }
}

async function withSession() {
  const room = await setUp()
  const { sessionId } = await room.sessions.createEmpty('visit')
  return { ...room, sessionId }
}

test('a session starts from a sample', async () => {
  const { sessions, store } = await setUp()
  expect(sessions.samples()).toEqual([
    { sampleId: 'tiny', name: 'Tiny', description: 'One small file.', language: 'TypeScript', files: 2 },
  ])
  const created = await sessions.createFromSample('visit', 'tiny')
  expect(created).toEqual({ sessionId: 'id1', imported: 2, skipped: [] })
  expect(await sessions.info('id1')).toEqual({
    sessionId: 'id1',
    name: 'Tiny',
    sampleId: 'tiny',
    createdAt: 1_000,
    backendId: 'replay',
    model: 'recorded',
  })
  expect(await sessions.files('id1')).toEqual([
    { fileId: 'id3', path: 'README.md', kind: 'text', lineEnding: 'lf', bytes: 7 },
    { fileId: 'id4', path: 'src/a.ts', kind: 'text', lineEnding: 'crlf', bytes: 10 },
  ])
  expect(await sessions.texts('id1')).toEqual([
    { fileId: 'id3', text: '# Tiny\n', seq: 0 },
    { fileId: 'id4', text: 'export {}\n', seq: 0 },
  ])
  expect(await store.visit('visit')).toEqual({ visitId: 'visit' })
  await expect(sessions.createFromSample('visit', 'other')).rejects.toMatchObject({ code: 'not_found' })
})

test('the samples of Flint can all be loaded and hold text only', () => {
  const samples = [...loadSamples(fileURLToPath(new URL('./samples', import.meta.url))).values()]
  expect(samples.map(({ info }) => info.sampleId)).toEqual(['snake', 'todo', 'text-stats', 'landing'])
  expect(samples.flatMap(({ files }) => files).filter((file) => file.kind !== 'text')).toEqual([])
})

test('a sample without a manifest, or with a wrong one, stops the start', async () => {
  const { store, documents } = await setUp()
  const start = (files: Record<string, string>) =>
    createSessions({
      store,
      documents,
      samplesDir: samplesFolder(files),
      clock: () => 0,
      ids: () => 'id',
      defaultBackend: () => ({ backendId: 'b', model: 'm' }),
      log,
    })
  expect(() => start({ 'x/files/a': '' })).toThrow('sample.json')
  expect(() => start({ 'x/sample.json': '{"order": 1, "name": "X"}', 'x/files/a': '' })).toThrow('description')
})

test('a session starts from a zip and is called like it', async () => {
  const { sessions } = await setUp()
  const zip = zipSync({ 'app/a.ts': strToU8('a'), 'app/node_modules/x.js': strToU8('x') })
  const created = await sessions.createFromZip('visit', 'C:\\work\\my app.ZIP', zip)
  expect(created).toEqual({ sessionId: 'id1', imported: 1, skipped: [{ path: 'app/node_modules', reason: 'ignored' }] })
  expect((await sessions.info('id1'))?.name).toBe('my app')
  const nothing = sessions.createFromZip('visit', 'x.zip', zipSync({ '.git/HEAD': strToU8('x') }))
  await expect(nothing).rejects.toMatchObject({ name: 'SessionFailure', code: 'nothing_to_import' })
  await expect(sessions.createFromZip('visit', 'x.zip', strToU8('no'))).rejects.toMatchObject({ code: 'not_a_zip' })
})

test('who creates a session owns it; a stranger is not in it', async () => {
  const { sessions, sessionId } = await withSession()
  const owner = await sessions.participant(sessionId, 'visit')
  expect(owner).toMatchObject({ participantId: 'id2', role: 'owner', colour: 0 })
  expect(owner?.name).toMatch(/^[A-Z][a-z]+ [A-Z][a-z]+$/)
  expect(await sessions.participants(sessionId)).toEqual([owner])
  expect(await sessions.participant(sessionId, 'stranger')).toBeUndefined()
  await expect(sessions.rename('stranger', sessionId, 'Mine')).rejects.toMatchObject({ code: 'not_found' })
  await expect(sessions.remove('stranger', sessionId)).rejects.toMatchObject({ code: 'not_found' })
})

test('recent sessions come most recently opened first', async () => {
  const { sessions } = await setUp()
  const first = await sessions.createFromSample('visit', 'tiny')
  const second = await sessions.createEmpty('visit', 'Second')
  await sessions.touch(first.sessionId, 'visit')
  expect(await sessions.recent('visit')).toEqual([
    { sessionId: first.sessionId, name: 'Tiny', sampleId: 'tiny', files: 2, turns: 0, openedAt: 1_002 },
    { sessionId: second.sessionId, name: 'Second', files: 0, turns: 0, openedAt: 1_001 },
  ])
})

test('a session is renamed, changes its model, and is removed with everything', async () => {
  const { sessions, sessionId, events } = await withSession()
  await sessions.rename('visit', sessionId, 'New name')
  await sessions.chooseModel(sessionId, 'cerebras', 'fast')
  const session = await sessions.info(sessionId)
  expect(session).toMatchObject({ name: 'New name', backendId: 'cerebras', model: 'fast' })
  await sessions.remove('visit', sessionId)
  expect(await sessions.info(sessionId)).toBeUndefined()
  expect(events).toEqual([
    { type: 'updated', session: { ...session, backendId: 'replay', model: 'recorded' } },
    { type: 'updated', session },
    { type: 'deleted', sessionId },
  ])
})

test('texts are as new as the log', async () => {
  const { sessions, documents } = await setUp()
  const { sessionId } = await sessions.createFromSample('visit', 'tiny')
  const { clientId, update } = await documents.open('id3', { participantId: 'id2' })
  const doc = new Y.Doc()
  doc.clientID = clientId
  Y.applyUpdate(doc, update)
  const known = Y.encodeStateVector(doc)
  doc.getText('text').insert(0, 'new ')
  const push = { participantId: 'id2', pushId: 'p', update: Y.encodeStateAsUpdate(doc, known) }
  await documents.push('id3', push)
  expect((await sessions.texts(sessionId))[0]).toEqual({ fileId: 'id3', text: 'new # Tiny\n', seq: 1 })
})

test('a file is created, renamed and deleted, and everybody is told', async () => {
  const { sessions, sessionId, events, documents } = await withSession()
  const created = await sessions.createFile(sessionId, 'src\\a.ts', { text: 'one\r\ntwo\r\n', proposedBy: 't1' })
  expect(created).toEqual({ fileId: 'id3', path: 'src/a.ts', kind: 'text', lineEnding: 'crlf', bytes: 8, proposedBy: 't1' })
  expect(await sessions.file(sessionId, 'id3')).toEqual(created)
  expect(await sessions.file('another', 'id3')).toBeUndefined()
  expect(await documents.text('id3')).toEqual({ text: 'one\ntwo\n', seq: 0 })

  const { proposedBy: _proposedBy, ...confirmed } = created
  await sessions.confirmFile(sessionId, 'id3')
  await sessions.confirmFile(sessionId, 'id3')
  const renamed = await sessions.renameFile(sessionId, 'id3', 'SRC/A.ts')
  expect(renamed).toEqual({ ...confirmed, path: 'SRC/A.ts' })
  await sessions.deleteFile(sessionId, 'id3')
  expect(await sessions.files(sessionId)).toEqual([])
  await expect(documents.text('id3')).rejects.toMatchObject({ code: 'not_found' })
  expect(events).toEqual([
    { type: 'tree', sessionId, change: { version: 1, changed: [created], removed: [] } },
    { type: 'tree', sessionId, change: { version: 2, changed: [confirmed], removed: [] } },
    { type: 'tree', sessionId, change: { version: 3, changed: [renamed], removed: [] } },
    { type: 'tree', sessionId, change: { version: 4, changed: [], removed: ['id3'] } },
  ])
})

test('of two who create one path at once, the second is told that it is taken', async () => {
  const { sessions, sessionId } = await withSession()
  const [first, second] = await Promise.allSettled([
    sessions.createFile(sessionId, 'a.ts'),
    sessions.createFile(sessionId, 'a.ts'),
  ])
  expect(first).toMatchObject({ status: 'fulfilled', value: { path: 'a.ts' } })
  expect(second).toMatchObject({ status: 'rejected', reason: { code: 'path_taken' } })
})

test('what cannot be is refused', async () => {
  const { sessions, sessionId } = await withSession()
  const { fileId } = await sessions.createFile(sessionId, 'src/a.ts')
  await sessions.createFile(sessionId, 'b.ts')
  const refusals: [Promise<unknown>, string][] = [
    [sessions.createFile(sessionId, '../x'), 'invalid_path'],
    [sessions.createFile(sessionId, 'src'), 'path_taken'],
    [sessions.createFile(sessionId, 'SRC/A.TS'), 'path_taken'],
    [sessions.createFile(sessionId, 'b.ts/c.ts'), 'path_taken'],
    [sessions.createFile('another', 'x.ts'), 'not_found'],
    [sessions.createFile(sessionId, 'x.ts', { text: 'x'.repeat(limits.documentLength + 1) }), 'too_large'],
    [sessions.renameFile(sessionId, fileId, 'b.ts'), 'path_taken'],
    [sessions.renameFile(sessionId, fileId, '/b.ts'), 'invalid_path'],
    [sessions.renameFile(sessionId, 'gone', 'c.ts'), 'not_found'],
    [sessions.deleteFile(sessionId, 'gone'), 'not_found'],
    [sessions.confirmFile(sessionId, 'gone'), 'not_found'],
    [sessions.changeTree(sessionId, { type: 'renameFolder', from: 'src', to: 'src/deeper' }), 'invalid_path'],
    [sessions.changeTree(sessionId, { type: 'renameFolder', from: 'none', to: 'other' }), 'not_found'],
    [sessions.changeTree(sessionId, { type: 'renameFolder', from: 'src', to: 'b.ts' }), 'path_taken'],
    [sessions.changeTree(sessionId, { type: 'deleteFolder', path: 'none' }), 'not_found'],
  ]
  for (const [refused, code] of refusals) await expect(refused).rejects.toMatchObject({ name: 'SessionFailure', code })
  expect((await sessions.files(sessionId)).map(({ path }) => path)).toEqual(['b.ts', 'src/a.ts'])
})

test('a folder is moved and deleted with everything in it', async () => {
  const { sessions, sessionId, events } = await withSession()
  for (const path of ['src/a.ts', 'src/deep/b.ts', 'srcs/c.ts']) await sessions.createFile(sessionId, path)
  const moved = await sessions.changeTree(sessionId, { type: 'renameFolder', from: 'src', to: 'lib/core' })
  expect(moved.changed.map(({ path }) => path)).toEqual(['lib/core/a.ts', 'lib/core/deep/b.ts'])
  await expect(sessions.changeTree(sessionId, { type: 'renameFolder', from: 'srcs', to: 'LIB' })).rejects.toMatchObject({
    code: 'path_taken',
  })
  const deleted = await sessions.changeTree(sessionId, { type: 'deleteFolder', path: 'lib' })
  expect(deleted.removed).toEqual(moved.changed.map(({ fileId }) => fileId))
  expect((await sessions.files(sessionId)).map(({ path }) => path)).toEqual(['srcs/c.ts'])
  expect(events.slice(-2)).toEqual([moved, deleted].map((change) => ({ type: 'tree', sessionId, change })))
})

test('a session holds so many files and no more', { timeout: 30_000 }, async () => {
  const { sessions } = await setUp()
  const tree = Object.fromEntries(Array.from({ length: limits.filesPerSession }, (_, index) => [`${index}.txt`, strToU8('')]))
  const { sessionId } = await sessions.createFromZip('visit', 'full.zip', zipSync(tree, { level: 0 }))
  await expect(sessions.createFile(sessionId, 'one-more.txt')).rejects.toMatchObject({ code: 'limit_reached' })
})

test('a store that cannot answer is told as unavailable', async () => {
  const { sessions, store } = await setUp()
  await store.close()
  await expect(sessions.createEmpty('visit')).rejects.toMatchObject({ name: 'SessionFailure', code: 'unavailable' })
  await expect(sessions.info('s')).rejects.toMatchObject({ name: 'SessionFailure', code: 'unavailable' })
})
