import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Store } from '#store/store.ts'
import { documentsOn, edited, openTab, storeWithFile, type Tab } from './documents-fixture.ts'

/** What a tab says of itself when it comes back. */
const returning = ({ participantId, doc }: Tab, epoch = 0) => ({
  participantId,
  clientId: doc.clientID,
  stateVector: Y.encodeStateVector(doc),
  epoch,
})

/** Copies what `from` holds of the document's client ids, as a backup that was made later would. */
async function reserve(store: Store, tab: Tab): Promise<void> {
  await store.reserveClient('f1', tab.doc.clientID, { owner: tab.participantId, role: 'editor' })
}

test('[D9] who comes back in another epoch is told so, and so is a push that was written in one', async () => {
  const store = await storeWithFile('text')
  const ada = await openTab(documentsOn(store), 'ada')
  const update = edited(ada, (text) => text.insert(0, 'x'))
  await store.raiseEpoch()
  const documents = documentsOn(store)
  await expect(documents.open('f1', returning(ada))).rejects.toMatchObject({ code: 'epoch_changed' })
  const push = { participantId: 'ada', pushId: 'p', update }
  await expect(documents.push('f1', { ...push, epoch: 0 })).rejects.toMatchObject({ code: 'epoch_changed' })
  expect(await documents.open('f1', { participantId: 'ada' })).toMatchObject({ epoch: 1, seq: 0 })
  expect(await documents.text('f1')).toEqual({ text: 'text', seq: 0 })
})

test('[D9] a push that is stored is answered as such in every epoch', async () => {
  const store = await storeWithFile('text')
  const documents = documentsOn(store)
  const ada = await openTab(documents, 'ada')
  const push = { participantId: 'ada', pushId: 'p', epoch: 0, update: edited(ada, (text) => text.insert(0, 'x')) }
  await documents.push('f1', push)
  await documents.close()
  await store.raiseEpoch('f1')
  expect(await documentsOn(store).push('f1', push)).toEqual({ seq: 1 })
})

test("[D9] a restored backup is noticed by what a tab has of other people's text", async () => {
  const before = await storeWithFile('text')
  const documents = documentsOn(before)
  const ben = await openTab(documents, 'ben')
  await documents.push('f1', { participantId: 'ben', pushId: 'p', update: edited(ben, (text) => text.insert(0, 'x')) })
  const ada = await openTab(documents, 'ada')

  const backup = await storeWithFile('text')
  await reserve(backup, ada)
  await reserve(backup, ben)
  const restored = documentsOn(backup)
  await expect(restored.open('f1', returning(ada))).rejects.toMatchObject({ code: 'epoch_changed' })
  // What the backup lacks of Ben is his own, and he sends it again.
  expect(await restored.open('f1', returning(ben))).toMatchObject({ seq: 0 })
})

test('[D9] a restored backup is noticed by a client id that it has never issued', async () => {
  const ada = await openTab(documentsOn(await storeWithFile('text')), 'ada')
  const restored = documentsOn(await storeWithFile('text'))
  await expect(restored.open('f1', returning(ada))).rejects.toMatchObject({ code: 'epoch_changed' })
})

test('[D10] the rows that a tab missed, until they are not kept any more', async () => {
  const store = await storeWithFile('')
  const documents = documentsOn(store)
  const ada = await openTab(documents, 'ada')
  const updates = ['a', 'b', 'c'].map((letter, at) => edited(ada, (text) => text.insert(at, letter)))
  for (const [at, update] of updates.entries()) {
    await documents.push('f1', { participantId: 'ada', pushId: `p${at}`, update })
  }
  const rows = updates.map((update, at) => ({ seq: at + 1, pushId: `p${at}`, update }))
  expect(await documents.rows('f1', 1)).toEqual({ compacted: false, headSeq: 3, rows: rows.slice(1) })
  expect(await documents.rows('f1', 3)).toEqual({ compacted: false, headSeq: 3, rows: [] })
  await expect(documents.rows('f1', 4)).rejects.toMatchObject({ code: 'epoch_changed' })
  await expect(documents.rows('elsewhere', 0)).rejects.toMatchObject({ code: 'not_found' })

  const large = edited(ada, (text) => text.insert(0, 'x'.repeat(1_200_000)))
  await documents.push('f1', { participantId: 'ada', pushId: 'large', update: large })
  expect(await documents.rows('f1', 1)).toEqual({ compacted: true, headSeq: 4 })
})
