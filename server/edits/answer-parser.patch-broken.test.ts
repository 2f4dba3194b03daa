import { expect, test } from 'vitest'
import { createAnswerParser } from './answer-parser.ts'
import { change, changed, lines, patch, readBlocks } from './answer-parser.test-support.ts'

const whole = { path: 'b.ts', operation: 'update', lines: ['-x'], state: 'complete' }
const next = ['*** Update File: b.ts', '-x']

/** The first block, if the whole section after it is read as if nothing had been. */
function broken(...written: string[]) {
  const { blocks, seen } = readBlocks(lines(...patch(...written, ...next), 'end'))
  expect(blocks.at(-1)).toMatchObject(whole)
  expect(seen).toBe('end\n')
  return blocks.slice(0, -1)
}

test('a patch without an operation is told', () => {
  for (const answer of [patch(), patch('', ''), ['*** Begin Patch'], ['```', '*** Begin Patch', '```']])
    expect(readBlocks(lines(...answer))).toMatchObject({
      blocks: [{ path: '', section: 1, operation: 'update', lines: [], state: 'aborted', problems: ['no_operation'] }],
      seen: '',
    })
})

test('an update without a chunk is told', () => {
  const told = {
    path: 'a.ts',
    section: 1,
    operation: 'update',
    lines: [],
    state: 'aborted',
    problems: ['update_without_chunk'],
  }
  expect(broken('*** Update File: a.ts')).toEqual([told])
  expect(readBlocks(lines(...patch('*** Update File: a.ts', ''))).blocks).toEqual([told])
})

test('a move needs a chunk that can be read', () => {
  const told = { path: 'a.ts', operation: 'rename', newPath: 'c.ts', state: 'aborted', problems: ['update_without_chunk'] }
  expect(broken('*** Update File: a.ts', '*** Move to: c.ts')).toMatchObject([told])
  expect(broken('*** Update File: a.ts', '*** Move to: c.ts', '@@')).toMatchObject([
    { problems: ['chunk_without_lines'] },
    told,
  ])
  expect(broken('*** Update File: a.ts', '*** Move to: c.ts', ' x', '@@').at(-1)).toMatchObject({
    operation: 'rename',
    state: 'complete',
  })
})

test('a chunk without lines is told', () => {
  for (const written of [['@@ f'], ['@@ f', '*** End of File'], ['@@', '@@ f']])
    expect(broken('*** Update File: a.ts', ...written)).toMatchObject([
      { anchors: ['f'], lines: [], state: 'aborted', problems: ['chunk_without_lines'] },
    ])
})

test('an unprefixed line breaks its chunk, and only that', () => {
  expect(broken('*** Update File: a.ts', '-one', '+two', 'three', '+four', '@@ f', '-five')).toEqual([
    {
      path: 'a.ts',
      section: 1,
      operation: 'update',
      lines: ['-one', '+two'],
      state: 'aborted',
      problems: ['unprefixed_line'],
    },
    { path: 'a.ts', section: 1, operation: 'update', anchors: ['f'], lines: ['-five'], state: 'complete' },
  ])
  for (const line of ['three', '***', '** x', '@@f', '\tx', '***bold***'])
    expect(broken('*** Update File: a.ts', line)).toMatchObject([{ lines: [], problems: ['unprefixed_line'] }])
})

test('an unknown header is told, and ends the section before it', () => {
  expect(broken('*** Update File: a.ts', '-x', '*** Rename File: a.ts', '-y', '@@', '-z')).toMatchObject([
    { path: 'a.ts', lines: ['-x'], state: 'complete' },
    { path: '', section: 2, lines: [], state: 'aborted', problems: ['unknown_header'] },
  ])
  expect(broken('*** Add File: a.ts', '+x', ' *** Frobnicate It')).toMatchObject([
    { lines: ['+x'], state: 'complete' },
    { problems: ['unknown_header'] },
  ])
})

test('an environment stands once, at the beginning, and is not empty', () => {
  expect(broken('*** Environment ID:')).toMatchObject([{ problems: ['unknown_header'] }])
  expect(broken('*** Environment ID: a', '*** Environment ID: b')).toMatchObject([{ problems: ['unknown_header'] }])
  expect(broken('*** Delete File: a.ts', '*** Environment ID: b')).toMatchObject([{}, { problems: ['unknown_header'] }])
})

test('a move that stands elsewhere than below its update is told', () => {
  const told = { operation: 'rename', newPath: 'c.ts', state: 'aborted', problems: ['misplaced_move'] }
  expect(broken('*** Update File: a.ts', '-x', '*** Move to: c.ts', '@@', '-y')).toMatchObject([
    { lines: ['-x'], state: 'complete' },
    { path: 'a.ts', ...told },
    { lines: ['-y'], state: 'complete' },
  ])
  expect(broken('*** Update File: a.ts', '*** Move to: d.ts', '*** Move to: c.ts', '@@', '-y')).toMatchObject([
    { path: 'a.ts', ...told },
    { lines: ['-y'], state: 'complete' },
    { operation: 'rename', newPath: 'd.ts', state: 'complete' },
  ])
  expect(broken('*** Add File: a.ts', '+x', '*** Move to: c.ts')).toMatchObject([
    { state: 'complete' },
    { path: 'a.ts', ...told },
  ])
  expect(broken('*** Move to: c.ts')).toMatchObject([{ path: '', ...told }])
})

