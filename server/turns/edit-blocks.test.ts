import { expect, test } from 'vitest'
import { Stage } from './testing/stage.ts'

const change = (path: string, search: string, replace: string) =>
  `${path}\n\`\`\`\n<<<<<<< SEARCH\n${search}=======\n${replace}>>>>>>> REPLACE\n\`\`\`\n`
const whole = (path: string, content: string) => `${path}\n\`\`\`\n${content}\`\`\`\n`
const seen = (hunks: Awaited<ReturnType<Stage['hunks']>>) =>
  hunks.map(({ block, path, kind, state, reason, rung, baseText, proposedText, addedLines, deletedLines }) => ({
    block,
    path,
    kind,
    state,
    ...(reason !== undefined && { reason }),
    ...(rung !== undefined && { rung }),
    baseText,
    ...(proposedText !== undefined && { proposedText }),
    addedLines,
    deletedLines,
  }))

test('Only the lines that change become a hunk, and distant ones a hunk each.', async () => {
  const lines = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
  const stage = await Stage.open({ 'a.txt': `${lines.join('\n')}\n` })
  await stage.answer(change('a.txt', 'a\nb\nc\nd\ne\nf\ng\n', 'a\nB\nc\nd\ne\nf\nG\nh\n'))
  expect(await stage.text('a.txt')).toBe('a\nB\nc\nd\ne\nf\nG\nh\n')
  const common = { block: 1, path: 'a.txt', kind: 'edit', state: 'settled', rung: 'exact' }
  expect(seen(await stage.hunks())).toEqual([
    { ...common, baseText: 'b\n', addedLines: 1, deletedLines: 1 },
    { ...common, baseText: 'g\n', addedLines: 2, deletedLines: 1 },
  ])
})

test('A later block finds what an earlier one wrote.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\ntwo\n' })
  await stage.answer(change('a.txt', 'two\n', 'zwei\ndrei\n') + change('a.txt', 'drei\n', 'three\n'))
  expect(await stage.text('a.txt')).toBe('one\nzwei\nthree\n')
  const hunks = await stage.hunks()
  await stage.decide('reject', [hunks[0]?.hunkId ?? ''])
  await stage.decide('reject', [hunks[1]?.hunkId ?? ''])
  expect(await stage.text('a.txt')).toBe('one\ntwo\n')
})

test('A file without a final line feed stays without one where its last line goes, and a patch ends also a blank last line.', async () => {
  const stage = await Stage.open({ 'a.txt': 'a\nb', 'c.txt': 'c' })
  await stage.answer(change('a.txt', 'b\n', '') + '*** Begin Patch\n*** Update File: c.txt\n@@\n c\n+\n*** End Patch\n')
  expect([await stage.text('a.txt'), await stage.text('c.txt')]).toEqual(['a', 'c\n\n'])
  const hunks = await stage.hunks()
  expect(seen(hunks)).toMatchObject([{ baseText: '\nb', addedLines: 0, deletedLines: 1 }, { path: 'c.txt' }])
  await stage.decide(
    'reject',
    hunks.map(({ hunkId }) => hunkId),
  )
  expect([await stage.text('a.txt'), await stage.text('c.txt')]).toEqual(['a\nb', 'c'])
})

test('Old text that differs in trailing space is found, and lines that stay keep the file’s own.', async () => {
  const stage = await Stage.open({ 'a.txt': 'keep   \nold\t\nlast\n' })
  await stage.answer(change('a.txt', 'keep\nold\n', 'keep\nnew\n'))
  expect(await stage.text('a.txt')).toBe('keep   \nnew\nlast\n')
  expect(seen(await stage.hunks())).toMatchObject([{ rung: 'trailing_space', baseText: 'old\t\n' }])
})

