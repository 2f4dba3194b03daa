import { limits } from '#protocol/limits.ts'
import { expect, test } from 'vitest'
import { pickFiles } from './dropped-files.ts'

const progress = () => ({ signal: new AbortController().signal, onFile: () => {} })

/** A file as a folder input gives it. */
function inFolder(path: string, content = 'x'): File {
  const file = new File([content], path.slice(path.lastIndexOf('/') + 1))
  Object.defineProperty(file, 'webkitRelativePath', { value: path })
  return file
}
const named = (name: string, content: BlobPart) => new File([content], name)
const single = (file: File) => {
  Object.defineProperty(file, 'webkitRelativePath', { value: '' })
  return [file]
}

test('A picked folder gives its name to the session and its files lose it.', async () => {
  const picked = await pickFiles([inFolder('shop/src/a.ts'), inFolder('shop/node_modules/b/c.js')], progress())
  if (picked.type !== 'files') throw new Error(picked.type)
  expect(picked.name).toBe('shop')
  expect(picked.files.map((file) => file.path)).toEqual(['src/a.ts'])
  expect(picked.plan.skipped).toEqual([{ path: 'node_modules/', reason: 'ignored' }])
})

test('A zip is recognised by its first bytes, not by its name.', async () => {
  const zip = single(named('shop.zip', new Uint8Array([0x50, 0x4b, 3, 4, 20, 0])))
  expect(await pickFiles(zip, progress())).toEqual({ type: 'zip', name: 'shop', file: zip[0] })
  expect(await pickFiles(single(named('shop.zip', 'hello')), progress())).toEqual({
    type: 'refused',
    reason: 'not_a_zip',
    counted: 1,
  })
})

test('Other archives are refused with the reason, a single source file is not.', async () => {
  expect(await pickFiles(single(named('shop.tar.gz', 'x')), progress())).toEqual({
    type: 'refused',
    reason: 'not_a_zip',
    counted: 1,
  })
  const picked = await pickFiles(single(named('notes.md', '# hi')), progress())
  expect(picked.type).toBe('files')
})

test('A folder of 10,000 files is refused as soon as the limit is passed.', async () => {
  const seen: number[] = []
  const files = Array.from({ length: 10_000 }, (_, number) => inFolder(`big/${number}.txt`, ''))
  const picked = await pickFiles(files, { signal: new AbortController().signal, onFile: (count) => seen.push(count) })
  expect(picked).toEqual({ type: 'refused', reason: 'too_many_files', counted: limits.filesPerSession })
  expect(seen.at(-1)).toBe(limits.filesPerSession)
})

test('A folder that holds nothing but what tools made has nothing to import.', async () => {
  const picked = await pickFiles([inFolder('shop/.git/HEAD')], progress())
  expect(picked).toEqual({ type: 'refused', reason: 'nothing_to_import', counted: 0 })
})
