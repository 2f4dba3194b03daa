import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import { open, temporaryFile } from './store-fixture.ts'

test('a writer thread that dies fails what it had accepted, and the next write starts another one', async () => {
  const started = once(process, 'worker') as Promise<[Worker]>
  const store = await open(temporaryFile())
  const [thread] = await started
  const unanswered = store.saveVisit({ visitId: 'v1', createdAt: 1 })
  await Promise.all([expect(unanswered).rejects.toMatchObject({ name: 'StoreFailure', code: 'failed' }), thread.terminate()])
  await store.saveVisit({ visitId: 'v2', createdAt: 2 })
  expect(await store.visit('v2')).toEqual({ visitId: 'v2' })
})
