import { strToU8, zipSync, type Zippable } from 'fflate'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { limits } from '#protocol/limits.ts'
import { importZip } from './import-zip.ts'
import { SessionFailure } from './sessions.ts'

const paths = async (tree: Zippable) => {
  const { files, skipped } = await importZip(zipSync(tree))
  return { files: files.map(({ path }) => path), skipped }
}
const text = strToU8('text\n')

/** Position of the first occurrence of a four-byte signature. */
function find(zip: Uint8Array, signature: number[]): number {
  return Buffer.from(zip).indexOf(Buffer.from(signature))
}
const inDirectory = (zip: Uint8Array) => find(zip, [0x50, 0x4b, 0x01, 0x02])

test('files are read with their content, deflated or stored', async () => {
  const zip = zipSync({
    'a.ts': strToU8('one\r\ntwo\r\n'),
    'b.bin': [new Uint8Array([0, 1, 2]), { level: 0 }],
    'empty.txt': new Uint8Array(),
  })
  expect(await importZip(zip)).toEqual({
    files: [
      { path: 'a.ts', kind: 'text', lineEnding: 'crlf', bytes: strToU8('one\ntwo\n') },
      { path: 'b.bin', kind: 'binary', lineEnding: 'lf', bytes: new Uint8Array([0, 1, 2]) },
      { path: 'empty.txt', kind: 'text', lineEnding: 'lf', bytes: new Uint8Array() },
    ],
    skipped: [],
  })
})

test('a folder around everything is kept where it belongs to the files', async () => {
  const { files } = await importZip(zipSync({ 'src/a.ts': text, 'src/deep/b.ts': text }), { keepFolder: true })
  expect(files.map(({ path }) => path)).toEqual(['src/a.ts', 'src/deep/b.ts'])
})

test('one folder around everything is taken off, whatever else is ignored', async () => {
  expect(await paths({ 'app-main/src/a.ts': text, 'app-main/b.ts': text, '__MACOSX/app-main/._b.ts': text })).toEqual({
    files: ['src/a.ts', 'b.ts'],
    skipped: [{ path: '__MACOSX', reason: 'ignored' }],
  })
  expect((await paths({ 'app/a.ts': text, 'b.ts': text })).files).toEqual(['app/a.ts', 'b.ts'])
  expect((await paths({ 'app/a.ts': text, 'apple/b.ts': text })).files).toEqual(['app/a.ts', 'apple/b.ts'])
})

test('what tools make again is ignored and named once', async () => {
  expect(
    await paths({
      'node_modules/a/x.js': text,
      'node_modules/b/y.js': text,
      '.git/HEAD': text,
      'src/.DS_Store': text,
      'src/a.ts': text,
    }),
  ).toEqual({
    files: ['a.ts'],
    skipped: [
      { path: 'node_modules', reason: 'ignored' },
      { path: '.git', reason: 'ignored' },
      { path: 'src/.DS_Store', reason: 'ignored' },
    ],
  })
})

test('paths that reach outside or are not portable are skipped', async () => {
  expect(await paths({ '../../etc/passwd': text, '/root/x': text, 'C:\\x': text, 'ok.ts': text, 'a/./b.ts': text })).toEqual({
    files: ['ok.ts', 'a/b.ts'],
    skipped: [
      { path: '../../etc/passwd', reason: 'invalid_path' },
      { path: '/root/x', reason: 'invalid_path' },
      { path: 'C:\\x', reason: 'invalid_path' },
    ],
  })
})

test('of two files with one name, and of a file and a folder, the first one is taken', async () => {
  expect(await paths({ 'a.ts': text, 'A.ts': text, './a.ts': text, src: text, 'src/b.ts': text })).toEqual({
    files: ['a.ts', 'src'],
    skipped: [
      { path: 'A.ts', reason: 'path_taken' },
      { path: 'a.ts', reason: 'path_taken' },
      { path: 'src/b.ts', reason: 'path_taken' },
    ],
  })
})

