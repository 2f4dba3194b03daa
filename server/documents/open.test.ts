import { pino } from 'pino'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { committedRows, documentsOn, edited, openedText, openTab, storeWithFile } from './documents-fixture.ts'
import { compactDocument } from './document-compaction.ts'
import { documentText } from './document-text.ts'
import { anySize, DocumentThread } from './document-thread.ts'
import type { DocumentViewer } from './documents.ts'
import { heldStore } from './held-store.ts'

test('only the server seeds: two who open an untouched document hold the same text once', async () => {
  const documents = documentsOn(await storeWithFile('one\n'))
  const [ada, ben] = await Promise.all([openTab(documents, 'ada'), openTab(documents, 'ben')])
  Y.applyUpdate(ada.doc, Y.encodeStateAsUpdate(ben.doc), 'server')
  expect(ada.text.toString()).toBe('one\n')
  expect(Y.encodeStateVector(ada.doc)).toEqual(Y.encodeStateVector(ben.doc))
})

test('a text with a byte order mark and one that is empty are seeded as they are', async () => {
  expect(await openedText(documentsOn(await storeWithFile('\ufeffa')))).toBe('\ufeffa')
  expect(await openedText(documentsOn(await storeWithFile('')))).toBe('')
})

test('every opening gets a client id of its own, never 0 and never one that the document knows', async () => {
  const store = await storeWithFile('text')
  const taken = await openTab(documentsOn(store), 'ada')
  const numbers = [0, 1, taken.doc.clientID, 2 ** 32, 7, 7, 8]
  const documents = documentsOn(store, () => numbers.shift() ?? 0)
  const first = await documents.open('f1', { participantId: 'ada' })
  const second = await documents.open('f1', { participantId: 'ada' })
  expect([first.clientId, second.clientId]).toEqual([7, 8])
  expect(await store.issuedClient('f1', 7)).toEqual({ owner: 'ada', role: 'viewer' })
})

test('a client id is confirmed to the person it was issued to, after a restart too', async () => {
  const store = await storeWithFile('text')
  const { clientId } = await documentsOn(store).open('f1', { participantId: 'ada' })
  const restarted = documentsOn(store)
  const again = await restarted.open('f1', { participantId: 'ada', clientId })
  expect(again).toMatchObject({ clientId, seq: 0 })
  await expect(restarted.open('f1', { participantId: 'ben', clientId })).rejects.toMatchObject({ code: 'foreign_client' })
  await expect(restarted.open('f1', { participantId: 'ada', clientId: 5 })).rejects.toMatchObject({ code: 'foreign_client' })
})

test('who knows a part is sent the rest', async () => {
  const documents = documentsOn(await storeWithFile('a long text that need not travel twice\n'))
  const ada = await openTab(documents, 'ada')
  const ben = await openTab(documents, 'ben')
  const update = edited(ben, (text) => text.insert(0, 'x'))
  await documents.push('f1', { participantId: 'ben', pushId: 'p', update })
  const { clientID: clientId } = ada.doc
  const stateVector = Y.encodeStateVector(ada.doc)
  const reopened = await documents.open('f1', { participantId: 'ada', clientId, stateVector })
  expect(reopened.update.byteLength).toBeLessThan(30)
  Y.applyUpdate(ada.doc, reopened.update, 'server')
  expect(ada.text.toString()).toBe('xa long text that need not travel twice\n')
  const garbage = documents.open('f1', { participantId: 'ada', clientId, stateVector: new Uint8Array([9]) })
  await expect(garbage).rejects.toMatchObject({ code: 'resync' })
})

test('opening, and reading, during a commit shows the row only once it is committed', async () => {
  const store = heldStore(await storeWithFile(''))
  const documents = documentsOn(store)
  const rows = committedRows(documents)
  const ada = await openTab(documents, 'ada')
  const ben = await documents.open('f1', { participantId: 'ben' })
  store.hold()
  const events: string[] = []
  const update = edited(ada, (text) => text.insert(0, 'x'))
  const pushed = documents.push('f1', { participantId: 'ada', pushId: 'p', update }).then(() => events.push('pushed'))
  const opened = documents.open('f1', { participantId: 'ben', clientId: ben.clientId }).then((result) => {
    events.push('opened')
    return result
  })
  const read = documents.text('f1')
  await new Promise((resolve) => setImmediate(resolve))
  expect({ events, rows }).toEqual({ events: [], rows: [] })

  store.release()
  await Promise.all([pushed, opened])
  expect(events).toEqual(['pushed', 'opened'])
  const doc = new Y.Doc()
  Y.applyUpdate(doc, (await opened).update)
  expect({ seq: (await opened).seq, text: documentText(doc).toString() }).toEqual({ seq: 1, text: 'x' })
  expect(await read).toEqual({ text: 'x', seq: 1 })
})

