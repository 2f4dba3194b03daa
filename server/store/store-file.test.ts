import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import Sqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { openStore } from './open-store.ts'
import { bytes, open, openWithSession, session, silent, temporaryFile } from './store-fixture.ts'

test('everything is there after the file was closed and opened again', async () => {
  const databaseFile = temporaryFile()
  const first = await openWithSession(databaseFile)
  await first.append({ sessionId: 's1', fileId: 'f1', author: 'p1', pushId: 'a', update: bytes('1') })
  await first.close()

  const second = await open(databaseFile)
  expect(await second.session('s1')).toEqual(session)
  expect(await second.document('f1')).toMatchObject({
    sessionId: 's1',
    seq: 1,
    blob: bytes('old\n'),
    tail: [{ seq: 1, author: 'p1', pushId: 'a', update: bytes('1') }],
  })
})

test('every write that was acknowledged survives kill -9', { timeout: 30_000 }, async () => {
  const databaseFile = temporaryFile()
  await (await openWithSession(databaseFile)).close()
  const writer = spawn(
    process.execPath,
    ['--import', 'tsx', fileURLToPath(new URL('./crash-writer.ts', import.meta.url)), databaseFile],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const acknowledged: string[] = []
  for await (const line of createInterface({ input: writer.stdout })) {
    acknowledged.push(line)
    if (acknowledged.length === 300) writer.kill('SIGKILL')
  }
  if (writer.signalCode === null) await once(writer, 'exit')
  expect(writer.signalCode).toBe('SIGKILL')

  const store = await open(databaseFile)
  const stored = await store.document('f1')
  const pushIds = stored?.tail.map((row) => row.pushId) ?? []
  expect(acknowledged.filter((pushId) => !pushIds.includes(pushId))).toEqual([])
  expect(stored?.tail.map((row) => row.seq)).toEqual(pushIds.map((_, index) => index + 1))
})

test('a database of a newer version is not touched', async () => {
  const databaseFile = temporaryFile()
  await (await open(databaseFile)).close()
  const database = new Sqlite(databaseFile)
  database.prepare(`insert into kysely_migration values ('9999-from-the-future', '2030-01-01')`).run()
  database.close()
  const opening = openStore({ file: databaseFile, log: silent })
  await expect(opening).rejects.toMatchObject({ name: 'StoreFailure', code: 'newer_schema' })
  await expect(opening).rejects.toThrow('9999-from-the-future')
})

test('a file that is no database is refused', async () => {
  const folder = temporaryFile()
  await (await open(`${folder}/x`)).close()
  await expect(openStore({ file: folder, log: silent })).rejects.toMatchObject({ name: 'StoreFailure', code: 'failed' })
})

test(
  'a second server is refused while the first one has the database, and let in when that has closed it',
  { timeout: 30_000 },
  async () => {
    const databaseFile = temporaryFile()
    const first = await openWithSession(databaseFile)
    const opening = openStore({ file: databaseFile, log: silent })
    await expect(opening).rejects.toMatchObject({ name: 'StoreFailure', code: 'in_use' })
    await first.close()
    expect(await (await open(databaseFile)).session('s1')).toEqual(session)
  },
)
