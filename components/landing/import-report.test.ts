import { expect, test } from 'vitest'
import { groupSkipped } from './import-report.ts'

test('Skipped files are grouped by reason; what tools made comes last.', () => {
  const groups = groupSkipped([
    { path: 'node_modules/', reason: 'ignored' },
    { path: 'film.mp4', reason: 'too_large' },
    { path: '../up.ts', reason: 'invalid_path' },
    { path: '.git/', reason: 'ignored' },
  ])
  expect(groups).toEqual([
    { reason: 'Larger than 5 MB', paths: ['film.mp4'] },
    { reason: 'Paths that no session can hold', paths: ['../up.ts'] },
    { reason: 'Dependencies, version control and caches', paths: ['node_modules/', '.git/'] },
  ])
})
