import { parentPort, workerData } from 'node:worker_threads'
import * as Y from 'yjs'
import type { StoredDocument } from '#store/store.ts'
import { storedUpdates } from './stored-document.ts'

/** Applies a push to a document in a thread of its own, which can be ended in the middle of it. */
export type PushTrialData = { stored: StoredDocument; update: Uint8Array }
export type FromPushTrial = 'loaded' | 'applied'

if (parentPort !== null) {
  const { stored, update } = workerData as PushTrialData
  const doc = new Y.Doc()
  for (const part of storedUpdates(stored)) Y.applyUpdate(doc, part)
  parentPort.postMessage('loaded' satisfies FromPushTrial)
  try {
    Y.applyUpdate(doc, update)
  } finally {
    // An update that Yjs cannot apply fails again, with its code, where it is applied for good.
    parentPort.postMessage('applied' satisfies FromPushTrial)
  }
}
