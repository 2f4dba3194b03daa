import { expect, test } from 'vitest'
import { readRemarks } from './review-remarks.ts'

const paths = new Set(['src/storage.ts', 'README.md'])

test('[R8] remarks are read line by line, with the lines that go on with them', () => {
  const answer = [
    'I looked at both files.',
    '',
    'src/storage.ts:7: JSON.parse throws on a damaged entry.',
    'Catch it and start empty.',
    '',
    'src/storage.ts:10-12: Nothing limits the size.',
    'README.md: It does not say how to reset.',
  ].join('\n')
  expect(readRemarks(answer, paths)).toEqual([
    {
      path: 'src/storage.ts',
      fromLine: 7,
      toLine: 7,
      body: 'JSON.parse throws on a damaged entry.\nCatch it and start empty.',
    },
    { path: 'src/storage.ts', fromLine: 10, toLine: 12, body: 'Nothing limits the size.' },
    { path: 'README.md', body: 'It does not say how to reset.' },
  ])
})

test.each(['- `src/storage.ts:7`: Throws.', '1. **src/storage.ts:7** — Throws.', 'src/storage.ts#L7: Throws.'])(
  '[R8] %s is understood',
  (line) => {
    expect(readRemarks(line, paths)).toEqual([{ path: 'src/storage.ts', fromLine: 7, toLine: 7, body: 'Throws.' }])
  },
)

test('[R8] prose, and remarks about files that are not there, are none', () => {
  expect(readRemarks('All is well: nothing to say.\nother.ts:3: Hm.', paths)).toEqual([])
})
