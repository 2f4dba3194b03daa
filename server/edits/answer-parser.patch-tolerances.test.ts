import { expect, test } from 'vitest'
import { lines, patch, readBlocks } from './answer-parser.test-support.ts'

const body = ['*** Update File: a.ts', '-x', '+y']
const read = { path: 'a.ts', section: 1, operation: 'update', lines: ['-x', '+y'], state: 'complete' }
const added = (...content: string[]) => ({
  path: 'a.ts',
  section: 1,
  operation: 'add',
  lines: content.map((line) => `+${line}`),
  state: 'complete',
})

test('a missing begin is tolerated where an operation stands at the start of a line', () => {
  expect(readBlocks(lines('Text', ...body, '*** End Patch', 'end'))).toEqual({
    blocks: [read],
    seen: 'Text\nend\n',
    tolerances: { missing_begin_patch: 1 },
  })
  expect(readBlocks(lines('  *** Update File: a.ts', '*** Update File: ', 'end')).blocks).toEqual([])
})

test('a missing end is tolerated when the answer ended normally', () => {
  for (const [section, block] of [
    [body, read],
    [['*** Add File: a.ts', '+x', ''], added('x')],
    [['*** Delete File: a.ts'], { path: 'a.ts', section: 1, operation: 'delete', lines: [], state: 'complete' }],
  ] as const)
    expect(readBlocks(lines('*** Begin Patch', ...section))).toEqual({
      blocks: [block],
      seen: '',
      tolerances: { missing_end_patch: 1 },
    })
})

test('a missing end is tolerated at the end of the fence, and at the next patch', () => {
  expect(readBlocks(lines('```', '*** Begin Patch', ...body, '```', 'end'))).toEqual({
    blocks: [read],
    seen: 'end\n',
    tolerances: { missing_end_patch: 1, patch_in_fence: 1 },
  })
  expect(readBlocks(lines('*** Begin Patch', ...body, ...patch('*** Delete File: b.ts')))).toMatchObject({
    blocks: [read, { path: 'b.ts', section: 2, state: 'complete' }],
    tolerances: { missing_end_patch: 1 },
  })
})

test('an indented end is the end if nothing follows it', () => {
  for (const after of [[], [''], ['', '']])
    expect(readBlocks(lines('*** Begin Patch', ...body, ' *** End Patch ', ...after))).toEqual({
      blocks: [read],
      seen: '',
      tolerances: { padded_patch_marker: 1 },
    })
  expect(readBlocks(lines('```', '*** Begin Patch', ...body, '  *** End Patch', '', '```', 'end'))).toMatchObject({
    blocks: [read],
    seen: 'end\n',
    tolerances: { padded_patch_marker: 1 },
  })
  expect(readBlocks(lines('*** Begin Patch', ...body, ' *** End Patch', '', '*** End Patch')).blocks).toEqual([
    { ...read, lines: ['-x', '+y', ' *** End Patch', ' '] },
  ])
})

test('an added end is the end if nothing follows it', () => {
  for (const [section, block] of [
    [body, read],
    [['*** Add File: a.ts', '+x'], added('x')],
  ] as const) {
    expect(readBlocks(lines('*** Begin Patch', ...section, '+*** End Patch', ''))).toEqual({
      blocks: [block],
      seen: '',
      tolerances: { added_end_patch: 1 },
    })
    expect(readBlocks(lines('*** Begin Patch', ...section, '+*** End Patch', '*** End Patch'))).toEqual({
      blocks: [{ ...block, lines: [...block.lines, '+*** End Patch'] }],
      seen: '',
      tolerances: {},
    })
  }
})

test('a fence around the patch is tolerated, with an info string and with a path', () => {
  for (const opening of [['```'], ['```diff'], ['```patch src/b.ts'], ['src/b.ts', '```diff'], ['src/b.ts', '', '~~~', ' ']])
    expect(readBlocks(lines('Hi', '', ...opening, ...patch(...body), opening.includes('~~~') ? '~~~' : '```', 'end'))).toEqual({
      blocks: [read],
      seen: 'Hi\n\nend\n',
      tolerances: { patch_in_fence: 1 },
    })
})

