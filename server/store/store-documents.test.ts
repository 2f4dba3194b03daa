import { describe, expect, test } from 'vitest'
import { bytes, openWithSession, places } from './store-fixture.ts'

describe.each(places)('documents in $kind', ({ place }) => {
  test('a log gives seqs 1, 2, … and a repeated push its old one', async () => {
    const store = await openWithSession(place())
    const row = { sessionId: 's1', fileId: 'f1', author: 'p1' }
    expect(await store.append({ ...row, pushId: 'a', update: bytes('1') })).toEqual({ seq: 1, repeated: false })
    expect(await store.append({ ...row, pushId: 'b', update: bytes('2'), afterSeq: 1 })).toEqual({ seq: 2, repeated: false })
    expect(await store.append({ ...row, pushId: 'a', update: bytes('1'), afterSeq: 2 })).toEqual({ seq: 1, repeated: true })
    expect(await store.append(row)).toEqual({ seq: 3, repeated: false })
    expect(await store.document('f1')).toEqual({
      sessionId: 's1',
      seq: 3,
      blob: bytes('old\n'),
      tail: [
        { seq: 1, author: 'p1', pushId: 'a', update: bytes('1') },
        { seq: 2, author: 'p1', pushId: 'b', update: bytes('2') },
        { seq: 3, author: 'p1' },
      ],
    })
    expect(await store.texts('s1')).toEqual([{ fileId: 'f1', text: 'old\n', seq: 0, tail: true }])
  })

  test('an append that does not come right after the expected row is refused and takes no seq', async () => {
    const store = await openWithSession(place())
    const row = { sessionId: 's1', fileId: 'f1', author: 'p1', update: bytes('1') }
    await expect(store.append({ ...row, afterSeq: 7 })).rejects.toMatchObject({ code: 'gap' })
    await expect(store.append({ ...row, fileId: 'gone' })).rejects.toMatchObject({ code: 'missing' })
    expect(await store.append({ ...row, afterSeq: 0 })).toEqual({ seq: 1, repeated: false })
  })

  test('compaction replaces the rows it covers by a snapshot and refreshes the text', async () => {
    const store = await openWithSession(place())
    const row = { sessionId: 's1', fileId: 'f1', author: 'p1' }
    for (const text of ['1', '2', '3']) await store.append({ ...row, update: bytes(text) })
    await store.compact('f1', { seq: 2, snapshot: bytes('snapshot 2'), text: 'néw\n' })
    expect(await store.document('f1')).toEqual({
      sessionId: 's1',
      seq: 3,
      snapshot: bytes('snapshot 2'),
      tail: [{ seq: 3, author: 'p1', update: bytes('3') }],
    })
    expect(await store.texts('s1')).toEqual([{ fileId: 'f1', text: 'néw\n', seq: 2, tail: true }])
    expect((await store.files('s1'))[0]?.bytes).toBe(5)

    await store.compact('f1', { seq: 1, snapshot: bytes('older'), text: 'older' })
    expect((await store.document('f1'))?.snapshot).toEqual(bytes('snapshot 2'))
    await expect(store.compact('f1', { seq: 9, snapshot: bytes('x'), text: 'x' })).rejects.toMatchObject({ code: 'gap' })
  })

  test('a client id is reserved once per document', async () => {
    const store = await openWithSession(place())
    await store.reserveClient('f1', 7, 'p1')
    await expect(store.reserveClient('f1', 7, 'p2')).rejects.toMatchObject({ code: 'refused' })
    await expect(store.reserveClient('gone', 7, 'p1')).rejects.toMatchObject({ code: 'missing' })
    expect(await store.clientOwner('f1', 7)).toBe('p1')
    expect(await store.clientOwner('f1', 8)).toBeUndefined()
  })
})
