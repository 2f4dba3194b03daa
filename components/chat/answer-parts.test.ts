import { describe, expect, test } from 'vitest'
import { answerParts, settledProse } from './answer-parts.ts'

describe('answerParts', () => {
  test('is one growing prose without marks', () => {
    expect(answerParts([])).toEqual([{ kind: 'prose', from: 0 }])
  })

  test('puts blocks between prose and leaves an open block growing', () => {
    expect(
      answerParts([
        { type: 'open', block: 0, at: 10, path: 'a.ts' },
        { type: 'close', block: 0, at: 50 },
        { type: 'open', block: 1, at: 50, path: 'b.ts' },
        { type: 'close', block: 1, at: 80 },
        { type: 'open', block: 2, at: 90, path: 'c.ts' },
      ]),
    ).toEqual([
      { kind: 'prose', from: 0, to: 10 },
      { kind: 'block', block: 0, path: 'a.ts', from: 10, to: 50 },
      { kind: 'block', block: 1, path: 'b.ts', from: 50, to: 80 },
      { kind: 'prose', from: 80, to: 90 },
      { kind: 'block', block: 2, path: 'c.ts', from: 90 },
    ])
  })
})

describe('settledProse', () => {
  test.each([
    ['Here it is:\n\nsrc/game.ts', 'Here it is:\n'],
    ['Here it is:\n\n**src/game.ts**\n', 'Here it is:\n'],
    ['Here it is:\nsrc/game.ts\n```ts', 'Here it is:'],
    ['Here it is:\nsrc/game.ts\n```ts\n<<<<', 'Here it is:'],
    ['Here it is:\nREADME.md\n\n````md\n', 'Here it is:'],
    ['and the next:\n```ts\n<<<<<<< SEA', 'and the next:'],
    ['index.html', ''],
  ])('holds back what may begin a block: %j', (text, shown) => {
    expect(settledProse(text)).toBe(shown)
  })

  test.each([
    'A sentence that ends with game.ts is shown as it is: see src/game.ts for more',
    'An example:\n\n```ts\nconst a = 1',
    'e.g. this',
    'The list:\n- one\n- two',
    'a < b',
  ])('shows ordinary prose at once: %j', (text) => {
    expect(settledProse(text)).toBe(text)
  })
})
