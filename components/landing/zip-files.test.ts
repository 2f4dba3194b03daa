import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { zipFiles } from './zip-files.ts'

test('A zip holds every file under its path with its bytes.', async () => {
  const bytes = new Uint8Array([0, 255, 13, 10, 128])
  const files = [
    { path: 'src/ä.ts', file: new File(['export const a = "ü"\r\n'], 'ä.ts') },
    { path: 'logo.bin', file: new File([bytes], 'logo.bin') },
    { path: 'empty.txt', file: new File([], 'empty.txt') },
  ]
  const zip = await zipFiles(files, new AbortController().signal)
  const unpacked = unzipSync(new Uint8Array(await zip.arrayBuffer()))
  expect(Object.keys(unpacked).sort()).toEqual(['empty.txt', 'logo.bin', 'src/ä.ts'])
  expect(new TextDecoder().decode(unpacked['src/ä.ts'])).toBe('export const a = "ü"\r\n')
  expect(unpacked['logo.bin']).toEqual(bytes)
})

test('A stopped packing rejects.', async () => {
  const controller = new AbortController()
  controller.abort()
  await expect(zipFiles([{ path: 'a', file: new File(['a'], 'a') }], controller.signal)).rejects.toThrow(/aborted/)
})
