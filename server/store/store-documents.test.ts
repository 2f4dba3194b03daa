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
      epoch: 0,
      snapshotSeq: 0,
      earlierPushes: [],
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

  test('a snapshot takes the place of the rows it covers when the document is read, and refreshes the text', async () => {
    const store = await openWithSession(place())
    const row = { sessionId: 's1', fileId: 'f1', author: 'p1' }
    for (const text of ['1', '2', '3']) await store.append({ ...row, pushId: `p${text}`, update: bytes(text) })
    const holds = { stateVector: bytes('sv'), textHash: 'hash' }
    const seed = { bytes: bytes('seed'), holds }
    await store.saveSnapshot('f1', { seq: 2, bytes: bytes('snapshot 2'), holds, text: 'néw\n', seed })
    expect(await store.document('f1')).toEqual({
      sessionId: 's1',
      seq: 3,
      epoch: 0,
      snapshotSeq: 2,
      snapshot: { bytes: bytes('snapshot 2'), holds },
      earlierPushes: [
        { seq: 1, pushId: 'p1' },
        { seq: 2, pushId: 'p2' },
      ],
      tail: [{ seq: 3, author: 'p1', pushId: 'p3', update: bytes('3') }],
    })
    expect(await store.document('f1', 2)).toMatchObject({ snapshotSeq: 0, snapshot: seed, tail: [{}, {}, {}] })
    expect(await store.document('f1', 0)).toBeUndefined()
    expect(await store.texts('s1')).toEqual([{ fileId: 'f1', text: 'néw\n', seq: 2, tail: true }])
    expect((await store.files('s1'))[0]?.bytes).toBe(5)

    await store.saveSnapshot('f1', { seq: 1, bytes: bytes('older'), text: 'older' })
    expect((await store.document('f1'))?.snapshot?.bytes).toEqual(bytes('snapshot 2'))
    const tooNew = store.saveSnapshot('f1', { seq: 9, bytes: bytes('x'), text: 'x' })
    await expect(tooNew).rejects.toMatchObject({ code: 'gap' })
  })

  test('what a verified snapshot makes superfluous goes: not the snapshot before it, not the rows since, not the newest rows', async () => {
    const store = await openWithSession(place())
    const row = { sessionId: 's1', fileId: 'f1', author: 'p1' }
    const snapshot = (seq: number) => ({ seq, bytes: bytes(`snapshot ${seq}`), text: `${seq}` })
    const kept = async () => (await store.documentRows('f1', 0))?.rows.map(({ seq }) => seq)
    for (let seq = 1; seq <= 700; seq += 1) await store.append({ ...row, pushId: `p${seq}`, update: bytes('x') })
    await store.saveSnapshot('f1', { ...snapshot(100), seed: { bytes: bytes('seed') } })
    await store.pruneDocument('f1', 100)
    expect((await kept())?.[0]).toBe(1)
    await store.saveSnapshot('f1', snapshot(150))
    await store.pruneDocument('f1', 150)
    expect((await kept())?.[0]).toBe(101)
    expect(await store.snapshot('f1', 0)).toBeUndefined()
    await store.saveSnapshot('f1', snapshot(300))
    await store.saveSnapshot('f1', snapshot(600))
    await store.pruneDocument('f1', 600)
    // 500 rows stay, and here the snapshot before covers more than the others.
    expect((await kept())?.[0]).toBe(201)
    expect(await store.snapshot('f1', 150)).toBeUndefined()
    expect(await store.snapshot('f1', 300)).toBeDefined()

    await store.append({ ...row, update: new Uint8Array(2_000_000) })
    await store.saveSnapshot('f1', snapshot(701))
    await store.pruneDocument('f1', 701)
    expect((await kept())?.[0]).toBe(601)
  })

  test('a snapshot that does not load is forgotten where there is another', async () => {
    const store = await openWithSession(place())
    await store.append({ sessionId: 's1', fileId: 'f1', author: 'p1', update: bytes('1') })
    await store.saveSnapshot('f1', { seq: 1, bytes: bytes('damaged'), text: 'x', seed: { bytes: bytes('seed') } })
    await store.dropSnapshot('f1', 1)
    expect(await store.document('f1')).toMatchObject({ snapshotSeq: 0, snapshot: { bytes: bytes('seed') }, tail: [{ seq: 1 }] })
    await expect(store.dropSnapshot('f1', 0)).rejects.toMatchObject({ code: 'refused' })
    expect((await store.document('f1'))?.snapshot?.bytes).toEqual(bytes('seed'))
  })

  test('an epoch is raised for one document, or for all', async () => {
    const store = await openWithSession(place())
    await store.raiseEpoch()
    await store.raiseEpoch('elsewhere')
    expect((await store.document('f1'))?.epoch).toBe(1)
    await store.raiseEpoch('f1')
    expect(await store.documentRows('f1', 0)).toEqual({ headSeq: 0, epoch: 2, rows: [] })
  })

  test('a client id is reserved once per document', async () => {
    const store = await openWithSession(place())
    await store.reserveClient('f1', 7, { owner: 'p1', role: 'editor' })
    await expect(store.reserveClient('f1', 7, { owner: 'p2', role: 'editor' })).rejects.toMatchObject({ code: 'refused' })
    await expect(store.reserveClient('gone', 7, { owner: 'p1', role: 'editor' })).rejects.toMatchObject({ code: 'missing' })
    expect(await store.issuedClient('f1', 7)).toEqual({ owner: 'p1', role: 'editor' })
    await store.updateClient('f1', 7, 'owner')
    expect(await store.issuedClient('f1', 7)).toEqual({ owner: 'p1', role: 'owner' })
    expect(await store.issuedClient('f1', 8)).toBeUndefined()
  })
})
