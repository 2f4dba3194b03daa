import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { limits } from '#protocol/limits.ts'
import { committedRows, documentsOn, edited, openedText, openTab, storeWithFile, type Tab } from './documents-fixture.ts'
import type { Documents } from './documents.ts'

async function withTab(text = 'hello\n'): Promise<{ documents: Documents; tab: Tab }> {
  const documents = documentsOn(await storeWithFile(text))
  return { documents, tab: await openTab(documents, 'ada') }
}

/** An update of a document that never was part of Flint, written under the tab's client id. */
function foreignUpdate(tab: Tab, write: (doc: Y.Doc) => void): Uint8Array {
  const doc = new Y.Doc()
  doc.clientID = tab.doc.clientID
  doc.transact(() => write(doc))
  return Y.encodeStateAsUpdate(doc)
}

const push = (documents: Documents, update: Uint8Array, participantId = 'ada', pushId = 'push') =>
  documents.push('f1', { participantId, pushId, update })

test('a push is committed, told to everybody and seen by whoever opens the document', async () => {
  const { documents, tab } = await withTab()
  const rows = committedRows(documents)
  const update = edited(tab, (text) => text.insert(5, ', world'))
  expect(await push(documents, update)).toEqual({ seq: 1 })
  expect(rows).toEqual([
    { sessionId: 's1', fileId: 'f1', seq: 1, author: { kind: 'participant', participantId: 'ada' }, pushId: 'push', update },
  ])
  expect(await documents.text('f1')).toEqual({ text: 'hello, world\n', seq: 1 })
  expect(await openedText(documents)).toBe('hello, world\n')
})

test('a repeated push keeps its seq and is told once, in flight as well as later', async () => {
  const { documents, tab } = await withTab()
  const rows = committedRows(documents)
  const update = edited(tab, (text) => text.insert(0, 'x'))
  const both = [push(documents, update), push(documents, update)]
  expect(await Promise.all(both)).toEqual([{ seq: 1 }, { seq: 1 }])
  expect(await push(documents, update)).toEqual({ seq: 1 })
  expect(await push(documents, update, 'ada', 'same bytes, other id')).toEqual({ seq: 2 })
  expect(rows.map((row) => row.seq)).toEqual([1, 2])
  expect((await documents.text('f1')).text).toBe('xhello\n')
})

test('pushes of one client that are sent at once keep their order', async () => {
  const { documents, tab } = await withTab('')
  const updates = ['a', 'b', 'c', 'd'].map((letter, index) => edited(tab, (text) => text.insert(index, letter)))
  const pushed = updates.map((update, index) => push(documents, update, 'ada', `p${index}`))
  expect(await Promise.all(pushed)).toEqual([{ seq: 1 }, { seq: 2 }, { seq: 3 }, { seq: 4 }])
  expect((await documents.text('f1')).text).toBe('abcd')
})

const forbidden: Record<string, (doc: Y.Doc) => void> = {
  'another root': (doc) => doc.getText('other').insert(0, 'x'),
  'a map key under the root': (doc) => doc.getMap('text').set('key', 'x'),
  'an array under the root': (doc) => doc.getArray('text').insert(0, ['x']),
  'a format': (doc) => doc.getText('text').insert(0, 'x', { bold: true }),
  'an embed': (doc) => doc.getText('text').insertEmbed(0, { image: 'x' }),
  'a nested type': (doc) => doc.getArray('text').insert(0, [new Y.Text('x')]),
  'a subdocument': (doc) => doc.getArray('text').insert(0, [new Y.Doc()]),
  'binary content': (doc) => doc.getArray('text').insert(0, [new Uint8Array([1])]),
  'an attribute of the text': (doc) => doc.getText('text').setAttribute('language', 'x'),
  'a carriage return': (doc) => doc.getText('text').insert(0, 'a\r\nb'),
}

test.each(Object.entries(forbidden))('%s is refused', async (_, write) => {
  const { documents, tab } = await withTab()
  const rows = committedRows(documents)
  await expect(push(documents, foreignUpdate(tab, write))).rejects.toMatchObject({ code: 'forbidden_content' })
  expect(rows).toEqual([])
  expect(await documents.text('f1')).toEqual({ text: 'hello\n', seq: 0 })
})

test.each([[[]], [[1, 2, 3]], [[255, 255, 255, 255, 255]], [[1, 1, 9, 0, 4, 1]]])('the bytes %j are refused', async (bytes) => {
  const { documents } = await withTab()
  await expect(push(documents, new Uint8Array(bytes))).rejects.toMatchObject({ code: 'forbidden_content' })
})

test("writing under another person's client id is refused", async () => {
  const { documents, tab } = await withTab()
  const other = await openTab(documents, 'ben')
  const stolen = edited(other, (text) => text.insert(0, 'evil'))
  await expect(push(documents, stolen, 'ada')).rejects.toMatchObject({ code: 'foreign_client' })
  const invented = new Y.Doc()
  invented.clientID = 4_000_000_000
  invented.getText('text').insert(0, 'x')
  const update = Y.encodeStateAsUpdate(invented)
  await expect(push(documents, update, 'ada')).rejects.toMatchObject({ code: 'foreign_client' })
  expect(
    await push(
      documents,
      edited(tab, (text) => text.insert(0, 'mine ')),
    ),
  ).toEqual({ seq: 1 })
  expect((await documents.text('f1')).text).toBe('mine hello\n')
})

