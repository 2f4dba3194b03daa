import { describe, expect, test } from 'vitest'
import type { Mark } from '#protocol/turns.ts'
import { answerParts, settledProse } from './answer-parts.ts'

describe('answerParts', () => {
  test('is one growing prose without marks', () => {
    expect(answerParts('hello', [])).toEqual([{ kind: 'prose', from: 0 }])
  })

  test('puts blocks between prose, joins those of one file, and leaves an open block growing', () => {
    const text = `Some prose${'A'.repeat(20)}\n\n${'B'.repeat(18)}${'C'.repeat(20)} and then ${'D'.repeat(5)}`
    expect(
      answerParts(text, [
        { type: 'open', block: 1, at: 10, path: 'a.ts' },
        { type: 'close', block: 1, at: 30 },
        { type: 'open', block: 2, at: 32, path: 'a.ts' },
        { type: 'close', block: 2, at: 50 },
        { type: 'open', block: 3, at: 50, path: 'b.ts' },
        { type: 'close', block: 3, at: 70 },
        { type: 'open', block: 4, at: 80, path: 'b.ts' },
      ]),
    ).toEqual([
      { kind: 'prose', from: 0, to: 10 },
      {
        kind: 'blocks',
        path: 'a.ts',
        blocks: [
          { block: 1, from: 10, to: 30 },
          { block: 2, from: 32, to: 50 },
        ],
      },
      { kind: 'blocks', path: 'b.ts', blocks: [{ block: 3, from: 50, to: 70 }] },
      { kind: 'prose', from: 70, to: 80 },
      { kind: 'blocks', path: 'b.ts', blocks: [{ block: 4, from: 80 }] },
    ])
  })

  test('shows prose after the last block as growing', () => {
    const marks = [
      { type: 'open', block: 1, at: 0, path: 'a.ts' },
      { type: 'close', block: 1, at: 4 },
    ] as const
    expect(answerParts('AAAA', marks)).toEqual([
      { kind: 'blocks', path: 'a.ts', blocks: [{ block: 1, from: 0, to: 4 }] },
      { kind: 'prose', from: 4 },
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
    ['And:\nsrc/a.ts\n```ts\nimport { b } fr', 'And:'],
    ['And:\nsrc/a.ts\n```ts\nimport { b } from "./b"\n\nexport const', 'And:'],
    ['So:\n\n*', 'So:\n'],
    ['So:\n\n*** Beg', 'So:\n'],
    ['So:\n\n*** Begin Patch', 'So:\n'],
    ['So:\n\n  *** Begin Patch\n*** Update File: a.ts\n@@ class A {\n@@   f() {\n-', 'So:\n'],
    ['So:\n*** Update File: a.t', 'So:'],
    ['So:\n*** Add File: a.ts\n', 'So:'],
    ['So:\n```', 'So:\n```'],
    ['So:\n```diff\n***', 'So:'],
    ['So:\n```diff\n*** Begin Patch\n*** Delete File: a.ts', 'So:'],
    ['So:\nsrc/a.ts\n```diff\n*** Begin Patch\n*** Update File: src/a.ts\n@@ a\n@@ b\n@@ c', 'So:'],
    ["So:\n```sh\napply_patch <<'EOF'", 'So:'],
    ["So:\n```sh\napply_patch <<'EOF'\n*** Begin Patch\n", 'So:'],
  ])('holds back what may begin a block: %j', (text, shown) => {
    expect(settledProse(text)).toBe(shown)
  })

  test.each([
    'A sentence that ends with game.ts is shown as it is: see src/game.ts for more',
    'An example:\n\n```ts\nconst a = 1',
    'src/a.ts\n```ts\none\ntwo\nthree\n',
    'e.g. this',
    'The list:\n- one\n- two',
    'a < b',
    'The list:\n* one',
    '**Bold** at the beginning',
    '***\nbelow a rule',
    'It begins with *** Begin Patch on a line of its own',
    '*** Begin Patchwork',
  ])('shows ordinary prose at once: %j', (text) => {
    expect(settledProse(text)).toBe(text)
  })

  test('is quick about lines that nearly look like a path', () => {
    const started = performance.now()
    for (const character of ['.', '_', 'a.', '*', '`', ' ']) settledProse(`${character.repeat(1_000)}!`)
    expect(performance.now() - started).toBeLessThan(500)
  })
})

test('A second answer of a turn begins behind a line that says why.', () => {
  const text = 'One.\n\na.ts```x```\n\nTwo.'
  const marks: Mark[] = [
    { type: 'open', block: 1, at: 6, path: 'a.ts' },
    { type: 'close', block: 1, at: 17 },
    { type: 'retry', at: 19, blocks: [1], whole: false },
  ]
  expect(answerParts(text, marks)).toEqual([
    { kind: 'prose', from: 0, to: 6 },
    { kind: 'blocks', path: 'a.ts', blocks: [{ block: 1, from: 6, to: 17 }] },
    { kind: 'retry', blocks: 1, whole: false },
    { kind: 'prose', from: 19 },
  ])
})
