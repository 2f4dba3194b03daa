import { limits } from '#protocol/limits.ts'
import { expect, test } from 'vitest'
import { readDrop } from './dropped-files.ts'

type Tree = { [name: string]: string | Tree }

/** What a browser hands over for a dropped folder; `looked` notes every folder that was read. Readers answer in batches of 100. */
function droppedEntry(name: string, content: string | Tree, looked: string[] = []): FileSystemEntry {
  if (typeof content === 'string') {
    const file = (take: (file: File) => void) => {
      const dropped = new File([content], name)
      Object.defineProperty(dropped, 'webkitRelativePath', { value: '' })
      take(dropped)
    }
    return { name, isFile: true, isDirectory: false, file } as unknown as FileSystemEntry
  }
  const createReader = () => {
    looked.push(name)
    const left = Object.entries(content).map(([child, inside]) => droppedEntry(child, inside, looked))
    return { readEntries: (take: (entries: FileSystemEntry[]) => void) => take(left.splice(0, 100)) }
  }
  return { name, isFile: false, isDirectory: true, createReader } as unknown as FileSystemEntry
}

const items = (...entries: FileSystemEntry[]) =>
  entries.map((entry) => ({ webkitGetAsEntry: () => entry })) as unknown as DataTransferItemList
const progress = () => ({ signal: new AbortController().signal, onFile: () => {} })

test('A dropped folder gives its name, its files relative to it, and never looks into what tools made.', async () => {
  const looked: string[] = []
  const shop = droppedEntry(
    'shop',
    { src: { 'a.ts': 'a', deep: { 'b.ts': 'b' } }, node_modules: { x: { 'i.js': '' } }, '.git': { HEAD: '' } },
    looked,
  )
  const picked = await readDrop(items(shop), progress())
  if (picked.type !== 'files') throw new Error(picked.type)
  expect(picked.name).toBe('shop')
  expect(picked.files.map((file) => file.path)).toEqual(['src/a.ts', 'src/deep/b.ts'])
  expect(picked.plan.skipped).toEqual([
    { path: 'node_modules/', reason: 'ignored' },
    { path: '.git/', reason: 'ignored' },
  ])
  expect(looked).toEqual(['shop', 'src', 'deep'])
})

test('A folder with more entries than one batch is read to its end.', async () => {
  const many = Object.fromEntries(Array.from({ length: 250 }, (_, number) => [`${number}.txt`, 'x']))
  const picked = await readDrop(items(droppedEntry('many', many)), progress())
  expect(picked.type === 'files' && picked.files.length).toBe(250)
})

test('Reading stops at the limit of files without walking the rest.', async () => {
  const looked: string[] = []
  const full = Object.fromEntries(Array.from({ length: limits.filesPerSession + 1 }, (_, number) => [`${number}.txt`, '']))
  const picked = await readDrop(items(droppedEntry('big', { a: full, b: { 'late.txt': '' } }, looked)), progress())
  expect(picked).toEqual({ type: 'refused', reason: 'too_many_files', counted: limits.filesPerSession })
  expect(looked).toEqual(['big', 'a'])
})

test('Several files and folders dropped together keep their own paths.', async () => {
  const picked = await readDrop(items(droppedEntry('src', { 'a.ts': 'a' }), droppedEntry('notes.md', '#')), progress())
  if (picked.type !== 'files') throw new Error(picked.type)
  expect([picked.name, picked.files.map((file) => file.path)]).toEqual(['Imported files', ['src/a.ts', 'notes.md']])
})

test('A dropped zip is a zip, and a file that only claims to be one is not.', async () => {
  expect((await readDrop(items(droppedEntry('shop.zip', 'PK\u0003\u0004rest')), progress())).type).toBe('zip')
  expect(await readDrop(items(droppedEntry('shop.zip', 'hello')), progress())).toEqual({
    type: 'refused',
    reason: 'not_a_zip',
    counted: 1,
  })
})

test('A folder without files has nothing to import; a stopped reading is neither.', async () => {
  expect(await readDrop(items(droppedEntry('empty', {})), progress())).toEqual({
    type: 'refused',
    reason: 'nothing_to_import',
    counted: 0,
  })
  const controller = new AbortController()
  controller.abort()
  expect(await readDrop(items(droppedEntry('shop', { 'a.ts': '' })), { signal: controller.signal, onFile: () => {} })).toEqual({
    type: 'stopped',
  })
})

test('A file that cannot be read refuses the import instead of losing the file.', async () => {
  const gone = {
    name: 'a.ts',
    isFile: true,
    isDirectory: false,
    file: (_: unknown, fail: (error: Error) => void) => fail(new Error('moved')),
  }
  const picked = await readDrop(items(gone as unknown as FileSystemEntry, droppedEntry('b.ts', '')), progress())
  expect(picked).toEqual({ type: 'refused', reason: 'unreadable', counted: 0 })
})