test('a fence around a patch may also lack the begin', () => {
  expect(readBlocks(lines('```diff', ...body, '*** End Patch', '```'))).toEqual({
    blocks: [read],
    seen: '',
    tolerances: { missing_begin_patch: 1, patch_in_fence: 1 },
  })
  expect(readBlocks(lines('```', '1', '2', '3', ...body, '*** End Patch', '```')).blocks).toEqual([])
})

test('the end of a fence whose beginning was forgotten belongs to the patch', () => {
  expect(readBlocks(lines(...patch(...body), '```', 'end'))).toEqual({
    blocks: [read],
    seen: 'end\n',
    tolerances: { missing_fence: 1 },
  })
})

test('text after the end is chat, in a fence as well', () => {
  expect(readBlocks(lines('```', ...patch(...body), 'And so on', '```', 'end'))).toMatchObject({
    blocks: [read],
    seen: 'And so on\n```\nend\n',
    tolerances: { text_after_block: 1 },
  })
})

test('a heredoc around the patch is stripped', () => {
  for (const opening of ['<<EOF', "<<'EOF'", '<<"EOF"', "apply_patch <<'EOF'"])
    for (const end of [['*** End Patch', 'EOF'], ['*** End Patch', ' EOF'], ['*** End Patch'], ['EOF'], ['']]) {
      const { blocks, seen, tolerances } = readBlocks(lines('Hi', opening, '*** Begin Patch', ...body, ...end))
      expect(blocks[0]?.lines?.slice(0, 2)).toEqual(['-x', '+y'])
      expect({ blocks: blocks.length, state: blocks[0]?.state, seen, heredoc: tolerances.heredoc }).toEqual({
        blocks: 1,
        state: 'complete',
        seen: 'Hi\n',
        heredoc: 1,
      })
    }
  expect(readBlocks(lines('```sh', "apply_patch <<'EOF'", ...patch(...body), 'EOF', '```', 'end'))).toEqual({
    blocks: [read],
    seen: 'end\n',
    tolerances: { heredoc: 1, patch_in_fence: 1 },
  })
  expect(readBlocks(lines('<<EOF', ...patch(...body), 'b.ts', '```', 'z', '```'))).toMatchObject({
    blocks: [read, { path: 'b.ts', replace: ['z'], state: 'complete' }],
  })
})

test('an environment is ignored', () => {
  expect(readBlocks(lines(...patch('*** Environment ID: remote', ...body)))).toEqual({
    blocks: [read],
    seen: '',
    tolerances: { environment_id: 1 },
  })
})

test('lines of a new file without their prefix are content, but blank ones before a header are nothing', () => {
  const answer = lines(...patch('*** Add File: a.ts', '+one', '', 'two', '  three', '+', '', '', '*** Delete File: b.ts'))
  expect(readBlocks(answer)).toMatchObject({
    blocks: [added('one', '', 'two', '  three', ''), { path: 'b.ts', state: 'complete' }],
    tolerances: { unprefixed_add_line: 3 },
  })
})

test('line numbers in an anchor are ignored', () => {
  const answer = lines(...patch('*** Update File: a.ts', '@@ -1,3 +1,4 @@ class A {', '-x', '@@ -9 +10 @@', '+y'))
  expect(readBlocks(answer)).toMatchObject({
    blocks: [{ anchors: ['class A {'], lines: ['-x'] }, { lines: ['+y'] }],
    tolerances: { anchor_numbers: 2 },
  })
  expect(readBlocks(answer).blocks[1]).not.toHaveProperty('anchors')
})

test('decoration and separators of paths are counted once per header', () => {
  const answer = lines(...patch('*** Update File: `src\\a.ts`', '-x', '@@', '-y', '*** Delete File: ./b.ts'))
  expect(readBlocks(answer)).toMatchObject({
    blocks: [{ path: 'src/a.ts' }, { path: 'src/a.ts' }, { path: 'b.ts' }],
    tolerances: { decorated_path: 1, backslash_path: 1, dot_slash_path: 1 },
  })
})

test('carriage returns are stripped', () => {
  const answer = lines(...patch(...body)).replaceAll('\n', '\r\n')
  expect(readBlocks(answer)).toEqual({ blocks: [read], seen: '', tolerances: { carriage_return: 5 } })
})