test('a file that is too large, and what is beyond the total, is skipped', { timeout: 30_000 }, async () => {
  const large = new Uint8Array(limits.importFileBytes)
  const tree: Zippable = { 'huge.bin': [new Uint8Array(limits.importFileBytes + 1), { level: 1 }], 'small.ts': text }
  const fitting = Math.floor(limits.importBytes / limits.importFileBytes)
  for (let count = 0; count <= fitting; count++) tree[`large-${count}.bin`] = [large, { level: 1 }]
  const { files, skipped } = await paths(tree)
  expect(files).toHaveLength(fitting + 1)
  expect(skipped).toEqual([
    { path: 'huge.bin', reason: 'too_large' },
    { path: `large-${fitting}.bin`, reason: 'too_large' },
  ])
})

test(
  'files beyond the number that a session holds are skipped, and not all of them are named',
  { timeout: 30_000 },
  async () => {
    const tree: Zippable = {}
    for (let count = 0; count < limits.filesPerSession + 500; count++) tree[`${count}.txt`] = [text, { level: 0 }]
    const { files, skipped } = await paths(tree)
    expect(files).toHaveLength(limits.filesPerSession)
    expect(skipped).toHaveLength(200)
    expect(skipped[0]?.reason).toBe('too_many_files')
  },
)

test('a symbolic link is not followed', async () => {
  const link = [strToU8('/etc/passwd'), { os: 3, attrs: 0o120777 << 16 }] as const
  expect(await paths({ link: [...link], 'a.ts': text })).toEqual({
    files: ['a.ts'],
    skipped: [{ path: 'link', reason: 'ignored' }],
  })
})

test('a bomb that claims to be small is refused without being inflated', { timeout: 30_000 }, async () => {
  const zip = zipSync({ 'bomb.txt': [new Uint8Array(50_000_000), { level: 9 }] })
  new DataView(zip.buffer).setUint32(inDirectory(zip) + 24, 100, true)
  await expect(importZip(zip)).rejects.toMatchObject({ name: 'SessionFailure', code: 'not_a_zip' })
})

test('a wrong checksum, an encrypted file and an unknown method are refused', async () => {
  const changed = (at: number, value: number) => {
    const zip = zipSync({ 'a.ts': text })
    zip[inDirectory(zip) + at] = value
    return importZip(zip)
  }
  await expect(changed(16, 1)).rejects.toMatchObject({ code: 'not_a_zip' })
  await expect(changed(8, 1)).rejects.toMatchObject({ code: 'not_a_zip' })
  await expect(changed(10, 12)).rejects.toMatchObject({ code: 'not_a_zip' })
})

test('an archive behind other bytes of the same file, or with a comment, is still read from its end', async () => {
  const zip = zipSync({ 'a.ts': text }, { comment: 'a comment' })
  expect((await importZip(zip)).files).toHaveLength(1)
  const view = new Uint8Array(zip.byteLength + 10)
  view.set(zip, 10)
  expect((await importZip(view.subarray(10))).files).toHaveLength(1)
})

test('names in Latin letters without the UTF-8 flag are read', async () => {
  const zip = zipSync({ 'cafe.ts': text })
  for (const start of [30, inDirectory(zip) + 46]) zip[start + 3] = 0xe9
  expect((await importZip(zip)).files.map(({ path }) => path)).toEqual(['café.ts'])
})

test('bytes that are no zip archive are told as such, whatever they are', { timeout: 30_000 }, async () => {
  await expect(importZip(new Uint8Array())).rejects.toMatchObject({ code: 'not_a_zip' })
  await expect(importZip(strToU8('PK but not really'))).rejects.toMatchObject({ code: 'not_a_zip' })
  const zip = zipSync({ 'src/a.ts': text, 'b.ts': strToU8('more text '.repeat(50)) })
  const damage = fc.array(fc.tuple(fc.nat(zip.byteLength - 1), fc.nat(255)), { minLength: 1, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(damage, fc.nat(zip.byteLength), async (changes, cut) => {
      const damaged = zip.slice(cut)
      for (const [at, value] of changes) if (at < damaged.length) damaged[at] = value
      const outcome = await importZip(damaged).then(
        ({ files }) => (files.length <= 2 ? 'imported' : files.length),
        (error: unknown) => (error instanceof SessionFailure ? error.code : error),
      )
      expect(['imported', 'not_a_zip']).toContain(outcome)
    }),
    { numRuns: 300 },
  )
})
