import { expect, test } from 'vitest'
import { Stage } from './testing/stage.ts'

const change = (path: string, search: string, replace: string) =>
  `${path}\n\`\`\`\n<<<<<<< SEARCH\n${search}=======\n${replace}>>>>>>> REPLACE\n\`\`\`\n`
const whole = (path: string, content: string) => `${path}\n\`\`\`\n${content}\`\`\`\n`

/** Gives several answers, one per request; resolves with the turn's id once it has ended. */
async function answers(stage: Stage, ...texts: string[]): Promise<string> {
  const turnId = await stage.asked()
  for (const text of texts) {
    stage.model.say(text)
    stage.model.finish()
  }
  await stage.end(turnId)
  return turnId
}

const seen = async (stage: Stage) => (await stage.hunks()).map(({ block, state, reason }) => [block, state, reason])

test('A block that fits nowhere goes back to the model once, with what comes closest, and its second version is applied.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\ntwo\nthree\n', 'b.txt': 'four\n' })
  const first = change('a.txt', 'something else entirely\n', '2\n') + change('b.txt', 'four\n', '4\n')
  const turnId = await answers(stage, first, change('a.txt', 'two\n', '2\n'))
  expect(await stage.text('a.txt')).toBe('one\n2\nthree\n')
  expect(await seen(stage)).toEqual([
    [1, 'aborted', 'retried'],
    [2, 'settled', undefined],
    [3, 'settled', undefined],
  ])
  const [, second] = stage.model.requests
  expect(second?.messages.slice(-2)).toMatchObject([{ role: 'assistant', content: first }, { role: 'user' }])
  expect(second?.messages.at(-1)?.content).toMatch(
    /^Flint could not apply one edit block.* Block 2 was applied: do not send it again\./,
  )
  const turn = await stage.turn(turnId)
  expect(turn).toMatchObject({ status: 'ended', reason: 'complete', text: `${first}\n\n${change('a.txt', 'two\n', '2\n')}` })
  expect(turn.measurements?.edits).toEqual({ applied: 2, failed: 1, retries: 1, tolerances: {} })
  expect(turn.marks.filter(({ type }) => type !== 'close')).toMatchObject([
    { type: 'open', block: 1 },
    { type: 'open', block: 2 },
    { type: 'retry', at: first.length + 2, blocks: [1], whole: false },
    { type: 'open', block: 3, at: first.length + 2 },
  ])
})

test('What fails again is asked for as a whole file, where that is small.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\ntwo\n' })
  await answers(stage, change('a.txt', 'nowhere 1\n', 'x\n'), change('a.txt', 'nowhere 2\n', 'x\n'), whole('a.txt', 'one\n2\n'))
  expect(await stage.text('a.txt')).toBe('one\n2\n')
  expect(await seen(stage)).toEqual([
    [1, 'aborted', 'retried'],
    [2, 'aborted', 'retried'],
    [3, 'settled', undefined],
  ])
  expect(stage.model.requests.at(-1)?.messages.at(-1)?.content).toContain('Write the complete new content of a.txt')
})

test('What fails to the end is left to people, once.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  const bad = (text: string) => change('a.txt', text, 'x\n')
  const elided = whole('a.txt', 'one\n// ... rest unchanged\n')
  await answers(stage, bad('nowhere 1\n'), bad('nowhere 2\n'), elided)
  expect(stage.model.requests).toHaveLength(3)
  expect(await seen(stage)).toEqual([
    [1, 'aborted', 'retried'],
    [2, 'aborted', 'retried'],
    [3, 'unmatched', 'malformed'],
  ])
})

test('A model that has nothing to add leaves the proposal, and nothing shows that it was asked.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  const text = change('a.txt', 'nowhere\n', 'x\n')
  const turnId = await answers(stage, text)
  expect(stage.model.requests).toHaveLength(2)
  expect(await seen(stage)).toEqual([[1, 'unmatched', 'no_match']])
  const turn = await stage.turn(turnId)
  expect(turn).toMatchObject({ text, reason: 'complete' })
  expect(turn.measurements?.edits).toMatchObject({ failed: 1, retries: 1 })
})

test('A second answer that is stopped or fails takes only its own open block back.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\ntwo\nthree\n' })
  const turnId = await stage.asked()
  stage.model.say(change('a.txt', 'one\n', '1\n') + change('a.txt', 'nowhere\n', 'x\n'))
  stage.model.finish()
  stage.model.read()
  await stage.pass(4)
  stage.model.say(`${change('a.txt', 'two\n', '2\n')}${change('a.txt', 'three\n', '3\n').split('>>>')[0]}`)
  stage.model.fail({ code: 'stream_lost' })
  expect(await stage.end(turnId)).toMatchObject({ reason: 'complete' })
  expect(await stage.text('a.txt')).toBe('1\n2\nthree\n')
  expect(await seen(stage)).toEqual([
    [1, 'settled', undefined],
    [2, 'aborted', 'retried'],
    [3, 'settled', undefined],
  ])
})