test('a load that failed is tried again and never written over the document', async () => {
  const store = await storeWithFile('precious\n')
  let failing = true
  const documents = documentsOn({
    ...store,
    document: (fileId) => (failing ? Promise.reject(new Error('disk on fire')) : store.document(fileId)),
  })
  await expect(documents.open('f1', { participantId: 'ada' })).rejects.toMatchObject({ code: 'unavailable' })
  failing = false
  expect(await openedText(documents)).toBe('precious\n')
})

test('joiners share one load', async () => {
  const store = await storeWithFile('text')
  let loads = 0
  const documents = documentsOn({
    ...store,
    document: (fileId) => {
      loads += 1
      return store.document(fileId)
    },
  })
  await Promise.all(['ada', 'ben', 'cem'].map((participantId) => documents.open('f1', { participantId })))
  expect(loads).toBe(1)
})

test('a document that nobody needs any more is stored as a text and leaves memory', async () => {
  const store = await storeWithFile('a')
  const documents = documentsOn(store)
  const ada = await openTab(documents, 'ada')
  const update = edited(ada, (text) => text.insert(1, 'é'))
  await documents.push('f1', { participantId: 'ada', pushId: 'p', update })
  documents.release('f1')
  await documents.close()
  expect(await store.texts('s1')).toEqual([{ fileId: 'f1', text: 'aé', seq: 1, tail: false }])
  expect((await store.document('f1'))?.tail).toEqual([])
  expect(await openedText(documentsOn(store))).toBe('aé')
})

test('a long log is compacted while the document is in use, and nothing is lost', { timeout: 30_000 }, async () => {
  const store = await storeWithFile('')
  const documents = documentsOn(store)
  const ada = await openTab(documents, 'ada')
  for (let count = 0; count < 520; count++) {
    const update = edited(ada, (text) => text.insert(count, 'x'))
    await documents.push('f1', { participantId: 'ada', pushId: `p${count}`, update })
  }
  await expect.poll(async () => (await store.document('f1'))?.tail.length, { timeout: 20_000 }).toBeLessThan(100)
  const stored = await store.document('f1')
  expect(stored?.seq).toBe(520)
  expect(stored?.earlierPushes[0]).toEqual({ seq: 1, pushId: 'p0' })
  const late = edited(ada, (text) => text.insert(0, 'y'))
  expect(await documents.push('f1', { participantId: 'ada', pushId: 'late', update: late })).toEqual({ seq: 521 })
  const restarted = await documentsOn(store).text('f1')
  expect(restarted).toEqual({ text: `y${'x'.repeat(520)}`, seq: 521 })
})

test('a deleted file is not found, even where it was open', async () => {
  const store = await storeWithFile('a')
  const documents = documentsOn(store)
  const ada = await openTab(documents, 'ada')
  await store.removeFiles('s1', ['f1'])
  documents.forget(['f1'])
  const update = edited(ada, (text) => text.insert(0, 'x'))
  await expect(documents.push('f1', { participantId: 'ada', pushId: 'p', update })).rejects.toMatchObject({ code: 'not_found' })
  await expect(documents.text('f1')).rejects.toMatchObject({ code: 'not_found' })
})

test('after closing everything is refused', async () => {
  const documents = documentsOn(await storeWithFile('a'))
  await documents.close()
  await expect(documents.open('f1', { participantId: 'ada' })).rejects.toMatchObject({ code: 'unavailable' })
  await expect(documents.replica('f1', { kind: 'assistant', turnId: 't1' })).rejects.toMatchObject({ code: 'unavailable' })
})