test('text where only a header may stand is told', () => {
  const problems = ['line_out_of_place']
  expect(broken('Some text', 'and more')).toMatchObject([{ path: '', state: 'aborted', problems }])
  expect(broken('*** Delete File: a.ts', '-x')).toMatchObject([{ operation: 'delete', state: 'aborted', problems }])
  expect(broken('*** Delete File: a.ts', '*** End of File')).toMatchObject([
    { operation: 'delete', state: 'aborted', problems },
  ])
  expect(broken('*** Add File: a.ts', '+x', '*** End of File')).toMatchObject([{ lines: ['+x'], state: 'aborted', problems }])
  for (const line of [' x', '+x', 'x', ' *** End Patch', '*** End of File'])
    expect(broken('*** Update File: a.ts', '-x', '*** End of File', line)).toMatchObject([{ state: 'aborted', problems }])
})

test('a path that leads out of the session is refused, and the text of the block is told', () => {
  for (const path of ['/etc/passwd', 'C:\\a.ts', '~/a.ts', '../a.ts', 'src/../a.ts', 'a//b.ts', 'a\0.ts', '"../a b"'])
    for (const written of [
      [`*** Update File: ${path}`, ' x'],
      [`*** Add File: ${path}`, '+x'],
      [`*** Delete File: ${path}`],
      ['*** Update File: c.ts', `*** Move to: ${path}`, ' x'],
    ])
      expect(broken(...written).at(-1)).toMatchObject({ state: 'complete', problems: ['refused_path'] })
})

test('a header without a path is told', () => {
  expect(broken('*** Update File:', '-x')).toMatchObject([{ path: '', lines: ['-x'], problems: ['no_path'] }])
  expect(broken('*** Update File: a.ts', '*** Move to: ', '-x')).toMatchObject([{}, { newPath: '', problems: ['no_path'] }])
})

test('a block of another format after a broken chunk is read', () => {
  const open = ['*** Begin Patch', '*** Update File: a.ts', '-x']
  const aborted = { path: 'a.ts', state: 'aborted', problems: ['unprefixed_line'] }
  for (const text of [[], ['Now the next:', '']]) {
    expect(readBlocks(lines(...open, ...text, 'b.ts', ...change)).blocks).toMatchObject([aborted, { path: 'b.ts', ...changed }])
    for (const opening of [['b.ts', '```'], ['```ts b.ts'], ['b.ts', '', '~~~~']])
      expect(
        readBlocks(lines(...open, ...text, ...opening, 'y', opening.includes('~~~~') ? '~~~~' : '```', 'end')),
      ).toMatchObject({
        blocks: [aborted, { path: 'b.ts', replace: ['y'], state: 'complete' }],
        seen: 'end\n',
      })
  }
})

test('a path above a header is not the path of a block below it', () => {
  const parser = createAnswerParser()
  const answer = lines('*** Begin Patch', '*** Update File: a.ts', 'b.ts', '*** Rename File: c.ts', ...change)
  const events = [...parser.push(answer), ...parser.end('complete')]
  const edges = events.flatMap((event) => (event.type === 'blockStart' || event.type === 'blockEnd' ? event.at : []))
  const [header, search] = [answer.indexOf('*** Rename'), answer.indexOf('<<<')]
  expect(edges).toEqual([0, header, header, search, search, answer.length])
})

test('a section that ends at the path of the next block ends there with its move', () => {
  const parser = createAnswerParser()
  const answer = lines('*** Update File: a.ts', '*** Move to: c.ts', '-x', '@@', 'b.ts', ...change)
  const edges = [...parser.push(answer), ...parser.end('complete')].flatMap((event) =>
    event.type === 'blockStart' || event.type === 'blockEnd' ? event.at : [],
  )
  const [chunk, path] = [answer.indexOf('@@'), answer.indexOf('b.ts')]
  expect(edges).toEqual([0, chunk, chunk, path, path, path, path, answer.length])
})

test('malformed names the line and quotes it', () => {
  const parser = createAnswerParser()
  const answer = lines('*** Begin Patch', '*** Update File: a.ts', 'x'.repeat(130))
  const events = [...parser.push(answer), ...parser.end('complete')]
  expect(events.filter(({ type }) => type === 'malformed')).toEqual([
    { type: 'malformed', block: 1, code: 'unprefixed_line', line: 3, excerpt: 'x'.repeat(120), at: answer.indexOf('xx') },
  ])
})

test('a line over the limit breaks its chunk, and the rest of the patch is read', () => {
  const parser = createAnswerParser({ lineLength: 30, answerLength: 10_000 })
  const long = ` ${'x'.repeat(30)}`
  const answer = lines(...patch('*** Update File: a.ts', '-y', long, '@@', '-z', long), ...patch('*** Add File: b.ts', long))
  const events = [...parser.push(answer), ...parser.end('complete')]
  expect(
    events.flatMap((event) => (event.type === 'malformed' ? event.code : event.type === 'blockEnd' ? event.state : [])),
  ).toEqual(['line_too_long', 'aborted', 'line_too_long', 'aborted', 'line_too_long', 'aborted'])
})
