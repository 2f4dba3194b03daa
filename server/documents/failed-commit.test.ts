import { expect, test } from 'vitest'
import type { CommittedRow } from './documents.ts'
import { committedRows, documentsOn, edited, openedText, openTab, storeWithFile } from './documents-fixture.ts'
import { heldStore } from './held-store.ts'

test('after a failed commit the document is rebuilt from the log and the same push can be sent again', async () => {
  const store = heldStore(await storeWithFile('a'))
  const documents = documentsOn(store)
  const rows = committedRows(documents)
  const ada = await openTab(documents, 'ada')
  const push = { participantId: 'ada', pushId: 'p1', update: edited(ada, (text) => text.insert(1, 'b')) }
  store.failNext()
  await expect(documents.push('f1', push)).rejects.toMatchObject({ code: 'unavailable' })
  expect(await openedText(documents)).toBe('a')
  expect(await documents.push('f1', push)).toEqual({ seq: 1 })
  expect(await openedText(documents)).toBe('ab')
  expect(rows.map((row) => row.seq)).toEqual([1])
})

test('pushes in flight behind a failed one fail too, because they may build on it', async () => {
  const store = heldStore(await storeWithFile(''))
  const documents = documentsOn(store)
  const ada = await openTab(documents, 'ada')
  const ben = await openTab(documents, 'ben')
  const [a, b] = ['a', 'b'].map((letter, index) => edited(ada, (text) => text.insert(index, letter)))
  const other = edited(ben, (text) => text.insert(0, 'x'))
  if (!a || !b) throw new Error('two edits')
  const send = (participantId: string, pushId: string, update: Uint8Array) =>
    documents.push('f1', { participantId, pushId, update })

  store.hold()
  store.failNext()
  const sent = [send('ada', 'pa', a), send('ada', 'pb', b), send('ben', 'px', other)]
  const opened = openedText(documents)
  await new Promise((resolve) => setImmediate(resolve))
  store.release()
  const results = await Promise.allSettled(sent)
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(await opened).toBe('')

  await expect(send('ada', 'pb', b)).rejects.toMatchObject({ code: 'resync' })
  expect([await send('ada', 'pa', a), await send('ada', 'pb', b), await send('ben', 'px', other)]).toEqual([
    { seq: 1 },
    { seq: 2 },
    { seq: 3 },
  ])
  expect((await openedText(documents)).split('').toSorted()).toEqual(['a', 'b', 'x'])
})

test('a commit whose answer was lost is found in the log, told, and not stored again', async () => {
  const store = heldStore(await storeWithFile(''))
  const documents = documentsOn(store)
  const rows = committedRows(documents)
  const ada = await openTab(documents, 'ada')
  const update = edited(ada, (text) => text.insert(0, 'a'))
  const push = { participantId: 'ada', pushId: 'p1', update }
  store.loseNext()
  await expect(documents.push('f1', push)).rejects.toMatchObject({ code: 'unavailable' })
  expect(await documents.push('f1', push)).toEqual({ seq: 1 })
  expect(await openedText(documents)).toBe('a')
  const author = { kind: 'participant', participantId: 'ada' }
  expect(rows).toEqual([{ sessionId: 's1', fileId: 'f1', seq: 1, author, pushId: 'p1', update }])
})

test('a row whose answer was lost is told with its hunks, also where nobody uses the document any more', async () => {
  const store = heldStore(await storeWithFile('a'))
  const documents = documentsOn(store)
  const told = new Promise<CommittedRow>((resolve) => void documents.onCommitted(resolve))
  const replica = await documents.replica('f1', { kind: 'assistant', turnId: 't1' })
  const hunk = { hunkId: 'h1', turnId: 't1', askedBy: 'ada', block: 1, fileId: 'f1', path: 'f1.ts', kind: 'edit' } as const
  const event = { type: 'changed', hunk: { ...hunk, state: 'settled', baseText: '', addedLines: 1, deletedLines: 0 } } as const
  store.loseNext()
  await expect(
    replica.commit(
      (text) => text.insert(1, 'b'),
      () => [{ event }],
    ),
  ).rejects.toMatchObject({ code: 'unavailable' })
  replica.close()
  expect(await told).toMatchObject({ fileId: 'f1', seq: 1, hunkEvents: [event] })
})

test('a replica whose commit failed is given up, and a new one starts from the log', async () => {
  const store = heldStore(await storeWithFile('a'))
  const documents = documentsOn(store)
  const lost = await documents.replica('f1', { kind: 'assistant', turnId: 't1' })
  store.failNext()
  await expect(lost.commit((text) => text.insert(0, 'x'))).rejects.toMatchObject({ code: 'unavailable' })
  await expect(lost.commit((text) => text.insert(0, 'y'))).rejects.toMatchObject({ code: 'unavailable' })
  lost.close()
  const next = await documents.replica('f1', { kind: 'assistant', turnId: 't1' })
  expect(next.text.toString()).toBe('a')
  expect(await next.commit((text) => text.insert(0, 'z'))).toEqual({ seq: 1 })
  next.close()
  expect(await openedText(documents)).toBe('za')
})
