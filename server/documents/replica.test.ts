import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Hunk } from '#protocol/hunks.ts'
import { committedRows, documentsOn, edited, openedText, openTab, storeWithFile } from './documents-fixture.ts'

const assistant = { kind: 'assistant', turnId: 't1' } as const
const hunk: Hunk = {
  hunkId: 'h1',
  turnId: 't1',
  block: 0,
  fileId: 'f1',
  path: 'a.ts',
  kind: 'edit',
  state: 'streaming',
  askedBy: 'mara',
  baseText: '',
  addedLines: 1,
  deletedLines: 0,
}

test('a replica commits text and hunk records in one row, positions encoded right after the edit', async () => {
  const store = await storeWithFile('one\n')
  const documents = documentsOn(store)
  const rows = committedRows(documents)
  const replica = await documents.replica('f1', assistant)
  expect(replica.text.toString()).toBe('one\n')
  const committed = await replica.commit(
    (text) => text.insert(4, 'two\n'),
    () => {
      const start = Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(replica.text, 4, 0))
      return [{ event: { type: 'opened', hunk: { ...hunk, start } } }]
    },
  )
  expect(committed).toEqual({ seq: 1 })
  expect(rows).toMatchObject([{ fileId: 'f1', seq: 1, author: assistant, hunkEvents: [{ type: 'opened', hunk }] }])
  const [stored] = await store.hunks('s1')
  expect(stored).toMatchObject(hunk)
  const start = Y.createAbsolutePositionFromRelativePosition(
    Y.decodeRelativePosition(stored?.start ?? new Uint8Array()),
    (await openTab(documents, 'ada')).doc,
  )
  expect(start?.index).toBe(4)
  expect((await store.issuedClient('f1', replica.clientId))?.owner).toBe('assistant:t1')
  replica.close()
})

test('a replica follows what others commit and tells of it, not of its own edits', async () => {
  const documents = documentsOn(await storeWithFile('one\n'))
  const ada = await openTab(documents, 'ada')
  const replica = await documents.replica('f1', assistant)
  const seen: unknown[] = []
  const undo = replica.onForeignChange((event) => seen.push(event.delta))
  await replica.commit((text) => text.insert(0, 'zero\n'))
  const push = (pushId: string, letter: string) =>
    documents.push('f1', { participantId: 'ada', pushId, update: edited(ada, (text) => text.insert(3, letter)) })
  await push('p1', '!')
  expect(seen).toEqual([[{ retain: 8 }, { insert: '!' }]])
  expect(replica.text.toString()).toBe('zero\none!\n')
  undo()
  await push('p2', '?')
  expect(seen).toHaveLength(1)
  replica.close()
  await push('p3', '.')
  expect(replica.text.toString()).toBe('zero\none?!\n')
})

test('commits in flight keep their order among the pushes of others', async () => {
  const documents = documentsOn(await storeWithFile(''))
  const rows = committedRows(documents)
  const ada = await openTab(documents, 'ada')
  const replica = await documents.replica('f1', assistant)
  const update = edited(ada, (text) => text.insert(0, 'A'))
  const seqs = await Promise.all([
    replica.commit((text) => text.insert(0, '1')),
    documents.push('f1', { participantId: 'ada', pushId: 'p', update }),
    replica.commit((text) => text.insert(1, '2')),
    replica.commit(undefined, () => [{ event: { type: 'opened', hunk } }]),
    replica.commit((text) => text.insert(2, '3')),
  ])
  expect(seqs.map(({ seq }) => seq)).toEqual([1, 2, 3, 4, 5])
  expect(rows.map((row) => row.seq)).toEqual([1, 2, 3, 4, 5])
  expect(replica.text.toString()).toBe(await openedText(documents))
  replica.close()
})