test('What cannot be applied is shown with its reason and changes nothing.', async () => {
  const stage = await Stage.open({ 'a.txt': 'same\nsame\n' })
  const binary = { fileId: 'binary', path: 'blob.bin', kind: 'binary', lineEnding: 'lf', bytes: 1 } as const
  await stage.store.saveFiles(stage.sessionId, [{ file: binary, bytes: new Uint8Array([0]) }])
  await stage.answer(
    change('a.txt', 'nowhere\n', 'x\n') +
      change('a.txt', 'same\n', 'x\n') +
      change('missing.txt', 'old\n', 'x\n') +
      change('../secret.txt', 'old\n', 'x\n') +
      whole('a.txt', 'first\n// ... rest unchanged\n') +
      whole('blob.bin', 'text\n'),
  )
  expect(await stage.text('a.txt')).toBe('same\nsame\n')
  const lines = { kind: 'edit', addedLines: 1, deletedLines: 1, baseText: 'old\n', proposedText: 'x\n' }
  expect(seen(await stage.hunks()).toSorted((a, b) => a.block - b.block)).toEqual([
    { ...lines, block: 1, path: 'a.txt', state: 'unmatched', reason: 'no_match', baseText: 'nowhere\n' },
    { ...lines, block: 2, path: 'a.txt', state: 'ambiguous', reason: 'several_matches', baseText: 'same\n' },
    { ...lines, block: 3, path: 'missing.txt', state: 'unmatched', reason: 'no_such_file' },
    { ...lines, block: 4, path: '../secret.txt', state: 'unmatched', reason: 'refused_path' },
    {
      block: 5,
      path: 'a.txt',
      kind: 'edit',
      state: 'unmatched',
      reason: 'malformed',
      baseText: '',
      proposedText: 'first\n// ... rest unchanged\n',
      addedLines: 2,
      deletedLines: 0,
    },
    {
      block: 6,
      path: 'blob.bin',
      kind: 'edit',
      state: 'unmatched',
      reason: 'not_text',
      baseText: '',
      proposedText: 'text\n',
      addedLines: 1,
      deletedLines: 0,
    },
  ])
  expect(stage.events.filter(({ type }) => type === 'hunks')).toHaveLength(3)
})

test('A whole file over an existing one changes only what differs.', async () => {
  const stage = await Stage.open({ 'a.txt': 'a\nb\nc\nd\ne\nf\n' })
  await stage.answer(whole('a.txt', 'A\nb\nc\nd\ne\nf\ng\n'))
  expect(await stage.text('a.txt')).toBe('A\nb\nc\nd\ne\nf\ng\n')
  expect(seen(await stage.hunks())).toMatchObject([{ baseText: 'a\n' }, { baseText: '', addedLines: 1, deletedLines: 0 }])
})

test('A new file exists as soon as its block begins, is proposed, and fills while it streams.', async () => {
  const stage = await Stage.open()
  const turnId = await stage.asked()
  stage.model.say('src/new.ts\n```ts\nconst a = 1\nconst b = 2\nconst c = 3\ncon')
  await stage.pass(4)
  expect(await stage.text('src/new.ts')).toBe('const a = 1\nconst b = 2\nconst c = 3\n')
  expect(await stage.sessions.files(stage.sessionId)).toMatchObject([{ path: 'src/new.ts', proposedBy: turnId }])
  stage.model.say('st d = 4\n```\n')
  await stage.pass(2)
  stage.model.finish()
  await stage.end(turnId)
  expect(await stage.text('src/new.ts')).toBe('const a = 1\nconst b = 2\nconst c = 3\nconst d = 4\n')
  expect(seen(await stage.hunks())).toEqual([
    {
      block: 1,
      path: 'src/new.ts',
      kind: 'create',
      state: 'settled',
      rung: 'exact',
      baseText: '',
      addedLines: 4,
      deletedLines: 0,
    },
  ])
})

test('A new file whose block is cut off, or leaves code out, is gone again.', async () => {
  for (const [rest, reason] of [
    ['', undefined],
    ['// ... rest unchanged\n```\n', 'malformed'],
  ] as const) {
    const stage = await Stage.open()
    const turnId = await stage.asked()
    stage.model.say(`new.ts\n\`\`\`ts\nconst a = 1\nconst b = 2\nconst c = 3\n`)
    await stage.pass(4)
    stage.model.say(rest)
    await stage.pass()
    if (reason === undefined) stage.model.cut()
    else stage.model.finish()
    await stage.end(turnId)
    expect(await stage.sessions.files(stage.sessionId)).toEqual([])
    expect((await stage.hunks()).map((hunk) => [hunk.state, hunk.reason, hunk.fileId === null])).toEqual(
      reason === undefined
        ? [['aborted', 'turn_ended', false]]
        : [
            ['aborted', 'malformed', false],
            ['unmatched', 'malformed', true],
          ],
    )
    await stage.leave()
  }
})

