import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import { openStore } from '#store/open-store.ts'
import { beginNewEpoch } from './new-epoch.ts'

const log = pino({ level: 'silent' })

test('[D9] the command for after a backup begins a new epoch where nobody uses the database', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'flint-epoch-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  expect(await beginNewEpoch(folder, log)).toMatchObject({ done: false, sentence: expect.stringContaining('no database') })

  const file = path.join(folder, 'flint.sqlite')
  const store = await openStore({ file, log })
  await store.createSession({
    session: { sessionId: 's1', name: 'S', createdAt: 1, backendId: 'b', model: 'm' },
    owner: { participantId: 'ada', visitId: 'v1', name: 'Ada', role: 'owner', colour: 0 },
    files: [{ file: { fileId: 'f1', path: 'a.ts', kind: 'text', lineEnding: 'lf', bytes: 0 }, bytes: new Uint8Array() }],
  })
  expect(await beginNewEpoch(folder, log)).toMatchObject({ done: false, sentence: expect.stringContaining('stop it first') })
  await store.close()
  expect(await beginNewEpoch(folder, log)).toMatchObject({ done: true })
  const again = await openStore({ file, log })
  onTestFinished(() => again.close())
  expect((await again.document('f1'))?.epoch).toBe(1)
})
