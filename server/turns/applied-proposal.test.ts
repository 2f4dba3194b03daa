import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Hunk } from '#protocol/hunks.ts'
import { positionsAround } from './hunk-record.ts'
import { addHunk } from './testing/add-hunk.ts'
import { Stage } from './testing/stage.ts'

const text = 'one\nconst two = 2\nthree\n'
const from = text.indexOf('const')
const to = text.indexOf('three')

async function proposed(more: Partial<Hunk> = {}, file = text): Promise<{ stage: Stage; turnId: string }> {
  const stage = await Stage.open({ 'a.txt': file })
  const turnId = await stage.answer('Done.')
  const { update } = await stage.documents.open(await stage.fileId('a.txt'), { participantId: stage.owner })
  const doc = new Y.Doc()
  Y.applyUpdate(doc, update)
  const candidates = [{ start: from, end: to }].map(({ start, end }) => positionsAround(doc.getText('text'), start, end))
  const proposal = {
    state: 'ambiguous',
    reason: 'several_matches',
    proposedText: 'const two = 22\nmore\n',
    candidates,
  } as const
  await addHunk(stage, {
    hunkId: 'h',
    turnId,
    path: 'a.txt',
    baseText: 'const two\n',
    addedLines: 2,
    deletedLines: 1,
    ...proposal,
    ...more,
  })
  return { stage, turnId }
}

test('H8 A proposal is applied at its candidate in one row of the assistant, and is then a settled hunk.', async () => {
  const { stage, turnId } = await proposed()
  const rows: unknown[] = []
  stage.documents.onCommitted(({ author, update, hunkEvents }) =>
    rows.push({ author, hunkEvents, hasText: update !== undefined }),
  )
  await stage.apply('h')
  expect(await stage.text('a.txt')).toBe('one\nconst two = 22\nmore\nthree\n')
  const [stored] = await stage.hunks()
  const { sessionId: _sessionId, reversal, start, end, ...hunk } = stored ?? {}
  expect(hunk).toEqual({
    hunkId: 'h',
    turnId,
    block: 0,
    fileId: await stage.fileId('a.txt'),
    path: 'a.txt',
    kind: 'edit',
    askedBy: stage.owner,
    state: 'settled',
    rung: 'fuzzy',
    baseText: 'const two = 2\n',
    addedLines: 2,
    deletedLines: 1,
  })
  expect(rows).toEqual([
    {
      author: { kind: 'assistant', turnId },
      hasText: true,
      hunkEvents: [{ type: 'changed', hunk: { ...hunk, start, end } }],
    },
  ])
  expect(reversal).toMatchObject({ deleted: [] })
  expect(stored && (await stage.rangeOf(stored))).toEqual({ start: from, end: from + 'const two = 22\nmore\n'.length })
})

test('H8 It replaces what stands there now, is rejected like any other hunk, and redone.', async () => {
  const { stage } = await proposed()
  await stage.type('a.txt', (live) => {
    live.insert(live.toString().indexOf('three'), 'last ')
    live.insert(from + 'const'.length, ' HUMAN')
    live.insert(0, 'zero\n')
  })
  await stage.apply('h')
  const applied = 'zero\none\nconst two = 22\nmore\nlast three\n'
  expect(await stage.text('a.txt')).toBe(applied)
  await stage.leave()
  const again = stage.reopen()
  await again.decide('reject', ['h'])
  expect(await again.text('a.txt')).toBe('zero\none\nconst HUMAN two = 2\nlast three\n')
  await again.decide('redo', ['h'])
  expect(await again.text('a.txt')).toBe(applied)
})

test('H8 The last line of a file keeps lacking its line end.', async () => {
  const { stage } = await proposed({}, 'one\nconst two = 2;')
  await stage.apply('h')
  expect(await stage.text('a.txt')).toBe('one\nconst two = 22\nmore')
})

test('H8 A proposal is applied once, also by two people at the same time, and not after it was dismissed.', async () => {
  const { stage } = await proposed({ rung: 'indent' })
  const both = await Promise.allSettled([stage.apply('h'), stage.apply('h')])
  expect(both).toMatchObject([{ status: 'fulfilled' }, { status: 'rejected', reason: { code: 'hunk_decided' } }])
  expect(await stage.text('a.txt')).toBe('one\nconst two = 22\nmore\nthree\n')
  expect(await stage.hunks()).toMatchObject([{ rung: 'indent' }])
  const other = await proposed()
  await other.stage.decide('reject', ['h'])
  await expect(other.stage.apply('h')).rejects.toMatchObject({ code: 'hunk_decided' })
})

test('H8 What is not there is not found: hunk, session, candidate, file.', async () => {
  const { stage } = await proposed()
  await expect(stage.apply('unknown')).rejects.toMatchObject({ code: 'not_found' })
  await expect(stage.apply('h', 1)).rejects.toMatchObject({ code: 'not_found' })
  const { sessionId } = await stage.sessions.createEmpty('visit')
  const elsewhere = { sessionId, participantId: 'p', hunkId: 'h', candidate: 0 }
  await expect(stage.turns.apply(elsewhere)).rejects.toMatchObject({ code: 'not_found' })
  await stage.sessions.deleteFile(stage.sessionId, await stage.fileId('a.txt'))
  await expect(stage.apply('h')).rejects.toMatchObject({ code: 'not_found' })
})
