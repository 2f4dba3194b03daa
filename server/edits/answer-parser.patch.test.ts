import { expect, test } from 'vitest'
import { createAnswerParser } from './answer-parser.ts'
import { change, changed, lines, patch, readBlocks } from './answer-parser.test-support.ts'

const update = (path: string, section: number, written: string[], more: object = {}) => ({
  path,
  section,
  operation: 'update',
  lines: written,
  state: 'complete',
  ...more,
})

test('a patch becomes one block per chunk, and the text around it stays', () => {
  const answer = lines(
    'I change it.',
    '',
    ...patch(
      '*** Update File: src/cart.ts',
      '@@ export class Cart {',
      '@@   total(): number {',
      '-    return this.sum',
      '+    return round(this.sum)',
      '   }',
      '@@',
      '-old',
      '*** Add File: src/round.ts',
      '+one',
      '+',
      '+  two',
      '*** Delete File: src/gone.ts',
    ),
    'Done.',
  )
  expect(readBlocks(answer)).toEqual({
    blocks: [
      update('src/cart.ts', 1, ['-    return this.sum', '+    return round(this.sum)', '   }'], {
        anchors: ['export class Cart {', '  total(): number {'],
      }),
      update('src/cart.ts', 1, ['-old']),
      { path: 'src/round.ts', section: 2, operation: 'add', lines: ['+one', '+', '+  two'], state: 'complete' },
      { path: 'src/gone.ts', section: 3, operation: 'delete', lines: [], state: 'complete' },
    ],
    seen: 'I change it.\n\nDone.\n',
    tolerances: {},
  })
})

test('events tell context lines on both sides, and blocks that touch one another', () => {
  const parser = createAnswerParser()
  const answer = lines('Hi', ...patch('*** Update File: a.ts', '@@ f', ' x', '-y', '+z', '*** End of File', '@@', '+w'), 'bye')
  const second = answer.indexOf('@@\n')
  expect([...parser.push(answer), ...parser.end('complete')]).toEqual([
    {
      type: 'blockStart',
      block: 1,
      at: 3,
      path: 'a.ts',
      format: 'patch',
      patch: { section: 1, operation: 'update', anchors: ['f'] },
    },
    { type: 'searchLine', block: 1, text: 'x', context: true },
    { type: 'replaceLine', block: 1, text: 'x', context: true },
    { type: 'searchLine', block: 1, text: 'y' },
    { type: 'replaceLine', block: 1, text: 'z' },
    { type: 'searchEnd', block: 1 },
    { type: 'blockEnd', block: 1, at: second, state: 'complete', elided: false, endOfFile: true },
    {
      type: 'blockStart',
      block: 2,
      at: second,
      path: 'a.ts',
      format: 'patch',
      patch: { section: 1, operation: 'update', anchors: [] },
    },
    { type: 'replaceLine', block: 2, text: 'w' },
    { type: 'searchEnd', block: 2 },
    { type: 'blockEnd', block: 2, at: answer.indexOf('bye'), state: 'complete', elided: false },
  ])
})

test('a section that only stands there is told before the next one is known', () => {
  const parser = createAnswerParser()
  const events = parser.push(lines('*** Begin Patch', '*** Add File: a.ts', '+x'))
  expect(events.map(({ type }) => type)).toEqual(['blockStart', 'replaceLine'])
})

test('the first chunk needs no anchor, and blank lines before it are nothing', () => {
  expect(readBlocks(lines(...patch('*** Update File: a.ts', '', ' ', '-x', '+y')))).toEqual({
    blocks: [update('a.ts', 1, ['-x', '+y'])],
    seen: '',
    tolerances: {},
  })
})

test('a blank line in a chunk is an empty context line', () => {
  const answer = lines(...patch('*** Update File: a.ts', '@@', '', ' a', '', '-b', ' ', '  '))
  expect(readBlocks(answer).blocks).toEqual([update('a.ts', 1, [' ', ' a', ' ', '-b', ' ', '  '])])
})

test('after the end of file marker blank lines are nothing', () => {
  const answer = lines(...patch('*** Update File: a.ts', '-a', '*** End of File', '', '', '*** Delete File: b.ts'))
  expect(readBlocks(answer).blocks).toMatchObject([
    update('a.ts', 1, ['-a'], { endOfFile: true }),
    { path: 'b.ts', section: 2, operation: 'delete', state: 'complete' },
  ])
})

test('a move comes after the chunks of its section, and takes no text', () => {
  const answer = lines(...patch('*** Update File: a.ts', '*** Move to: lib/b.ts', '-x', '@@', '-y', '*** Add File: c.ts', '+z'))
  expect(readBlocks(answer)).toEqual({
    blocks: [
      update('a.ts', 1, ['-x']),
      update('a.ts', 1, ['-y']),
      { path: 'a.ts', section: 1, operation: 'rename', newPath: 'lib/b.ts', lines: [], state: 'complete' },
      { path: 'c.ts', section: 2, operation: 'add', lines: ['+z'], state: 'complete' },
    ],
    seen: '',
    tolerances: {},
  })
})

test('a move at the end of the patch includes the end marker and the fence', () => {
  const parser = createAnswerParser()
  const answer = lines('```', ...patch('*** Update File: a.ts', '*** Move to: b.ts', '-x'), '```', 'bye')
  const edges = [...parser.push(answer), ...parser.end('complete')].flatMap((event) =>
    event.type === 'blockStart' || event.type === 'blockEnd' ? event.at : [],
  )
  const end = answer.indexOf('*** End')
  expect(edges).toEqual([0, end, end, answer.indexOf('bye')])
})

