import { expect, test } from 'vitest'
import type { AnswerBlock } from '#edits/answer-blocks.ts'
import { AskedAgain } from './asked-again.ts'
import { DocumentLines } from './document-lines.ts'
import { failedBlock } from './failed-block.ts'
import { publicHunk } from './roll-back.ts'
import { addHunk } from './testing/add-hunk.ts'
import { Stage } from './testing/stage.ts'

test('Only what nobody has dismissed or applied by then is asked for again.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  const turnId = await stage.answer('Done.')
  const proposal = { turnId, path: 'a.txt', state: 'unmatched', reason: 'no_match' } as const
  await addHunk(stage, { hunkId: 'open', ...proposal })
  await addHunk(stage, { hunkId: 'dismissed', ...proposal, state: 'rejected' })
  await addHunk(stage, { hunkId: 'applied', ...proposal, state: 'settled' })
  await addHunk(stage, { hunkId: 'nowhere', ...proposal, path: 'b.txt' })
  const { store, documents } = stage
  const askedAgain = new AskedAgain({ store, documents, lines: new DocumentLines(), onHunks: () => {} })
  const failed = (await stage.hunks()).map((hunk) =>
    failedBlock({ number: 1, path: hunk.path } as AnswerBlock, publicHunk(hunk), 'no_match'),
  )
  const asked = await askedAgain.begin({ turnId, sessionId: stage.sessionId }, failed)
  expect(asked.map(({ hunk }) => hunk.hunkId)).toEqual(['open', 'nowhere'])
  expect(failed.filter(({ hunk }) => askedAgain.has(hunk.hunkId))).toEqual(asked)
  askedAgain.end(asked)
  expect(askedAgain.has('open')).toBe(false)
})
