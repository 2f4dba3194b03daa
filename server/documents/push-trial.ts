import type { StoredDocument } from '#store/store.ts'
import { startThread } from '#threads/start-thread.ts'
import type { FromPushTrial, PushTrialData } from './push-trial-worker.ts'

/** An honest push that is tried at all takes some milliseconds, on a busy machine many. */
const longestMs = 2_000

/**
 * Whether Yjs applies `update` to what is stored in reasonable time. It compares every item that was inserted at one place at the same time
 * with every other one, so that a forged push of 100 KB can take it minutes: this finds out where nobody else waits.
 * Rejects where the thread itself fails.
 */
export function appliesInTime(stored: StoredDocument, update: Uint8Array): Promise<boolean> {
  const given: PushTrialData = { stored, update }
  const worker = startThread(new URL('./push-trial-worker.ts', import.meta.url), given)
  return new Promise<boolean>((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined
    worker.on('message', (message: FromPushTrial) => {
      if (message === 'applied') resolve(true)
      else timer = setTimeout(() => resolve(false), longestMs)
    })
    worker.once('error', reject)
    worker.once('exit', () => {
      clearTimeout(timer)
      reject(new Error('the thread that tries a push ended without an answer'))
    })
  }).finally(() => worker.terminate())
}
