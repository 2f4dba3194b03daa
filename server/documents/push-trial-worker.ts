import { parentPort, workerData } from 'node:worker_threads'
import * as Y from 'yjs'
import { documentText } from './document-text.ts'

/** Applies a push to a document in a thread of its own, which can be ended in the middle of it. */
export type PushTrialData = { state: Uint8Array; update: Uint8Array }
export type FromPushTrial = 'loaded' | 'applied'

if (parentPort !== null) {
  const { state, update } = workerData as PushTrialData
  const doc = new Y.Doc()
  documentText(doc)
  Y.applyUpdate(doc, state)
  parentPort.postMessage('loaded' satisfies FromPushTrial)
  try {
    Y.applyUpdate(doc, update)
  } finally {
    // An update that Yjs cannot apply fails again, with its code, where it is applied for good.
    parentPort.postMessage('applied' satisfies FromPushTrial)
  }
}