test('[D14] a large document is opened without its state, which is served as it is stored', async () => {
  const store = await storeWithFile('x'.repeat(100_000))
  const documents = documentsOn(store)
  const within = (viewer: DocumentViewer) => documents.openWithin('f1', viewer, 64_000)
  const { update: none, clientId, epoch } = await within({ participantId: 'ada' })
  const state = await documents.state('f1')
  expect([none, state.seq, state.epoch, state.updates.length]).toEqual([undefined, 0, 0, 1])
  expect(await documents.state('f1')).toBe(state)

  const tab = await openTab(documents, 'ben')
  await documents.push('f1', { participantId: 'ben', pushId: 'p', update: edited(tab, (text) => text.insert(0, 'y')) })
  const { seq, updates } = await documents.state('f1')
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  expect([seq, documentText(doc).toString()]).toEqual([1, `y${'x'.repeat(100_000)}`])

  // Who has most of it is told the rest, who has little of it takes the whole.
  const known = { participantId: 'ada', clientId, epoch }
  const rest = await within({ ...known, stateVector: Y.encodeStateVector(tab.doc) })
  expect(rest.update?.byteLength).toBeLessThan(30)
  expect((await within({ ...known, stateVector: new Uint8Array([0]) })).update).toBeUndefined()
})

test('[D14] who lacks little of a document with many deletions takes the whole: all of them would be in the answer', async () => {
  const documents = documentsOn(await storeWithFile('x'.repeat(1_500)))
  const tab = await openTab(documents, 'ada')
  const update = edited(tab, (text) => {
    for (let at = 600; at > 0; at -= 1) text.delete(2 * at, 1)
  })
  await documents.push('f1', { participantId: 'ada', pushId: 'p', update })
  const viewer = { participantId: 'ada', clientId: tab.doc.clientID, stateVector: Y.encodeStateVector(tab.doc) }
  expect((await documents.openWithin('f1', viewer, 1_000)).update).toBeUndefined()
  expect((await documents.openWithin('f1', viewer, 10_000)).update?.byteLength).toBeGreaterThan(1_000)
})

test('[D14] a state that is asked for while edits are on their way is not kept for later ones', async () => {
  const store = heldStore(await storeWithFile('x'))
  const documents = documentsOn(store)
  const tab = await openTab(documents, 'ada')
  const push = (pushId: string) =>
    documents.push('f1', { participantId: 'ada', pushId, update: edited(tab, (text) => text.insert(0, pushId)) })
  const turn = () => new Promise((resolve) => setImmediate(resolve))
  store.hold()
  const first = push('a')
  await turn()
  // Waits for the first; the second is on its way when the log is read.
  const asked = documents.state('f1')
  await turn()
  const second = push('b')
  await turn()
  store.releaseFirst()
  await first
  expect((await asked).seq).toBe(1)
  store.release()
  await second
  expect((await documents.state('f1')).seq).toBe(2)
})

test('[D14] after a compaction the served state begins with the snapshot that was verified', async () => {
  const store = await storeWithFile('x'.repeat(100_000))
  const first = documentsOn(store)
  const tab = await openTab(first, 'ada')
  await first.push('f1', { participantId: 'ada', pushId: 'p1', update: edited(tab, (text) => text.insert(0, 'y')) })
  await first.close()
  const documents = documentsOn(store)
  // Written beside it, and not verified by anybody yet.
  const unverified = { bytes: new Uint8Array([9]), text: 'damaged', seq: 2 }
  await documents.open('f1', { participantId: 'ben' })
  await documents.push('f1', { participantId: 'ada', pushId: 'p2', update: edited(tab, (text) => text.insert(0, 'z')) })
  await store.saveSnapshot('f1', unverified)
  const { seq, updates } = await documents.state('f1')
  const doc = new Y.Doc()
  for (const update of updates) Y.applyUpdate(doc, update)
  expect([seq, updates.length, documentText(doc).toString().slice(0, 3)]).toEqual([2, 2, 'zyx'])
})

test('[D14] a state whose snapshot was replaced meanwhile is there for who asks again', async () => {
  const store = await storeWithFile('x')
  const documents = documentsOn(store)
  const tab = await openTab(documents, 'ada')
  const compactor = new DocumentThread({ small: anySize })
  for (const pushId of ['a', 'b', 'c']) {
    await documents.push('f1', { participantId: 'ada', pushId, update: edited(tab, (text) => text.insert(0, pushId)) })
    await compactDocument({ fileId: 'f1', store, log: pino({ level: 'silent' }), compactor })
  }
  await expect(documents.state('f1')).rejects.toMatchObject({ code: 'unavailable' })
  expect((await documents.state('f1')).seq).toBe(3)
})
