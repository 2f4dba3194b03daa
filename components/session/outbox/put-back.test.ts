import { expect, test } from 'vitest'
import type { SessionClient } from '../session-client.ts'
import { eventually, online, openDocument, server, tab } from '../testing/tab.ts'
import type { KeptCopy } from './outbox-database.ts'
import { putBack } from './put-back.ts'

const copy: KeptCopy = {
  copyId: 'c1',
  sessionId: 's1',
  fileId: 'f1',
  path: 'src/game.ts',
  why: 'epoch',
  edits: 1,
  text: 'one\nmine\nthree\n',
  stored: 'one\ntwo\nthree\n',
  at: 0,
}

const put = (client: SessionClient, kept: KeptCopy, how: 'merge' | 'replace' = 'merge') =>
  putBack(kept, {
    documents: client.documents,
    isThere: (fileId) => client.store.read().files.some((file) => file.fileId === fileId),
    createFile: client.actions.createFile,
    how,
  })

async function joined(text: string) {
  const small = await server()
  small.write('f1', (shared) => shared.insert(0, text))
  const client = tab(small.url)
  await online(client)
  return { small, client }
}

test('a copy is put back as an edit of the person, beside what others wrote since', async () => {
  const { small, client } = await joined('one\ntwo\nthree\nfour, by somebody else\n')
  expect(await put(client, copy)).toEqual({ result: 'done', fileId: 'f1' })
  await eventually(() => expect(small.text('f1')).toBe('one\nmine\nthree\nfour, by somebody else\n'))
  expect(small.names().at(-1)).toBe('document.push')
})

test('a copy whose lines others have changed waits for a word of the person', async () => {
  const { small, client } = await joined('one\nzwei\nthree\n')
  expect(await put(client, copy)).toEqual({ result: 'conflict' })
  expect(client.store.read().saving.pending).toBe(0)
  expect(await put(client, copy, 'replace')).toEqual({ result: 'done', fileId: 'f1' })
  await eventually(() => expect(small.text('f1')).toBe(copy.text))
})

test('the copy of a file that is gone makes it again, beside what stands at its path now', async () => {
  const { small, client } = await joined('')
  const gone = { ...copy, fileId: 'gone' }
  const node = { fileId: 'f2', path: 'src/game.kept.ts', kind: 'text', lineEnding: 'lf', bytes: 0 } as const
  small.scripted.push({ name: 'file.create', answer: { ok: false, error: { code: 'path_taken' } } })
  small.scripted.push({ name: 'file.create', answer: { ok: true, value: { version: 2, changed: [node], removed: [] } } })
  expect(await put(client, gone)).toEqual({ result: 'done', fileId: 'f2' })
  expect(small.received.filter(({ name }) => name === 'file.create').map(({ payload }) => payload)).toEqual([
    { path: 'src/game.ts' },
    { path: 'src/game.kept.ts' },
  ])
  await eventually(() => expect(small.text('f2')).toBe(copy.text))
})

test('where the server will not have it, nothing is lost and the reason is told', async () => {
  const { small, client } = await joined('')
  small.scripted.push({ name: 'file.create', answer: { ok: false, error: { code: 'denied' } } })
  expect(await put(client, { ...copy, fileId: 'gone' })).toEqual({ result: 'failed', code: 'denied' })
  await openDocument(client, 'f1')
  small.scripted.push({ name: 'document.open', answer: { ok: false, error: { code: 'not_text' } } })
  expect(await put(client, { ...copy, fileId: 'f2' })).toEqual({ result: 'failed', code: 'not_text' })
})
