import { expect, test } from 'vitest'
import { localPath } from './local-path.ts'

test.each(['/', '/s/abc', '/s/abc?tab=1'])('%s stays as it is.', (path) => {
  expect(localPath(path)).toBe(path)
})

test.each(['https://example.com/', '//example.com/', '/\\example.com', 'javascript:alert(1)', 's/abc', ''])(
  '%j leads home, not elsewhere.',
  (path) => {
    expect(localPath(path)).toBe('/')
  },
)