test('A block behind one that took a new file with it makes the file.', async () => {
  const stage = await Stage.open()
  const turnId = await stage.asked()
  stage.model.say(`a.txt\n\`\`\`\n${'one\n'.repeat(45)}`)
  await stage.pass(4)
  expect(await stage.text('a.txt')).toBe('one\n'.repeat(45))
  stage.model.say('// ... rest of the code unchanged ...\n```\n\na.txt\n```\ntwo\n```\n')
  stage.model.finish()
  await stage.pass(4)
  stage.model.finish()
  expect((await stage.end(turnId)).measurements?.edits).toMatchObject({ applied: 1, failed: 1 })
  expect(await stage.texts()).toEqual({ 'a.txt': 'two\n' })
})

test('An empty search creates a missing file, fills an empty one and appends to another, on a line of its own.', async () => {
  const stage = await Stage.open({ 'empty.txt': '', 'open.txt': 'no line end' })
  await stage.answer(change('made.txt', '', 'made\n') + change('empty.txt', '', 'filled\n') + change('open.txt', '', 'added\n'))
  expect(await stage.text('made.txt')).toBe('made\n')
  expect(await stage.text('empty.txt')).toBe('filled\n')
  expect(await stage.text('open.txt')).toMatch(/^no line end\nadded\n?$/)
  expect((await stage.hunks()).map(({ path, kind }) => [path, kind])).toEqual([
    ['made.txt', 'create'],
    ['empty.txt', 'edit'],
    ['open.txt', 'edit'],
  ])
})

test('Several blocks for one new file make one file.', async () => {
  const stage = await Stage.open()
  await stage.answer(whole('a.ts', 'let a = 1\n') + change('a.ts', 'let a = 1\n', 'let a = 2\n'))
  expect(await stage.text('a.ts')).toBe('let a = 2\n')
  expect((await stage.hunks()).map(({ kind, state }) => [kind, state])).toEqual([
    ['create', 'settled'],
    ['edit', 'settled'],
  ])
})

test('Half a surrogate pair and a lone carriage return never reach a document.', async () => {
  const stage = await Stage.open()
  await stage.answer(whole('a.txt', 'a\ud83db\rc\n'))
  expect(await stage.text('a.txt')).toBe('a\ufffdbc\n')
})

test('The basis is what the model saw: a change made while it thought is a conflict only where it touches.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\ntwo\nthree\nfour\n' })
  const turnId = await stage.asked('Change it', { openFileIds: [await stage.fileId('a.txt')] })
  await stage.type('a.txt', (text) => {
    text.insert(0, 'zero\n')
    text.insert(text.toString().indexOf('ree'), 'H')
  })
  stage.model.say(change('a.txt', 'two\n', '2\n') + change('a.txt', 'three\n', '3\n'))
  stage.model.finish()
  await stage.end(turnId)
  expect(await stage.text('a.txt')).toBe('zero\none\n2\nthHree\nfour\n')
  expect(seen(await stage.hunks())).toMatchObject([
    { state: 'settled', baseText: 'two\n' },
    { state: 'conflict', reason: 'changed_meanwhile', baseText: 'three\n', proposedText: '3\n' },
  ])
})

test('A file that was deleted while the model answered leaves a proposal.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  const turnId = await stage.asked('Change it', { openFileIds: [await stage.fileId('a.txt')] })
  await stage.sessions.deleteFile(stage.sessionId, await stage.fileId('a.txt'))
  stage.model.say(change('a.txt', 'one\n', '1\n'))
  stage.model.finish()
  expect(await stage.end(turnId)).toMatchObject({ reason: 'complete' })
  expect(seen(await stage.hunks())).toMatchObject([{ state: 'unmatched', reason: 'no_such_file', proposedText: '1\n' }])
})
