import { expect, test } from 'vitest'
import { wordRestored } from './restore-wording.ts'

test('A restore says what came back and what could not.', () => {
  const kept = [
    { path: 'a.ts', why: 'edited_since' },
    { path: 'b.ts', why: 'path_taken' },
  ] as const
  expect(wordRestored({ restored: ['a.ts', 'c.ts'], kept: [...kept], rolledBack: ['t3'] }, 3)).toEqual({
    title: 'Restored what was before turn 3',
    lines: [
      '2 files changed back.',
      '1 turn is no longer part of the conversation.',
      'a.ts: keeps what people wrote since.',
      'b.ts: could not come back, its place is taken.',
    ],
  })
})

test('Where nothing had changed, that is what it says; a long list is cut.', () => {
  expect(wordRestored({ restored: [], kept: [], rolledBack: [] }, 2)).toEqual({
    title: 'Everything already was as before turn 2',
    lines: [],
  })
  const kept = Array.from({ length: 6 }, (_, index) => ({ path: `${index}.ts`, why: 'edited_since' as const }))
  expect(wordRestored({ restored: [], kept, rolledBack: [] }, 2).lines).toHaveLength(5)
})
