import { pino } from 'pino'
import { expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import { documentHash } from '#protocol/document-hash.ts'
import { createDocuments } from './create-documents.ts'
import { edited, openTab, storeWithFile } from './documents-fixture.ts'
import type { CommittedHead } from './documents.ts'
import { heldStore } from './held-store.ts'

async function ticking() {
  const store = heldStore(await storeWithFile('a'))
  let tick = () => {}
  const logged: unknown[] = []
  const log = pino({ level: 'error' }, { write: (line: string) => logged.push(JSON.parse(line)) })
  const documents = createDocuments({
    store,
    log,
    every: (_ms, work) => {
      tick = work
      return () => {}
    },
  })
  onTestFinished(() => documents.close())
  const heads: CommittedHead[] = []
  documents.onHead((head) => heads.push(head))
  const settled = () => new Promise((resolve) => setImmediate(resolve))
  return {
    store,
    documents,
    heads,
    logged,
    tick: async () => {
      tick()
      await settled()
    },
    settled,
  }
}

test('[D11] what a document is, is told once after each change, and to nobody where nobody looks', async () => {
  const { documents, heads, tick } = await ticking()
  await tick()
  const ada = await openTab(documents, 'ada')
  await tick()
  await tick()
  const hash = () => documentHash(ada.text.toString(), Y.encodeStateVector(ada.doc))
  const untouched = { sessionId: 's1', fileId: 'f1', seq: 0, hash: hash() }
  expect(heads).toEqual([untouched])
  await documents.push('f1', { participantId: 'ada', pushId: 'p', update: edited(ada, (text) => text.insert(0, 'x')) })
  await tick()
  expect(heads).toEqual([untouched, { ...untouched, seq: 1, hash: hash() }])
  documents.release('f1')
  await tick()
  expect(heads).toHaveLength(2)
})

test('[D11] what is not committed is not told', async () => {
  const { store, documents, heads, tick, settled } = await ticking()
  const ada = await openTab(documents, 'ada')
  await tick()
  store.hold()
  const pushed = documents.push('f1', { participantId: 'ada', pushId: 'p', update: edited(ada, (text) => text.insert(0, 'x')) })
  const read = documents.text('f1')
  await tick()
  expect(heads).toHaveLength(1)
  store.release()
  await Promise.all([pushed, read])
  await settled()
  await tick()
  expect(heads.map(({ seq }) => seq)).toEqual([0, 1])
})

test('[D11] a tab that holds something else is logged and counted', async () => {
  const { documents, logged } = await ticking()
  documents.mismatched('f1', { participantId: 'ada', seq: 3, hash: 'x' })
  documents.mismatched('f1', { participantId: 'ben', seq: 3, hash: 'x' })
  expect(logged).toMatchObject([
    { fileId: 'f1', participantId: 'ada', seq: 3, mismatches: 1 },
    { fileId: 'f1', participantId: 'ben', seq: 3, mismatches: 2 },
  ])
})