test('a commit with nothing to write resolves with the current seq', async () => {
  const documents = documentsOn(await storeWithFile('a'))
  const replica = await documents.replica('f1', assistant)
  expect(await replica.commit(undefined)).toEqual({ seq: 0 })
  await replica.commit((text) => text.insert(0, 'b'))
  expect(
    await replica.commit(
      () => {},
      () => [],
    ),
  ).toEqual({ seq: 1 })
  replica.close()
})

test('half a surrogate pair is refused instead of becoming another character, a whole one is not', async () => {
  const documents = documentsOn(await storeWithFile('a'))
  const replica = await documents.replica('f1', assistant)
  await replica.commit((text) => text.insert(0, '😀\uFFFD'))
  await expect(replica.commit((text) => text.insert(0, '\ud83d'))).rejects.toMatchObject({ code: 'forbidden_content' })
  replica.close()
  expect((await documents.text('f1')).text).toBe('😀\uFFFDa')
})

test('an edit that throws is not half committed', async () => {
  const documents = documentsOn(await storeWithFile('a'))
  const replica = await documents.replica('f1', assistant)
  const edit = replica.commit((text) => {
    text.insert(0, 'half')
    throw new RangeError('no such place')
  })
  await expect(edit).rejects.toThrow('no such place')
  await expect(replica.commit((text) => text.insert(0, 'x'))).rejects.toMatchObject({ code: 'unavailable' })
  replica.close()
  expect((await documents.text('f1')).text).toBe('a')
})

test('a closed replica writes no more and lets its document go once its commits are through', async () => {
  const store = await storeWithFile('a')
  const documents = documentsOn(store)
  const replica = await documents.replica('f1', assistant)
  const last = replica.commit((text) => text.insert(1, 'b'))
  replica.close()
  replica.close()
  await expect(replica.commit((text) => text.insert(0, 'x'))).rejects.toMatchObject({ code: 'unavailable' })
  expect(await last).toEqual({ seq: 1 })
  await documents.close()
  expect(await store.texts('s1')).toEqual([{ fileId: 'f1', text: 'ab', seq: 1, tail: false }])
})

test('two replicas of one turn never share a client id', async () => {
  const documents = documentsOn(await storeWithFile(''))
  const [first, second] = await Promise.all([documents.replica('f1', assistant), documents.replica('f1', assistant)])
  expect(first.clientId).not.toBe(second.clientId)
  await Promise.all([first.commit((text) => text.insert(0, 'a')), second.commit((text) => text.insert(0, 'b'))])
  expect(first.text.toString()).toBe(second.text.toString())
  first.close()
  second.close()
})

test('a replica whose listener fails fails alone: the push is acknowledged and everybody is told', async () => {
  const documents = documentsOn(await storeWithFile('one\n'))
  const rows = committedRows(documents)
  const replica = await documents.replica('f1', assistant)
  const bug = new Error('a bug')
  replica.onForeignChange(() => {
    throw bug
  })
  const ada = await openTab(documents, 'ada')
  const push = { participantId: 'ada', pushId: 'p1', update: edited(ada, (text) => text.insert(0, 'x')) }
  expect(await documents.push('f1', push)).toEqual({ seq: 1 })
  expect(rows.map(({ seq }) => seq)).toEqual([1])
  await expect(replica.commit((text) => text.insert(0, 'y'))).rejects.toMatchObject({ code: 'unavailable', cause: bug })
  replica.close()
})

test('what is committed while a replica of a large document loads is in it, once', async () => {
  const documents = documentsOn(await storeWithFile('x'.repeat(100_000)))
  const ada = await openTab(documents, 'ada')
  const opening = documents.replica('f1', assistant)
  for (const letter of 'cba') {
    const update = edited(ada, (text) => text.insert(0, letter))
    await documents.push('f1', { participantId: 'ada', pushId: letter, update })
  }
  const replica = await opening
  expect(replica.text.toString()).toBe(ada.text.toString())
  await replica.commit((text) => text.insert(0, '!'))
  expect((await documents.text('f1')).text.slice(0, 5)).toBe('!abcx')
  replica.close()
})
