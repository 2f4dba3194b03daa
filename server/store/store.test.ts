import { describe, expect, test } from 'vitest'
import type { Hunk } from '#protocol/hunks.ts'
import { bytes, file, open, openWithSession, owner, places, session, turn } from './store-fixture.ts'

const hunk: Hunk = {
  hunkId: 'h1',
  turnId: 't1',
  block: 0,
  fileId: 'f1',
  path: 'a.ts',
  kind: 'edit',
  state: 'located',
  rung: 'exact',
  start: bytes('start'),
  end: bytes('end'),
  askedBy: 'mara',
  baseText: 'old\n',
  addedLines: 0,
  deletedLines: 1,
}

describe.each(places)('sessions in $kind', ({ place }) => {
  test('a session comes back with its owner and files', async () => {
    const store = await openWithSession(place())
    expect(await store.session('s1')).toEqual(session)
    expect(await store.session('other')).toBeUndefined()
    expect(await store.participants('s1')).toEqual([{ ...owner, standing: 'member', joinedAt: session.createdAt }])
    expect(await store.files('s1')).toEqual([{ ...file('f1', 'a.ts'), bytes: 4 }])
    expect(await store.file('s1', 'f1')).toEqual({ ...file('f1', 'a.ts'), bytes: 4 })
    expect(await store.file('another', 'f1')).toBeUndefined()
    expect(await store.texts('s1')).toEqual([{ fileId: 'f1', text: 'old\n', seq: 0, tail: false }])
  })

  test('sessions of a visit are listed most recently opened first', async () => {
    const store = await openWithSession(place())
    const second = { ...session, sessionId: 's2', createdAt: 50 }
    await store.createSession({ session: second, owner: { ...owner, participantId: 'p2' }, files: [] })
    await store.createTurn(turn)
    expect(await store.sessionsOf('v1')).toEqual([
      { session, files: 1, turns: 1, openedAt: 100 },
      { session: second, files: 0, turns: 0, openedAt: 50 },
    ])
    await store.touchSession('s2', 'v1', 300)
    expect((await store.sessionsOf('v1')).map((entry) => [entry.session.sessionId, entry.openedAt])).toEqual([
      ['s2', 300],
      ['s1', 100],
    ])
    expect(await store.sessionsOf('stranger')).toEqual([])
  })

  test('a session is renamed and changes its model; an unknown one is missing', async () => {
    const store = await openWithSession(place())
    await store.updateSession('s1', { name: 'Viper' })
    await store.updateSession('s1', { backendId: 'cerebras', model: 'fast' })
    expect(await store.session('s1')).toEqual({ ...session, name: 'Viper', backendId: 'cerebras', model: 'fast' })
    await expect(store.updateSession('nope', { name: 'x' })).rejects.toMatchObject({ name: 'StoreFailure', code: 'missing' })
  })

  test('a visit is remembered, once', async () => {
    const store = await open(place())
    await store.saveVisit({ visitId: 'v1', createdAt: 1 })
    await store.saveVisit({ visitId: 'v1', createdAt: 2 })
    expect(await store.visit('v1')).toEqual({ visitId: 'v1' })
    expect(await store.visit('v2')).toBeUndefined()
  })

  test('two files cannot have one path, but a call may hand paths on', async () => {
    const store = await openWithSession(place())
    await expect(store.saveFiles('s1', [{ file: file('f2', 'a.ts') }])).rejects.toMatchObject({ code: 'refused' })
    await store.saveFiles('s1', [{ file: file('f2', 'b.ts'), bytes: bytes('b') }])
    await store.saveFiles('s1', [{ file: file('f1', 'b.ts') }, { file: { ...file('f2', 'a.ts'), proposedBy: 't1' } }])
    expect(await store.files('s1')).toEqual([
      { ...file('f2', 'a.ts'), bytes: 1, proposedBy: 't1' },
      { ...file('f1', 'b.ts'), bytes: 4 },
    ])
  })

  test('the text of a file that exists is not replaced beside its log', async () => {
    const store = await openWithSession(place())
    const again = store.saveFiles('s1', [{ file: file('f1', 'a.ts'), bytes: bytes('new') }])
    await expect(again).rejects.toMatchObject({ code: 'refused' })
    expect((await store.texts('s1'))[0]?.text).toBe('old\n')
  })

  test('deleting a session deletes everything of it and leaves the blobs that others share', async () => {
    const store = await openWithSession(place())
    const files = [{ file: file('f2', 'a.ts'), bytes: bytes('old\n') }]
    await store.createSession({
      session: { ...session, sessionId: 's2' },
      owner: { ...owner, participantId: 'p2' },
      files,
    })
    await store.createTurn(turn)
    await store.append({ sessionId: 's1', fileId: 'f1', author: 'p1', hunkEvents: [{ event: { type: 'opened', hunk } }] })
    await store.deleteSession('s1')
    expect([await store.session('s1'), await store.document('f1'), await store.turn('t1')]).toEqual([
      undefined,
      undefined,
      undefined,
    ])
    expect([await store.participants('s1'), await store.files('s1'), await store.hunksOfTurn('t1')]).toEqual([[], [], []])
    expect((await store.texts('s2')).map(({ text }) => text)).toEqual(['old\n'])
  })

  test('removed files free their path', async () => {
    const store = await openWithSession(place())
    await store.removeFiles('s1', ['f1', 'unknown'])
    expect(await store.files('s1')).toEqual([])
    expect(await store.document('f1')).toBeUndefined()
    await store.saveFiles('s1', [{ file: file('f3', 'a.ts') }])
    expect(await store.document('f3')).toMatchObject({ sessionId: 's1', seq: 0, blob: bytes(''), tail: [] })
  })

  test('one failing write does not sink those that share its commit', async () => {
    const store = await openWithSession(place())
    const row = { sessionId: 's1', fileId: 'f1', author: 'p1' }
    const growOfNone = { type: 'grew' as const, hunkId: 'h9', start: bytes(''), end: bytes(''), head: bytes(''), addedLines: 1 }
    const results = await Promise.allSettled([
      store.append({ ...row, pushId: 'a' }),
      store.append({ ...row, pushId: 'b', hunkEvents: [{ event: growOfNone }] }),
      store.append({ ...row, pushId: 'c' }),
    ])
    expect(results.map((result) => (result.status === 'fulfilled' ? result.value.seq : 'failed'))).toEqual([1, 'failed', 2])
    expect((await store.document('f1'))?.tail.map((stored) => stored.pushId)).toEqual(['a', 'c'])
  })

  test('a closed store refuses, closes once, and has committed what it had accepted', async () => {
    const store = await openWithSession(place())
    const accepted = store.append({ sessionId: 's1', fileId: 'f1', author: 'p1' })
    await Promise.all([store.close(), store.close()])
    expect(await accepted).toEqual({ seq: 1, repeated: false })
    await expect(store.saveVisit({ visitId: 'v', createdAt: 1 })).rejects.toMatchObject({ code: 'closed' })
    await expect(store.session('s1')).rejects.toMatchObject({ name: 'StoreFailure', code: 'closed' })
  })
})
