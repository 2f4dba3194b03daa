import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { unzipSync } from 'fflate'
import { expect, onTestFinished, test } from 'vitest'
import { roomWith, zipOf } from './testing/room.ts'

function folderWith(files: Record<string, string | Uint8Array>): string {
  const folder = mkdtempSync(join(tmpdir(), 'flint-patch-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}
function contents(folder: string): Record<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  return Object.fromEntries(
    files
      .map((entry) => join(entry.parentPath, entry.name))
      .map((file): [string, string] => [file.slice(folder.length + 1), readFileSync(file, 'latin1')]),
  )
}
const latin1 = (files: Record<string, Uint8Array>) =>
  Object.fromEntries(
    Object.entries(files).map(([path, bytes]): [string, string] => [path, Buffer.from(bytes).toString('latin1')]),
  )

const before = {
  'crlf.txt': 'one\r\ntwo\r\nthree\r\n',
  'no newline.txt': 'a\nb',
  'src/moved.ts': Array.from({ length: 30 }, (_, line) => `line ${line}\n`).join(''),
  'src/swap-a.ts': 'this is a\nand only a\n',
  'src/swap-b.ts': 'this is b\nand nothing else\n',
  'gone.ts': 'bye\n',
  'ünïcode "quoted".md': 'text\n',
  'image.bin': new Uint8Array(Array.from({ length: 300 }, (_, byte) => byte % 256)),
  'old.bin': new Uint8Array([0, 1, 2]),
}

test('[X3] git makes the session’s files of those it began with: changed, new, moved, deleted, binary, CRLF, without newline', async () => {
  const room = await roomWith(before)
  const rename = async (from: string, to: string) =>
    room.sessions.changeTree(room.sessionId, { type: 'renameFile', fileId: await room.idOf(from), path: to })
  const remove = async (path: string) =>
    room.sessions.changeTree(room.sessionId, { type: 'deleteFile', fileId: await room.idOf(path) })
  await room.type('crlf.txt', 4, 3, 'zwei\nund mehr')
  await room.type('no newline.txt', 3, 0, '!')
  await room.type('src/moved.ts', 0, 4, 'Zeile')
  await rename('src/moved.ts', 'lib/moved here.ts')
  await rename('src/swap-a.ts', 'src/swap-c.ts')
  await rename('src/swap-b.ts', 'src/swap-a.ts')
  await rename('src/swap-c.ts', 'src/swap-b.ts')
  await remove('gone.ts')
  await remove('old.bin')
  await room.type('ünïcode "quoted".md', 0, 0, 'é')
  await room.sessions.createFile(room.sessionId, 'new/empty.ts')
  await room.sessions.createFile(room.sessionId, 'new/full.ts', { text: 'no newline at the end' })
  const binary = { kind: 'binary', lineEnding: 'lf', bytes: new Uint8Array([0, 255, 7, 0]) } as const
  await room.sessions.addFile(room.sessionId, 'new/image.bin', binary)

  const patch = await text(await room.sessions.patch(room.sessionId, 'start'))
  const folder = folderWith(before)
  writeFileSync(join(folder, '.patch'), patch)
  execFileSync('git', ['apply', '--whitespace=nowarn', '.patch'], { cwd: folder })
  rmSync(join(folder, '.patch'))
  const zip = unzipSync(new Uint8Array(await buffer(await room.sessions.zip(room.sessionId))))
  const files = Object.fromEntries(Object.entries(zip).filter(([path]) => !path.endsWith('/')))
  expect(contents(folder)).toEqual(latin1(files))
  expect(contents(folder)['crlf.txt']).toBe('one\r\nzwei\r\nund mehr\r\nthree\r\n')
})

test('[X3] nothing changed gives an empty patch; a base that is none is refused', async () => {
  const room = await roomWith(before)
  expect(await text(await room.sessions.patch(room.sessionId, 'start'))).toBe('')
  await expect(room.sessions.patch(room.sessionId, 'no-such-turn')).rejects.toMatchObject({ code: 'not_found' })
})

test('[X2] a zip has every file with its own line endings, and the folders without files', async () => {
  const room = await roomWith(before)
  await room.sessions.changeTree(room.sessionId, { type: 'createFolder', path: 'empty/inside' })
  const zip = unzipSync(new Uint8Array(await buffer(await room.sessions.zip(room.sessionId))))
  const { 'empty/inside/': folder, ...files } = latin1(zip)
  expect(folder).toBe('')
  expect(files).toEqual(contents(folderWith(before)))
  const { file, bytes } = await room.sessions.fileContent(room.sessionId, await room.idOf('crlf.txt'))
  expect([file.path, Buffer.from(bytes).toString()]).toEqual(['crlf.txt', before['crlf.txt']])
})

const incoming = zipOf({ 'a.ts': 'new\n', 'sub/b.ts': 'b\n', 'bad/../../x': 'x', 'bin.dat': new Uint8Array([0, 9]) })
const existing = { 'in/a.ts': 'old\n', 'in/BIN.dat': new Uint8Array([0, 1]) }

test('[X1] what is there already is kept, replaced, or stands beside what comes', async () => {
  const results: unknown[] = []
  for (const onConflict of ['skip', 'replace', 'both'] as const) {
    const room = await roomWith(existing)
    const { added, replaced, skipped } = await room.sessions.importInto(room.sessionId, room.participantId, incoming, {
      folder: 'in',
      onConflict,
      keepFolder: true,
    })
    results.push({
      added,
      replaced,
      skipped: skipped.map(({ path }) => path),
      paths: await room.paths(),
      a: await room.text('in/a.ts'),
    })
  }
  expect(results).toEqual([
    {
      added: 1,
      replaced: 0,
      skipped: ['bad/../../x', 'in/a.ts', 'in/bin.dat'],
      paths: ['in/BIN.dat', 'in/a.ts', 'in/sub/b.ts'],
      a: 'old\n',
    },
    { added: 1, replaced: 2, skipped: ['bad/../../x'], paths: ['in/BIN.dat', 'in/a.ts', 'in/sub/b.ts'], a: 'new\n' },
    {
      added: 3,
      replaced: 0,
      skipped: ['bad/../../x'],
      paths: ['in/BIN copy.dat', 'in/BIN.dat', 'in/a copy.ts', 'in/a.ts', 'in/sub/b.ts'],
      a: 'old\n',
    },
  ])
})

test('[X1] a replaced text keeps its id, and who has typed it', async () => {
  const room = await roomWith(existing)
  const fileId = await room.idOf('in/a.ts')
  const rows: number[] = []
  room.documents.onCommitted((row) => rows.push(row.seq))
  const options = { folder: 'in', onConflict: 'replace', keepFolder: true } as const
  await room.sessions.importInto(room.sessionId, room.participantId, zipOf({ 'a.ts': 'old and new\n' }), options)
  await room.sessions.importInto(room.sessionId, room.participantId, zipOf({ 'a.ts': 'old and new\n' }), options)
  expect(await room.documents.text(fileId)).toEqual({ text: 'old and new\n', seq: 1 })
  expect(rows).toEqual([1])
})
