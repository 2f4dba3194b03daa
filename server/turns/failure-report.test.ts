import { expect, test } from 'vitest'
import type { FailedBlock } from './failed-block.ts'
import { failureReport } from './failure-report.ts'
import { isReport } from '#model/replay/misquote.ts'

const failed = (change: Partial<FailedBlock> = {}): FailedBlock => ({
  block: 2,
  path: 'src/a.ts',
  reason: 'no_match',
  candidates: [{ firstLine: 12, lines: ['const a = 1', '```'] }],
  fileLines: 40,
  hunk: {
    hunkId: 'h',
    turnId: 't',
    askedBy: 'mara',
    block: 2,
    fileId: 'f',
    path: 'src/a.ts',
    kind: 'edit',
    state: 'unmatched',
    baseText: '',
    addedLines: 0,
    deletedLines: 0,
  },
  ...change,
})

test('A report says which blocks failed and why, what comes closest, and what must not be sent again.', () => {
  const report = failureReport([failed()], [1, 3], 1)
  expect(report).toMatchObject({ blocks: [2], whole: false })
  expect(report?.text).toBe(
    [
      'Flint could not apply one edit block of your answer. Blocks 1, 3 were applied: do not send them again.',
      'Block 2, src/a.ts: no_match. Its old lines do not stand in the file.\nLines 12 to 13 now:\n````\nconst a = 1\n```\n````',
      'Write only the failed blocks again, corrected, in the same format. Copy the old lines exactly from the file as it is now. No other text.',
    ].join('\n\n'),
  )
})

test('What a person has changed, or a rule forbids, is not asked for again.', () => {
  expect(failureReport([failed({ reason: 'changed_meanwhile' }), failed({ reason: 'refused_path' })], [], 1)).toBeUndefined()
  expect(failureReport([failed({ reason: 'not_text' }), failed({ block: 5 })], [], 1)).toMatchObject({ blocks: [5] })
})

test('The second time whole files are asked for, and only small ones; after that nothing is.', () => {
  const small = failed()
  const large = failed({ block: 4, path: 'src/large.ts', fileLines: 251 })
  const report = failureReport([small, large], [], 2)
  expect(report).toMatchObject({ blocks: [2], whole: true })
  expect(report?.text).toContain('complete new content of src/a.ts:')
  expect(report?.text).not.toContain('large.ts')
  expect(failureReport([large], [], 2)).toBeUndefined()
  expect(failureReport([small], [], 3)).toBeUndefined()
})

test('The replay backend knows a report when it reads one.', () => {
  expect([1, 2].map((retry) => isReport(failureReport([failed()], [], retry)?.text ?? ''))).toEqual([true, true])
})