test('a file without lines is empty', () => {
  expect(readBlocks(lines(...patch('*** Add File: a.ts', '*** Add File: b.ts'))).blocks).toEqual([
    { path: 'a.ts', section: 1, operation: 'add', lines: [], state: 'complete' },
    { path: 'b.ts', section: 2, operation: 'add', lines: [], state: 'complete' },
  ])
})

test('a new file with left-out code says so', () => {
  expect(readBlocks(lines(...patch('*** Add File: a.ts', '+// ... existing code ...'))).blocks).toMatchObject([
    { elided: true },
  ])
})

test('marker lines with a prefix are content', () => {
  const written = [...change, ...patch('*** Delete File: x'), '```', '```ts b.ts', '@@ y', 'EOF']
  expect(readBlocks(lines(...patch('*** Add File: a.ts', ...written.map((line) => `+${line}`)))).blocks).toMatchObject([
    { lines: written.map((line) => `+${line}`), state: 'complete' },
  ])
  for (const prefix of ['+', '-', ' '])
    expect(readBlocks(lines(...patch('*** Update File: a.ts', ...written.map((line) => prefix + line)))).blocks).toMatchObject([
      { lines: written.map((line) => prefix + line), state: 'complete' },
    ])
})

test('inside an update an indented marker is context, elsewhere it is a marker', () => {
  const inside = lines(...patch('*** Update File: a.ts', '-x', ' *** Delete File: b.ts', ' *** End Patch', ' @@ z', ' y'))
  expect(readBlocks(inside).blocks).toEqual([
    update('a.ts', 1, ['-x', ' *** Delete File: b.ts', ' *** End Patch', ' @@ z', ' y']),
  ])
  const elsewhere = lines(' *** Begin Patch ', '  *** Add File: a.ts', '+x', '\t*** Delete File: b.ts', ' *** End Patch')
  expect(readBlocks(elsewhere)).toMatchObject({
    blocks: [
      { path: 'a.ts', lines: ['+x'], state: 'complete' },
      { path: 'b.ts', operation: 'delete', state: 'complete' },
    ],
    seen: '',
    tolerances: { padded_patch_marker: 4 },
  })
})

test('formats mix in one answer', () => {
  const answer = lines(
    'a.ts',
    '```',
    ...change,
    '```',
    ...patch('*** Update File: b.ts', '-x'),
    'c.ts',
    '```',
    ...patch('*** Delete File: c.ts'),
    '```',
    'd.ts',
    '```',
    'whole',
    '```',
    '```',
    ...patch('*** Delete File: e.ts'),
    '',
    ...patch('*** Delete File: f.ts'),
    '```',
    'g.ts',
    ...change,
    'end',
  )
  expect(readBlocks(answer)).toEqual({
    blocks: [
      { path: 'a.ts', ...changed },
      update('b.ts', 1, ['-x']),
      { path: 'c.ts', section: 2, operation: 'delete', lines: [], state: 'complete' },
      { path: 'd.ts', replace: ['whole'], state: 'complete' },
      { path: 'e.ts', section: 3, operation: 'delete', lines: [], state: 'complete' },
      { path: 'f.ts', section: 4, operation: 'delete', lines: [], state: 'complete' },
      { path: 'g.ts', ...changed },
    ],
    seen: 'end\n',
    tolerances: { patch_in_fence: 2 },
  })
})

test('a patch inside a file is content, and so is one that begins a patch file', () => {
  const written = patch('*** Update File: a.ts', '-x')
  for (const [path, content] of [
    ['docs/format.md', ['# The format', ...written]],
    ['a.test.ts', ['const text = `', ...written, '`']],
    ['a.test.ts', ['1', '2', '3', '4', ...written]],
    ['fix.patch', written],
    ['fix.diff', ['', ...written]],
  ] as const)
    expect(readBlocks(lines(path, '````', ...content, '````')).blocks).toEqual([{ path, replace: content, state: 'complete' }])
})

test('with any reason but complete the open block is aborted, and nothing is renamed', () => {
  const open = lines('*** Begin Patch', '*** Update File: a.ts', '*** Move to: b.ts', '@@', '-x', '@@ f', '+y')
  for (const reason of ['length', 'stopped', 'redirected', 'failed', 'interrupted'] as const) {
    expect(readBlocks(open, reason)).toEqual({
      blocks: [update('a.ts', 1, ['-x']), update('a.ts', 1, ['+y'], { anchors: ['f'], state: 'aborted' })],
      seen: '',
      tolerances: {},
    })
    expect(readBlocks(`${open}*** End Patch`, reason).blocks).toMatchObject([{}, { state: 'aborted' }])
    expect(readBlocks(`${open}*** End Patch\n`, reason).blocks).toMatchObject([
      {},
      { state: 'complete' },
      { state: 'complete' },
    ])
    expect(readBlocks(lines('*** Begin Patch', '*** Update File: a.ts', '@@ f'), reason).blocks).toEqual([
      update('a.ts', 1, [], { anchors: ['f'], state: 'aborted' }),
    ])
    expect(readBlocks(lines('*** Begin Patch'), reason).blocks).toEqual([])
  }
})