test('an update after a gap is refused and accepted once the gap is filled', async () => {
  const { documents, tab } = await withTab('')
  const first = edited(tab, (text) => text.insert(0, 'a'))
  const second = edited(tab, (text) => text.insert(1, 'b'))
  await expect(push(documents, second, 'ada', 'p2')).rejects.toMatchObject({ code: 'resync' })
  await push(documents, first, 'ada', 'p1')
  await push(documents, second, 'ada', 'p2')
  expect((await documents.text('f1')).text).toBe('ab')
})

test('an update with a hole inside is refused', async () => {
  const { documents, tab } = await withTab('')
  const [first, , third] = ['a', 'b', 'c'].map((letter, index) => edited(tab, (text) => text.insert(index, letter)))
  const withHole = Y.mergeUpdates([first, third].filter((update) => update !== undefined))
  await expect(push(documents, withHole)).rejects.toMatchObject({ code: 'resync' })
})

test('an update beside text that the server does not know is refused', async () => {
  const { documents, tab } = await withTab('')
  const other = await openTab(documents, 'ben')
  const unknown = edited(other, (text) => text.insert(0, 'unknown'))
  Y.applyUpdate(tab.doc, unknown, 'server')
  const beside = edited(tab, (text) => text.insert(3, 'x'))
  await expect(push(documents, beside)).rejects.toMatchObject({ code: 'resync' })
  const deletion = edited(tab, (text) => text.delete(0, 2))
  await expect(push(documents, deletion, 'ada', 'p2')).rejects.toMatchObject({ code: 'resync' })
})

test('structs that wait for each other in a circle are refused and leave nothing behind', async () => {
  const { documents, tab } = await withTab('')
  const second = await openTab(documents, 'ada')
  const [a, b] = [tab.doc.clientID, second.doc.clientID]
  // Per client: one struct, client, clock 0, "a string with an origin", origin (client, 0), "x". Then no deletions.
  const item = (client: number, origin: number) => [1, client, 0, 0x84, origin, 0, 1, 0x78]
  const circle = new Uint8Array([2, ...item(b, a), ...item(a, b), 0])
  await expect(push(documents, circle)).rejects.toMatchObject({ code: 'resync' })
  expect(
    await push(
      documents,
      edited(tab, (text) => text.insert(0, 'fine')),
    ),
  ).toEqual({ seq: 1 })
  expect(await openedText(documents)).toBe('fine')
})

test('a push above the size limit is refused before it is decoded', async () => {
  const { documents } = await withTab()
  const update = new Uint8Array(limits.largePushBytes + 1)
  await expect(push(documents, update)).rejects.toMatchObject({ code: 'too_large' })
})

test('a document grows to its limit and not beyond, but may be replaced as a whole', async () => {
  const { documents, tab } = await withTab('x'.repeat(limits.documentLength - 1))
  await push(
    documents,
    edited(tab, (text) => text.insert(0, 'y')),
    'ada',
    'p1',
  )
  const beyond = edited(tab, (text) => text.insert(0, 'z'))
  await expect(push(documents, beyond, 'ada', 'p2')).rejects.toMatchObject({ code: 'too_large' })

  const other = await openTab(documents, 'ben')
  const replaced = edited(other, (text) => {
    text.delete(0, text.length)
    text.insert(0, 'n'.repeat(limits.documentLength))
  })
  await push(documents, replaced, 'ben', 'p3')
  expect((await documents.text('f1')).text.slice(0, 2)).toBe('nn')
})

test('what a push deletes makes room for what it inserts, once, and only where it still stood', async () => {
  const { documents, tab } = await withTab('x'.repeat(limits.documentLength - 10))
  const long = edited(tab, (text) => {
    text.delete(100, 50)
    text.insert(200, 'y'.repeat(80))
    text.delete(210, 20)
  })
  await push(documents, long, 'ada', 'p1')
  expect((await documents.text('f1')).text.length).toBe(limits.documentLength)

  const other = await openTab(documents, 'ben')
  const [first, second] = [2, 2].map((length) => edited(other, (text) => text.delete(0, length)))
  await push(documents, first ?? new Uint8Array(), 'ben', 'p2')
  // Deletes again what is gone, beside two characters more, for three that it inserts.
  const inserted = edited(other, (text) => text.insert(0, 'abc'))
  const all = Y.mergeUpdates([first, first, second, second, inserted].filter((update) => update !== undefined))
  await push(documents, all, 'ben', 'p3')
  expect((await documents.text('f1')).text.length).toBe(limits.documentLength - 1)
  const again = Y.mergeUpdates([all, edited(other, (text) => text.insert(0, 'de'))])
  await expect(push(documents, again, 'ben', 'p4')).rejects.toMatchObject({ code: 'too_large' })
})

test('a file that does not exist or is binary has no document', async () => {
  const { documents, tab } = await withTab()
  const update = edited(tab, (text) => text.insert(0, 'x'))
  for (const fileId of ['gone', 'b1']) {
    await expect(documents.push(fileId, { participantId: 'ada', pushId: 'p', update })).rejects.toMatchObject({
      code: 'not_found',
    })
    await expect(documents.open(fileId, { participantId: 'ada' })).rejects.toMatchObject({ code: 'not_found' })
    await expect(documents.text(fileId)).rejects.toMatchObject({ code: 'not_found' })
  }
})
