import { expect, test } from 'vitest'
import { copyLines } from './copy-lines.ts'

test('What a copy changes is shown with two lines around it, places apart from each other.', () => {
  const stored = Array.from({ length: 20 }, (_, line) => `line ${line}`)
  const text = stored.map((line) => (line === 'line 3' ? 'mine' : line === 'line 15' ? 'mine too' : line))
  const shown = copyLines({ stored: stored.join('\n'), text: text.join('\n') })
  expect(shown.map(({ kind }) => kind.charAt(0)).join('')).toBe('ssdassgssdass')
  expect(shown.filter(({ kind }) => kind === 'added').map((line) => line.text)).toEqual(['mine', 'mine too'])
})

test('Of a file that is gone the whole text is shown, of a long one its beginning.', () => {
  expect(copyLines({ text: 'a\nb' })).toEqual([
    { kind: 'added', text: 'a' },
    { kind: 'added', text: 'b' },
  ])
  const long = copyLines({ text: 'line\n'.repeat(1_000) })
  expect([long.length, long.at(-1)]).toEqual([301, { kind: 'gap', text: '' }])
})
