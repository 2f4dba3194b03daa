import { createHash } from 'node:crypto'
import Sqlite from 'better-sqlite3'
import { describe, expect, test } from 'vitest'
import { afterSweep, bytes, file, open, openWithSession, owner, places, session, temporaryFile } from './store-fixture.ts'

const hashOf = (content: Uint8Array) => createHash('sha256').update(content).digest('hex')
const large = (letter: string) => bytes(letter.repeat(400 * 1024))
const largeFiles = ['a', 'b', 'c'].map((letter) => ({ file: file(letter, letter), bytes: large(letter) }))
const other = { session: { ...session, sessionId: 's2' }, owner: { ...owner, participantId: 'p2' } }

describe.each(places)('large contents in $kind', ({ place }) => {
  test('What is written meanwhile does not wait for all of them.', async () => {
    const store = await openWithSession(place())
    const order: string[] = []
    const creating = store.createSession({ ...other, files: largeFiles }).then(() => order.push('session'))
    await store.append({ sessionId: 's1', fileId: 'f1', author: 'p1', update: bytes('x') }).then(() => order.push('edit'))
    expect(await store.session('s2')).toBeUndefined()
    await creating
    expect(order).toEqual(['edit', 'session'])
    expect((await store.texts('s2')).map(({ text }) => text.length)).toEqual([409_600, 409_600, 409_600])
  })

  test('Many small ones are stored too, each with its own.', async () => {
    const store = await openWithSession(place())
    const files = Array.from({ length: 250 }, (_, index) => ({
      file: { ...file(`n${index}`, `n/${index}`), bytes: `${index}`.length },
      bytes: bytes(`${index}`),
    }))
    await store.saveFiles('s1', files)
    const texts = new Map((await store.texts('s1')).map(({ fileId, text }) => [fileId, text]))
    expect(files.filter(({ file: { fileId } }) => texts.get(fileId) !== fileId.slice(1))).toEqual([])
    expect(await store.file('s1', 'n249')).toMatchObject({ path: 'n/249', bytes: 3 })

    // They are taken out in three sweeps.
    await store.removeFiles(
      's1',
      files.map(({ file: { fileId } }) => fileId),
    )
    for (let sweep = 0; sweep < 3; sweep += 1) await afterSweep(store)
    expect(await Promise.all(files.map(async (one) => store.blob(hashOf(one.bytes))))).toEqual(files.map(() => undefined))
  })

  test('One that loses its last name while another file with it is stored is not lost.', async () => {
    const store = await openWithSession(place())
    await store.createSession({ ...other, files: [{ file: file('same', 'same'), bytes: large('a') }] })
    const saving = store.saveFiles('s1', largeFiles)
    await Promise.all([store.deleteSession('s2'), saving])
    await afterSweep(store)
    await afterSweep(store)
    const [stored, document] = await Promise.all([store.blob(hashOf(large('a'))), store.document('a')])
    expect([stored, document?.blob].map((blob) => blob && hashOf(blob))).toEqual([hashOf(large('a')), hashOf(large('a'))])
  })

  test('Those of a write that is refused are gone.', async () => {
    const store = await openWithSession(place())
    await expect(store.createSession({ ...other, session, files: largeFiles })).rejects.toMatchObject({ name: 'StoreFailure' })
    await afterSweep(store)
    expect(await Promise.all(largeFiles.map((one) => store.blob(hashOf(one.bytes))))).toEqual([undefined, undefined, undefined])
  })
})

test('Those that a process has left which died before it could name them are gone after the next start.', async () => {
  const databaseFile = temporaryFile()
  await (await openWithSession(databaseFile)).close()
  const hash = hashOf(large('a'))
  const database = new Sqlite(databaseFile)
  database.prepare('insert into blob values (?, ?)').run(hash, large('a'))
  database.prepare('insert into loose_blob values (?)').run(hash)
  database.close()
  const store = await open(databaseFile)
  await afterSweep(store)
  expect(await store.blob(hash)).toBeUndefined()
  expect(await store.document('f1')).toMatchObject({ blob: bytes('old\n') })
})