test('A proposal that a person dismisses while the model is asked again stays dismissed.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  const turnId = await stage.asked()
  stage.model.say(change('a.txt', 'nowhere\n', 'x\n'))
  stage.model.finish()
  stage.model.read()
  await stage.pass(4)
  const [proposal] = await stage.hunks()
  await stage.decide('reject', [proposal?.hunkId ?? ''])
  stage.model.say(change('a.txt', 'one\n', 'x\n'))
  stage.model.finish()
  await stage.end(turnId)
  expect(await seen(stage)).toEqual([
    [1, 'rejected', 'no_match'],
    [2, 'settled', undefined],
  ])
})

test('H8 Nobody applies a proposal while the model is asked to write it again, so its text stands there once.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\nconst two = 2\nthree\nconst two = 2\n' })
  const turnId = await stage.asked()
  stage.model.say(change('a.txt', 'const two = 2\n', 'const two = 2\nmore\n'))
  stage.model.finish()
  stage.model.read()
  await stage.pass(4)
  const [proposal] = await stage.hunks()
  expect(proposal).toMatchObject({ state: 'ambiguous', candidates: [{}, {}] })
  await expect(stage.apply(proposal?.hunkId ?? '', 1)).rejects.toMatchObject({ code: 'asked_again' })
  stage.model.say(change('a.txt', 'one\nconst two = 2\n', 'one\nconst two = 2\nmore\n'))
  await stage.pass(2)
  await expect(stage.apply(proposal?.hunkId ?? '', 1)).rejects.toMatchObject({ code: 'asked_again' })
  stage.model.finish()
  await stage.end(turnId)
  await expect(stage.apply(proposal?.hunkId ?? '', 1)).rejects.toMatchObject({ code: 'hunk_decided' })
  expect(await stage.text('a.txt')).toBe('one\nconst two = 2\nmore\nthree\nconst two = 2\n')
})

test('H8 What the model did not write again can be applied once it was asked, also where asking failed.', async () => {
  for (const answer of ['nothing', 'failure'] as const) {
    const stage = await Stage.open({ 'a.txt': 'one\ntwo\nthree\ntwo\n' })
    const turnId = await stage.asked()
    stage.model.say(change('a.txt', 'two\n', '2\n'))
    stage.model.finish()
    if (answer === 'failure') stage.model.fail({ code: 'stream_lost' })
    await stage.end(turnId)
    await stage.apply((await stage.hunks())[0]?.hunkId ?? '', 1)
    expect(await stage.text('a.txt')).toBe('one\ntwo\nthree\n2\n')
  }
})

test('A turn that was cut off asks for nothing again.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  const turnId = await stage.asked()
  stage.model.say(change('a.txt', 'nowhere\n', 'x\n'))
  stage.model.finish('length')
  await stage.end(turnId)
  expect(stage.model.requests).toHaveLength(1)
})

test('Of two blocks in a file that failed, an answer that holds one mends nothing that a person could not still place.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\ntwo\nthree\n' })
  const first = change('a.txt', 'nowhere 1\n', '1\n') + change('a.txt', 'nowhere 2\n', '2\n')
  await answers(stage, first, change('a.txt', 'two\n', '2\n'), '')
  expect(await stage.text('a.txt')).toBe('one\n2\nthree\n')
  expect(await seen(stage)).toEqual([
    [1, 'unmatched', 'no_match'],
    [2, 'unmatched', 'no_match'],
    [3, 'settled', undefined],
  ])
})

test('A proposal that the model was not told of stays, also when it writes another block of that file again.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\ntwo\nthree\nfour\nfive\n' })
  const turnId = await stage.asked('Change it', { openFileIds: [await stage.fileId('a.txt')] })
  const streamed = change('a.txt', 'one\ntwo\nthree\n', 'a new line\n'.repeat(60))
  stage.model.say(change('a.txt', 'nowhere\n', 'x\n') + streamed.slice(0, 600))
  await stage.pass(4)
  await stage.type('a.txt', (text) => text.insert(text.toString().indexOf('two'), 'typed '))
  stage.model.say(streamed.slice(600))
  stage.model.finish()
  stage.model.say(change('a.txt', 'five\n', '5\n'))
  stage.model.finish()
  await stage.end(turnId)
  expect(await seen(stage)).toEqual([
    [1, 'aborted', 'retried'],
    [2, 'conflict', 'changed_meanwhile'],
    [3, 'settled', undefined],
  ])
})

test('What was to stand in a file that went with its broken block is closed once the model has written it again.', async () => {
  const stage = await Stage.open()
  const turnId = await stage.asked()
  const elided = whole('b.js', `${'one more line\n'.repeat(50)}// ... rest unchanged\n`)
  stage.model.say(elided.slice(0, -30))
  await stage.pass(4)
  expect(await stage.paths()).toEqual(['b.js'])
  stage.model.say(elided.slice(-30))
  stage.model.finish()
  stage.model.say(whole('b.js', 'one\n'))
  stage.model.finish()
  await stage.end(turnId)
  expect(await seen(stage)).toEqual([
    [1, 'aborted', 'malformed'],
    [1, 'aborted', 'retried'],
    [2, 'settled', undefined],
  ])
  expect(await stage.text('b.js')).toBe('one\n')
})
