import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pino } from 'pino'
import { describe, expect, onTestFinished, test } from 'vitest'
import { openStore } from './open-store.ts'
import { afterSweep, bytes, file, openWithSession, owner, places, session } from './store-fixture.ts'

const base = { baseId: 'b1', name: 'main', addedBy: 'p1', addedAt: 7 }
const zip = { base, files: [{ file: { ...file('z1', 'a.ts'), bytes: 6 }, bytes: bytes('older\n') }] }

describe.each(places)('zip bases in $kind', ({ place }) => {
  test('A zip is told with its number of files, and its files as they are, to its own session.', async () => {
    const store = await openWithSession(place())
    await store.saveZipBase('s1', zip)
    expect(await store.zipBases('s1')).toEqual([{ ...base, files: 1 }])
    const hash = (await store.baseFiles('s1', 'b1'))?.files[0]?.hash ?? ''
    expect(await store.baseFiles('s1', 'b1')).toEqual({ sessionId: 's1', files: [{ ...file('z1', 'a.ts'), bytes: 6, hash }] })
    expect(await store.blob(hash)).toEqual(bytes('older\n'))
    await store.createSession({ session: { ...session, sessionId: 's2' }, owner: { ...owner, participantId: 'p2' }, files: [] })
    expect(await store.baseFiles('s2', 'b1')).toBeUndefined()
    expect(await store.removeZipBase('s2', 'b1')).toBe(false)
    expect(await store.zipBases('s2')).toEqual([])
  })

  test('The start and the checkpoints of a session are bases too.', async () => {
    const store = await openWithSession(place())
    const paths = async (baseId: string) => (await store.baseFiles('s1', baseId))?.files.map(({ path }) => path)
    expect(await paths('start')).toEqual(['a.ts'])
    expect(await paths('t1')).toBeUndefined()
  })

  test('What only a zip named goes with it, and with its session.', async () => {
    const store = await openWithSession(place())
    await store.saveZipBase('s1', zip)
    const hash = (await store.baseFiles('s1', 'b1'))?.files[0]?.hash ?? ''
    expect(await store.removeZipBase('s1', 'b1')).toBe(true)
    expect(await store.removeZipBase('s1', 'b1')).toBe(false)
    await afterSweep(store)
    expect(await store.blob(hash)).toBeUndefined()
    await store.saveZipBase('s1', zip)
    await store.deleteSession('s1')
    await afterSweep(store)
    expect(await store.blob(hash)).toBeUndefined()
    expect(await store.zipBases('s1')).toEqual([])
  })
})

test('A zip survives a restart.', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'flint-bases-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const options = { file: join(folder, 'flint.db'), log: pino({ level: 'silent' }) }
  const store = await openWithSession(options.file)
  await store.saveZipBase('s1', zip)
  await store.close()
  const again = await openStore(options)
  onTestFinished(() => again.close())
  expect(await again.zipBases('s1')).toEqual([{ ...base, files: 1 }])
  expect((await again.baseFiles('s1', 'b1'))?.files).toHaveLength(1)
})
