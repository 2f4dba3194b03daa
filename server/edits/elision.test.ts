import { expect, test } from 'vitest'
import { isElision } from './elision.ts'

test('lines that stand for left-out code are elisions', () => {
  for (const line of [
    '...',
    '  …',
    '// ...',
    '// ... existing code ...',
    '// ...existing code...',
    '  # ... rest of the file ...',
    '/* ... other styles ... */',
    '<!-- ... rest of the page unchanged ... -->',
    '{/* ... existing items ... */}',
    '-- ... remaining queries unchanged',
    '// rest unchanged',
    '// Rest of the code remains unchanged',
    '// rest of the file',
    '// The rest of the component stays the same',
    '// existing code here',
    '# remaining functions unchanged',
    '// unchanged',
    '// (rest unchanged)',
    '(rest unchanged)',
    '[rest of the file unchanged]',
    '// everything else stays the same',
    '// [... keep existing imports ...]',
    '// … unchanged …',
  ])
    expect([line, isElision(line, 'src/a.ts')]).toEqual([line, true])
})

test('code and ordinary comments are not', () => {
  for (const line of [
    '',
    '...args,',
    '[...rest]',
    '  ...state,',
    'return [...rest]',
    '// wait for the rest of the bytes to arrive',
    '// The rest is history.',
    '// loading...',
    '// Loading the existing file...',
    '// keep the code in sync',
    '// unchanged files are skipped',
    '# Existing users',
    '/** Remaining time in ms */',
    'const unchanged = true',
    '<p>Loading ...</p>',
    '// previous code was slower',
  ])
    expect([line, isElision(line, 'src/a.ts')]).toEqual([line, false])
})

test('three dots are content where a language has them', () => {
  for (const path of ['a.py', 'a.md', 'a.txt', 'a.yaml']) expect(isElision('    ...', path)).toBe(false)
  expect(isElision('# ... rest of the file ...', 'a.py')).toBe(true)
  expect(isElision('# ... and the rest', 'a.md')).toBe(false)
  expect(isElision('<!-- ... rest of the page ... -->', 'a.md')).toBe(true)
})
