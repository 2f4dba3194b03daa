import { describe, expect, test } from 'vitest'
import type { Hunk } from '#protocol/hunks.ts'
import type { FileNode } from '#protocol/sessions.ts'
import { afterSweep, bytes, file, openWithSession, owner, places, session, turn } from './store-fixture.ts'

const textOf = (blob: Uint8Array | undefined) => blob && new TextDecoder().decode(blob)

describe.each(places)('checkpoints in $kind', ({ place }) => {
  test('A checkpoint is every file with its path, kind, line ending, mark, text and seq, and later changes leave it alone.', async () => {
    const store = await openWithSession(place())
    const logo: FileNode = { fileId: 'f2', path: 'logo.png', kind: 'binary', lineEnding: 'lf', bytes: 3 }
    const draft: FileNode = { ...file('f3', 'draft.md'), lineEnding: 'crlf', bytes: 4, proposedBy: 't0' }
    await store.saveFiles('s1', [
      { file: logo, bytes: new Uint8Array([0, 1, 2]) },
      { file: draft, bytes: bytes('new\n') },
    ])
    await store.append({ sessionId: 's1', fileId: 'f1', author: 'p1', update: bytes('u') })
    await store.createTurn(turn)
    await store.saveCheckpoint('t1', [{ file: file('f1', 'a.ts'), text: 'old 🐍\n', seq: 1 }])

    await store.saveSnapshot('f1', { seq: 1, bytes: bytes('snapshot'), text: 'newer\n' })
    await store.removeFiles('s1', ['f2', 'f3'])
    const checkpoint = await store.checkpoint('t1')
    expect(checkpoint).toEqual({
      sessionId: 's1',
      order: 1,
      files: [
        { ...file('f1', 'a.ts'), bytes: 9, seq: 1, hash: expect.any(String) },
        { ...draft, seq: 0, hash: expect.any(String) },
        { ...logo, seq: 0, hash: expect.any(String) },
      ],
    })
    const blobs = await Promise.all((checkpoint?.files ?? []).map(({ hash }) => store.blob(hash)))
    expect(blobs.slice(0, 2).map(textOf)).toEqual(['old 🐍\n', 'new\n'])
    expect(blobs[2]).toEqual(new Uint8Array([0, 1, 2]))
  })

  test('Every checkpoint keeps its own state of a file that comes, changes, goes, and stays the same.', async () => {
    const store = await openWithSession(place())
    await store.saveFiles('s1', [{ file: file('same', 'same.ts'), bytes: bytes('same\n') }])
    const changes = [
      async () => {},
      () => store.saveFiles('s1', [{ file: file('f1', 'moved.ts') }]),
      () => store.removeFiles('s1', ['f1']),
      () => store.saveFiles('s1', [{ file: file('f2', 'b.ts'), bytes: bytes('new\n') }]),
      async () => {},
    ]
    for (const [index, change] of changes.entries()) {
      await change()
      await store.createTurn({ ...turn, turnId: `t${index}`, number: index + 1 })
      await store.saveCheckpoint(`t${index}`, [{ file: file('same', 'same.ts'), text: 'same\n', seq: 0 }])
    }
    const states = await Promise.all(changes.map((_, index) => store.checkpoint(`t${index}`)))
    expect(states.map((state) => [state?.order, ...(state?.files ?? []).map(({ path }) => path)])).toEqual([
      [1, 'a.ts', 'same.ts'],
      [2, 'moved.ts', 'same.ts'],
      [3, 'same.ts'],
      [4, 'b.ts', 'same.ts'],
      [5, 'b.ts', 'same.ts'],
    ])
  })

  test('A turn without a checkpoint has none; a session without files has an empty one.', async () => {
    const store = await openWithSession(place())
    await store.removeFiles('s1', ['f1'])
    await store.createTurn(turn)
    expect(await store.checkpoint('t1')).toBeUndefined()
    expect(await store.checkpoint('t9')).toBeUndefined()
    await store.saveCheckpoint('t1', [])
    expect(await store.checkpoint('t1')).toEqual({ sessionId: 's1', order: 1, files: [] })
    await expect(store.saveCheckpoint('t9', [])).rejects.toMatchObject({ code: 'missing' })
  })

  test('A file that was deleted before the checkpoint was written is part of it where its text was given.', async () => {
    const store = await openWithSession(place())
    await store.createTurn(turn)
    await store.removeFiles('s1', ['f1'])
    await store.saveCheckpoint('t1', [{ file: file('f1', 'a.ts'), text: 'old\n', seq: 0 }])
    expect((await store.checkpoint('t1'))?.files.map(({ path }) => path)).toEqual(['a.ts'])
  })

  test('A blob lives as long as a file or a checkpoint names it.', async () => {
    const store = await openWithSession(place())
    await store.createSession({
      session: { ...session, sessionId: 's2' },
      owner: { ...owner, participantId: 'p2' },
      files: [{ file: file('f9', 'same.ts'), bytes: bytes('shared\n') }],
    })
    await store.createTurn(turn)
    await store.saveCheckpoint('t1', [{ file: file('f1', 'a.ts'), text: 'shared\n', seq: 0 }])
    const [shared] = (await store.checkpoint('t1'))?.files.map(({ hash }) => hash) ?? []
    const [version] = await store.fileVersions('s1')
    await store.deleteSession('s2')
    await afterSweep(store)
    expect(textOf(await store.blob(shared ?? ''))).toBe('shared\n')
    await store.deleteSession('s1')
    await afterSweep(store)
    expect(await store.blob(shared ?? '')).toBeUndefined()
    expect(await store.blob(version?.hash ?? '')).toBeUndefined()
  })

  test('Versions tell how far the log is, and the last row that a person pushed.', async () => {
    const store = await openWithSession(place())
    const row = { sessionId: 's1', fileId: 'f1', author: 'p1' }
    await store.append({ ...row, pushId: 'push1', update: bytes('u') })
    await store.append({ ...row, update: bytes('v') })
    const version = { fileId: 'f1', hash: expect.any(String), seq: 0, headSeq: 2, typedSeq: 1 }
    expect(await store.fileVersions('s1')).toEqual([version])
    expect(await store.fileVersion('f1')).toEqual(version)
    expect(await store.fileVersion('f9')).toBeUndefined()
  })

  test('Hunks are found by the checkpoint after which they were opened, whatever became of them.', async () => {
    const store = await openWithSession(place())
    const hunk = (hunkId: string): Hunk => ({
      hunkId,
      turnId: 't1',
      askedBy: 'p1',
      block: 0,
      fileId: 'f1',
      path: 'a.ts',
      kind: 'edit',
      state: 'settled',
      baseText: '',
      addedLines: 1,
      deletedLines: 0,
    })
    const open = (hunkId: string) => store.saveHunks('s1', [{ event: { type: 'opened', hunk: hunk(hunkId) } }])
    await open('before')
    for (const turnId of ['t1', 't2']) {
      await store.createTurn({ ...turn, turnId, number: Number(turnId.slice(1)) })
      await store.saveCheckpoint(turnId, [])
      await open(`after ${turnId}`)
    }
    await store.saveHunks('s1', [{ event: { type: 'changed', hunk: { ...hunk('after t1'), state: 'accepted' } } }])
    const since = async (order: number) => (await store.hunksSince('s1', order)).map(({ hunkId, state }) => [hunkId, state])
    expect(await since(1)).toEqual([
      ['after t1', 'accepted'],
      ['after t2', 'settled'],
    ])
    expect(await since(2)).toEqual([['after t2', 'settled']])
  })

  test('Turns that were rolled back say so.', async () => {
    const store = await openWithSession(place())
    await store.createTurn(turn)
    await store.createTurn({ ...turn, turnId: 't2', number: 2 })
    await store.rollBackTurns(['t2'])
    expect((await store.turns('s1')).map(({ turnId, rolledBack }) => [turnId, rolledBack])).toEqual([
      ['t1', undefined],
      ['t2', true],
    ])
  })
})
