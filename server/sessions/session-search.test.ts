import { expect, test } from 'vitest'
import { limits } from '#protocol/limits.ts'
import type { SearchBody, SearchLine, SearchQuery } from '#protocol/search.ts'
import { roomWith } from './testing/room.ts'

const query = (text: string, more: Partial<SearchQuery> = {}): SearchQuery => ({
  text,
  regex: false,
  caseSensitive: false,
  wholeWord: false,
  include: '',
  exclude: '',
  ...more,
})
type Room = Awaited<ReturnType<typeof roomWith>>
async function search({ sessions, sessionId }: Room, body: SearchBody): Promise<SearchLine[]> {
  const lines: SearchLine[] = []
  for await (const line of sessions.search(sessionId, body)) if (line.type !== 'progress') lines.push(line)
  return lines
}
const places = (lines: SearchLine[]) =>
  lines.flatMap((line) => (line.type === 'file' ? line.matches.map((match) => `${line.path}:${match.line}`) : []))

test('[S1] files are told as they are searched, with what is typed in them and without binary ones', async () => {
  const room = await roomWith({ 'a.ts': 'one\n', 'b.ts': 'two\n', 'c.bin': new Uint8Array([0, 1]) })
  await room.type('b.ts', 0, 0, 'one ')
  const lines = await search(room, { query: query('ONE') })
  expect(lines[0]).toEqual({ type: 'start', files: 2 })
  expect(lines.at(-1)).toEqual({ type: 'end', reason: 'complete' })
  expect(places(lines)).toEqual(['a.ts:1', 'b.ts:1'])
  expect(places(await search(room, { query: query('one', { include: '*.ts', exclude: 'b.*' }) }))).toEqual(['a.ts:1'])
  expect(places(await search(room, { query: query('one'), fileIds: [await room.idOf('b.ts')] }))).toEqual(['b.ts:1'])
})

test('[S1] an expression that is none is refused', async () => {
  const { sessions, sessionId } = await roomWith({ 'a.ts': '' })
  expect(() => sessions.search(sessionId, { query: query('(', { regex: true }) })).toThrow(
    expect.objectContaining({ code: 'invalid_pattern' }),
  )
})

test('[S2] so many matches are told, and that there are more', async () => {
  const room = await roomWith({ 'a.txt': 'a'.repeat(limits.searchMatches), 'b.txt': 'a' })
  const lines = await search(room, { query: query('a') })
  expect(places(lines)).toHaveLength(limits.searchMatches)
  expect(lines.at(-1)).toEqual({ type: 'end', reason: 'limit' })
})

test('[S2] an expression that takes too long is stopped and told, and the next search is answered', async () => {
  const room = await roomWith({ 'slow.txt': `${'a'.repeat(40)}!\n`, 'z.txt': 'fine\n' })
  const lines = await search(room, { query: query('^(a+)+$', { regex: true }) })
  expect(lines.at(-1)).toEqual({ type: 'end', reason: 'too_slow', path: 'slow.txt' })
  expect(places(await search(room, { query: query('fine') }))).toEqual(['z.txt:1'])
}, 30_000)

test('[S4] a replacement is one push per file, as the person who asks', async () => {
  const room = await roomWith({ 'a.ts': 'foo bar foo\n', 'b.ts': 'no\n', 'c.ts': 'Foo\n' })
  const rows: unknown[] = []
  room.documents.onCommitted(({ fileId, seq, author }) => rows.push({ fileId, seq, author }))
  const reply = await room.sessions.replace(room.sessionId, room.participantId, {
    query: query('(f)oo', { regex: true }),
    replacement: '$1ee',
  })
  expect(reply).toMatchObject({ replaced: 3, files: 2, more: false, skipped: [] })
  expect([await room.text('a.ts'), await room.text('b.ts'), await room.text('c.ts')]).toEqual([
    'fee bar fee\n',
    'no\n',
    'Fee\n',
  ])
  const author = { kind: 'participant', participantId: room.participantId }
  expect(rows).toEqual([
    { fileId: await room.idOf('a.ts'), seq: 1, author },
    { fileId: await room.idOf('c.ts'), seq: 1, author },
  ])
})

test('[S4] one match is replaced where its line still reads the same, wherever it is by then', async () => {
  const room = await roomWith({ 'a.ts': 'x = 1\ny = 1\nx = 1\n' })
  const fileId = await room.idOf('a.ts')
  await room.type('a.ts', 0, 0, 'new line\n')
  const asked = { query: query('1'), replacement: '2' }
  const replace = (matches: { preview: string; nth: number; of: number }[]) =>
    room.sessions.replace(room.sessionId, room.participantId, { ...asked, files: [{ fileId, matches }] })
  expect(await replace([{ preview: 'x = 1', nth: 1, of: 2 }])).toMatchObject({ replaced: 1, skipped: [] })
  expect(await room.text('a.ts')).toBe('new line\nx = 1\ny = 1\nx = 2\n')
  const skipped = [{ path: 'a.ts', why: 'changed' }]
  expect(await replace([{ preview: 'x = 1', nth: 0, of: 2 }])).toEqual({ replaced: 0, files: 0, more: false, skipped })
})

test('[S4] a file that would become too long stays, and is named', async () => {
  const room = await roomWith({ 'a.txt': 'x'.repeat(600) })
  const reply = await room.sessions.replace(room.sessionId, room.participantId, {
    query: query('x'),
    replacement: 'y'.repeat(10_000),
  })
  expect(reply).toEqual({ replaced: 0, files: 0, more: false, skipped: [{ path: 'a.txt', why: 'too_large' }] })
})

test('[S5] a replacement is taken back except where somebody has written since, once, and by nobody else', async () => {
  const room = await roomWith({ 'a.ts': 'foo, foo, foo\n', 'b.ts': 'a foo\n', 'gone.ts': 'foo' })
  const { replaceId = '' } = await room.sessions.replace(room.sessionId, room.participantId, {
    query: query('foo'),
    replacement: 'bar',
  })
  await room.type('a.ts', 6, 1, 'B')
  await room.type('a.ts', 0, 0, '// ')
  await room.sessions.changeTree(room.sessionId, { type: 'deleteFile', fileId: await room.idOf('gone.ts') })
  const undo = (participantId: string) => room.sessions.undoReplace(room.sessionId, participantId, replaceId)
  await expect(undo('another')).rejects.toMatchObject({ code: 'not_found' })
  expect(await undo(room.participantId)).toEqual({ restored: 3, kept: 2 })
  expect(await room.text('a.ts')).toBe('// foo, bBr, foo\n')
  expect(await room.text('b.ts')).toBe('a foo\n')
  await expect(undo(room.participantId)).rejects.toMatchObject({ code: 'not_found' })
})

test('[S5] what a replacement has deleted comes back', async () => {
  const room = await roomWith({ 'a.ts': 'keep drop keep drop' })
  const asked = { query: query(' drop'), replacement: '' }
  const { replaceId = '' } = await room.sessions.replace(room.sessionId, room.participantId, asked)
  expect(await room.text('a.ts')).toBe('keep keep')
  expect(await room.sessions.undoReplace(room.sessionId, room.participantId, replaceId)).toEqual({ restored: 2, kept: 0 })
  expect(await room.text('a.ts')).toBe('keep drop keep drop')
})
