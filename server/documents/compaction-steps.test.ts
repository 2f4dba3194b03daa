import { pino } from 'pino'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import * as Y from 'yjs'
import type { Store } from '#store/store.ts'
import { DocumentThread } from './document-thread.ts'
import { compactDocument } from './document-compaction.ts'
import { documentsOn, edited, openTab, storeWithFile } from './documents-fixture.ts'
import { documentText } from './document-text.ts'
import { withIntactDocument } from './intact-document.ts'
import { loaded } from './stored-document.ts'

const log = pino({ level: 'silent' })

function compactorOfTest(): DocumentThread {
  const compactor = new DocumentThread()
  onTestFinished(() => compactor.close())
  return compactor
}

/** The document as the store gives it now, whichever snapshot leads there. */
async function stored(store: Store): Promise<{ text: string; stateVector: Uint8Array; seq: number; snapshotSeq: number }> {
  const intact = await withIntactDocument({ store, log, fileId: 'f1' }, loaded)
  if (!intact) throw new Error('the document is gone')
  const { value: doc, stored: read } = intact
  return {
    text: documentText(doc).toString(),
    stateVector: Y.encodeStateVector(doc),
    seq: read.seq,
    snapshotSeq: read.snapshotSeq,
  }
}

const edit = fc.record({ at: fc.nat(200), insert: fc.string({ maxLength: 8 }), remove: fc.nat(4) })
/** After an edit: nothing, a whole compaction, or one that a crash cuts off after that many writes to the store. */
const step = fc.record({ edit, compaction: fc.constantFrom('none', 'none', 'whole', 'cut after 0', 'cut after 1') })

/** A store whose process ends after that many further compaction writes. */
function dyingAfter(store: Store, writes: number): Store {
  let left = writes
  const dying =
    <Keys extends unknown[]>(write: (...keys: Keys) => Promise<void>) =>
    async (...keys: Keys) => {
      if (left === 0) throw new Error('the process has ended')
      left -= 1
      await write(...keys)
    }
  return { ...store, saveSnapshot: dying(store.saveSnapshot), pruneDocument: dying(store.pruneDocument) }
}

test('[I4] snapshot and tail are what the whole log is, whenever it is compacted and wherever that is cut off', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ maxLength: 20 }), fc.array(step, { minLength: 1, maxLength: 25 }), async (text, steps) => {
      const store = await storeWithFile(text)
      const documents = documentsOn(store)
      const compactor = compactorOfTest()
      const ada = await openTab(documents, 'ada')
      for (const [number, { edit: wanted, compaction }] of steps.entries()) {
        const update = edited(ada, (live) => {
          const at = Math.min(wanted.at, live.length)
          live.delete(at, Math.min(wanted.remove, live.length - at))
          live.insert(at, `${wanted.insert.replaceAll('\r', '')}.`)
        })
        await documents.push('f1', { participantId: 'ada', pushId: `p${number}`, update })
        const compact = (on: Store) => compactDocument({ fileId: 'f1', store: on, log, compactor })
        const outcome =
          compaction === 'none'
            ? 'none'
            : await compact(compaction === 'whole' ? store : dyingAfter(store, Number(compaction.at(-1)))).then(
                () => 'whole',
                (error: Error) => error.message,
              )
        expect(outcome).toBe(compaction.startsWith('cut') ? 'the process has ended' : compaction)
        const wholeLog = { text: ada.text.toString(), stateVector: Y.encodeStateVector(ada.doc), seq: number + 1 }
        expect(await stored(store)).toMatchObject(wholeLog)
        // The snapshot before leads to the same document.
        const { snapshotSeq } = await stored(store)
        const before = snapshotSeq > 0 ? await store.document('f1', snapshotSeq) : await store.document('f1')
        expect(before && documentText(loaded(before)).toString()).toBe(wholeLog.text)
      }
    }),
    { numRuns: 30 },
  )
})

/** A document of three rows with snapshots at 1 and at 3, of which the store damages the one at 3. */
async function withDamagedSnapshot() {
  const store = await storeWithFile('text')
  const documents = documentsOn(store)
  const compactor = compactorOfTest()
  const ada = await openTab(documents, 'ada')
  for (const [at, letter] of [...'abc'].entries()) {
    const update = edited(ada, (text) => text.insert(at, letter))
    await documents.push('f1', { participantId: 'ada', pushId: letter, update })
    if (at !== 1) await compactDocument({ fileId: 'f1', store, log, compactor })
  }
  let forgotten = false
  const damaged: Store = {
    ...store,
    dropSnapshot: async (fileId, seq) => {
      forgotten = true
      await store.dropSnapshot(fileId, seq)
    },
    document: async (fileId, before) => {
      const read = await store.document(fileId, before)
      if (forgotten || read?.snapshotSeq !== 3 || read.snapshot === undefined) return read
      return { ...read, snapshot: { ...read.snapshot, bytes: read.snapshot.bytes.slice(0, -3) } }
    },
  }
  return { store, damaged, compactor }
}

test('where the newest snapshot does not load, the one before and the rows since take its place', async () => {
  const { store, damaged } = await withDamagedSnapshot()
  const documents = documentsOn(damaged)
  expect(await documents.text('f1')).toEqual({ text: 'abctext', seq: 3 })
  const ben = await openTab(documents, 'ben')
  const update = edited(ben, (text) => text.insert(0, 'x'))
  expect(await documents.push('f1', { participantId: 'ben', pushId: 'x', update })).toEqual({ seq: 4 })
  await documents.close()
  expect(await documentsOn(store).text('f1')).toEqual({ text: 'xabctext', seq: 4 })
})

test('a snapshot that is not read back as it was written is dropped, and no row goes', async () => {
  const store = await storeWithFile('text')
  const documents = documentsOn(store)
  const ada = await openTab(documents, 'ada')
  const update = edited(ada, (text) => text.insert(0, 'x'))
  await documents.push('f1', { participantId: 'ada', pushId: 'p', update })
  const lying: Store = {
    ...store,
    snapshot: async (fileId, seq) => {
      const written = await store.snapshot(fileId, seq)
      return written && { ...written, bytes: written.bytes.slice(0, -3) }
    },
  }
  await expect(compactDocument({ fileId: 'f1', store: lying, log, compactor: compactorOfTest() })).rejects.toThrow('array')
  expect(await stored(store)).toMatchObject({ text: 'xtext', seq: 1, snapshotSeq: 0 })
})

test('a document that no snapshot leads to is unavailable, and stays as it is', async () => {
  const { store, damaged } = await withDamagedSnapshot()
  const broken: Store = {
    ...damaged,
    document: async (fileId, before) => (before === undefined ? damaged.document(fileId) : undefined),
  }
  await expect(documentsOn(broken).text('f1')).rejects.toMatchObject({ code: 'unavailable' })
  expect(await stored(store)).toMatchObject({ text: 'abctext', seq: 3, snapshotSeq: 3 })
})
