import { afterEach, expect, test, vi } from 'vitest'
import { patchPath, patchRefusal } from './patch-download.ts'

afterEach(() => vi.unstubAllGlobals())

const answering = (status: number) => {
  const asked = vi.fn(async () => new Response(null, { status }))
  vi.stubGlobal('fetch', asked)
  return asked
}

test('A patch is asked for without its content, and sent where there is one.', async () => {
  const asked = answering(200)
  expect(await patchRefusal(patchPath('s1', 'turn-1'))).toBeUndefined()
  expect(asked).toHaveBeenCalledExactlyOnceWith('/api/sessions/s1/patch?since=turn-1', { method: 'HEAD' })
})

test('Why there is none is said in words.', async () => {
  const said: (string | undefined)[] = []
  for (const status of [404, 500]) {
    answering(status)
    said.push((await patchRefusal(patchPath('s1', 'gone')))?.description)
  }
  vi.stubGlobal('fetch', async () => Promise.reject(new TypeError('no network')))
  said.push((await patchRefusal(patchPath('s1', 'start')))?.description)
  expect(said).toEqual([
    'The files as they were then are not stored. Choose another version to compare with.',
    'The server could not make it. Try again.',
    'The server does not answer. Check that Flint is running and try again.',
  ])
})
