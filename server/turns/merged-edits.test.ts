import { expect, test } from 'vitest'
import { Stage } from './testing/stage.ts'

const path = 'a.txt'
const change = (search: string, replace: string) =>
  `${path}\n\`\`\`\n<<<<<<< SEARCH\n${search}=======\n${replace}>>>>>>> REPLACE\n\`\`\`\n`
/** Asks, with the file as it is now as what the model sees. */
const askedAbout = async (stage: Stage) => stage.asked('Change it', { openFileIds: [await stage.fileId(path)] })
const lines = (from: number, to: number, name = 'old line') =>
  Array.from({ length: to - from }, (_, index) => `${name} ${from + index}\n`).join('')

test('What a person changes in a block’s range while it is on its way is merged with it, and rejecting leaves just that.', async () => {
  const stage = await Stage.open({ [path]: 'one\ntwo\nthree\n' })
  const turnId = await askedAbout(stage)
  await stage.type(path, (text) => text.insert(3, '!'))
  stage.model.say(change('one\ntwo\nthree\n', 'uno\ntwo\ndrei\n').replace('uno', 'one'))
  await stage.type(path, (text) => text.insert(text.toString().indexOf('two'), 'really '))
  stage.model.finish()
  await stage.end(turnId)
  expect(await stage.text(path)).toBe('one!\nreally two\ndrei\n')
  const [hunk] = await stage.hunks()
  expect(hunk).toMatchObject({ state: 'settled', baseText: 'three\n', addedLines: 1, deletedLines: 1 })
  await stage.decide('reject', [hunk?.hunkId ?? ''])
  expect(await stage.text(path)).toBe('one!\nreally two\nthree\n')
})

test('A file that the model was not shown is to it what it was before the turn, and what people type since is merged.', async () => {
  const stage = await Stage.open({ [path]: 'one\ntwo\nthree\n' })
  await stage.type(path, (text) => text.insert(0, 'zero\n'))
  const turnId = await stage.asked('Change it')
  await stage.type(path, (text) => text.insert(text.toString().indexOf('\ntwo'), '!'))
  stage.model.say(change('zero\none\ntwo\n', 'zero\none\nzwei\n'))
  stage.model.finish()
  await stage.end(turnId)
  expect(await stage.text(path)).toBe('zero\none!\nzwei\nthree\n')
  const [hunk] = await stage.hunks()
  expect(hunk).toMatchObject({ state: 'settled', baseText: 'two\n' })
})

test('Lines that a person has added among replaced ones are kept by a merge, which says that it is one.', async () => {
  const stage = await Stage.open({ [path]: lines(0, 6) })
  const turnId = await askedAbout(stage)
  await stage.type(path, (text) => text.insert(text.toString().indexOf('old line 3'), 'a person’s line\n'))
  stage.model.say(change(lines(0, 6), lines(0, 1) + lines(1, 3, 'new line') + lines(3, 4) + lines(4, 6, 'new line')))
  stage.model.finish()
  await stage.end(turnId)
  const merged = `${lines(0, 1)}${lines(1, 3, 'new line')}a person’s line\n${lines(3, 4)}${lines(4, 6, 'new line')}`
  expect(await stage.text(path)).toBe(merged)
  const hunks = await stage.hunks()
  expect(hunks).toMatchObject([{ state: 'settled', merged: true }])
  await stage.decide(
    'reject',
    hunks.map(({ hunkId }) => hunkId),
  )
  expect(await stage.text(path)).toBe(lines(0, 3) + 'a person’s line\n' + lines(3, 6))
})

test('The same line changed by both becomes a proposal that knows its place and keeps what else people wrote.', async () => {
  const stage = await Stage.open({ [path]: 'one\ntwo\nthree\n' })
  const turnId = await askedAbout(stage)
  await stage.type(path, (text) => {
    text.insert(text.toString().indexOf('two') + 3, ' (Mara)')
    text.insert(text.length - 1, ' (Mara)')
  })
  const live = await stage.text(path)
  stage.model.say(change('two\nthree\n', 'zwei\nthree\n'))
  stage.model.finish()
  await stage.end(turnId)
  expect(await stage.text(path)).toBe(live)
  const [hunk] = await stage.hunks()
  expect(hunk).toMatchObject({ state: 'conflict', reason: 'changed_meanwhile', baseText: 'two\n', proposedText: 'zwei\n' })
  const [candidate] = hunk?.candidates ?? []
  if (hunk === undefined || candidate === undefined) throw new Error('no candidate')
  const range = await stage.rangeOf({ ...hunk, ...candidate })
  expect(live.slice(range.start, range.end)).toBe('two (Mara)\n')
})

test('A change in what a streaming block has still to replace is merged when its last lines have arrived.', async () => {
  const stage = await Stage.open({ [path]: `first\n${lines(0, 60)}last\n` })
  const turnId = await askedAbout(stage)
  stage.model.say(`${change(lines(0, 60), '').split('=======')[0]}=======\n${lines(0, 45, 'new line')}`)
  await stage.pass(4)
  expect(await stage.text(path)).toContain('new line 44\nold line 0\n')
  await stage.type(path, (text) => text.insert(text.toString().indexOf('old line 58\n'), 'a person’s line\n'))
  stage.model.say(`${lines(45, 50, 'new line')}${lines(57, 60)}>>>>>>> REPLACE\n\`\`\`\n`)
  stage.model.finish()
  await stage.end(turnId)
  const rest = `old line 57\na person’s line\n${lines(58, 60)}`
  expect(await stage.text(path)).toBe(`first\n${lines(0, 50, 'new line')}${rest}last\n`)
  const hunks = await stage.hunks()
  expect(hunks).toMatchObject([{ state: 'settled', merged: true, addedLines: 50, deletedLines: 57, baseText: lines(0, 57) }])
  await stage.decide(
    'reject',
    hunks.map(({ hunkId }) => hunkId),
  )
  expect(await stage.text(path)).toBe(`first\n${lines(0, 58)}a person’s line\n${lines(58, 60)}last\n`)
})

test('What people have already done themselves makes no hunk.', async () => {
  const stage = await Stage.open({ [path]: 'one\ntwo\nthree\n' })
  const turnId = await askedAbout(stage)
  await stage.type(path, (text) => {
    text.delete(4, 3)
    text.insert(4, 'zwei')
  })
  stage.model.say(change('two\n', 'zwei\n'))
  stage.model.finish()
  await stage.end(turnId)
  expect(await stage.text(path)).toBe('one\nzwei\nthree\n')
  expect(await stage.hunks()).toEqual([])
})

test('A streaming block whose rest people have already written themselves is settled all the same.', async () => {
  const stage = await Stage.open({ [path]: `${lines(0, 44)}last\n` })
  const turnId = await askedAbout(stage)
  stage.model.say(`${change(`${lines(0, 44)}last\n`, '').split('=======')[0]}=======\n${lines(0, 44, 'new line')}`)
  await stage.pass(4)
  await stage.type(path, (text) => {
    const rest = text.toString().indexOf('old line 0')
    text.delete(rest, text.length - rest)
    text.insert(rest, 'end\n')
  })
  stage.model.say('end\n>>>>>>> REPLACE\n```\n')
  stage.model.finish()
  await stage.end(turnId)
  expect(await stage.text(path)).toBe(`${lines(0, 44, 'new line')}end\n`)
  expect(await stage.hunks()).toMatchObject([{ state: 'settled', merged: true }])
})
