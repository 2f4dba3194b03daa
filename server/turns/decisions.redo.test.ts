import { expect, test } from 'vitest'
import { Stage } from './testing/stage.ts'

const change = (path: string, search: string, replace: string) =>
  `${path}\n\`\`\`\n<<<<<<< SEARCH\n${search}=======\n${replace}>>>>>>> REPLACE\n\`\`\`\n`
const ids = async (stage: Stage) => (await stage.hunks()).map(({ hunkId }) => hunkId)
const states = async (stage: Stage) => (await stage.hunks()).map(({ state }) => state)
const basis = 'one\ntwo 🐍\nthree\nfour\nfive\nsix\n'
const answer = change('a.txt', 'two 🐍\n', '2 🐢\nand more\n') + change('a.txt', 'six\n', '6\n')
const answered = 'one\n2 🐢\nand more\nthree\nfour\nfive\n6\n'

test('H5 What was rejected is redone, open to everybody again, and can be rejected again.', async () => {
  const stage = await Stage.open({ 'a.txt': basis })
  await stage.answer(answer)
  const hunks = await ids(stage)
  const before = await stage.hunks()
  const ranges = await Promise.all(before.map((hunk) => stage.rangeOf(hunk)))
  await stage.decide('reject', hunks)
  expect(await stage.text('a.txt')).toBe(basis)
  expect(await stage.decide('redo', hunks)).toEqual({ decided: hunks, skipped: [] })
  expect(await stage.text('a.txt')).toBe(answered)
  const after = await stage.hunks()
  const withoutPlaces = ({ start: _start, end: _end, reversal: _reversal, ...hunk }: (typeof after)[number]) => hunk
  expect(after.map(withoutPlaces)).toEqual(before.map(withoutPlaces))
  expect(await Promise.all(after.map((hunk) => stage.rangeOf(hunk)))).toEqual(ranges)
  await stage.decide('reject', hunks)
  expect(await stage.text('a.txt')).toBe(basis)
})

test('H5 A redo after a restart leaves what people wrote before and after the reject.', async () => {
  const stage = await Stage.open({ 'a.txt': basis })
  await stage.answer(answer)
  await stage.type('a.txt', (text) => text.insert(text.toString().indexOf(' more'), ' ONE'))
  const hunks = await ids(stage)
  await stage.decide('reject', hunks)
  await stage.leave()
  const again = stage.reopen()
  await again.type('a.txt', (text) => text.insert(text.toString().indexOf('three'), 'TWO '))
  expect(await again.decide('redo', hunks)).toEqual({ decided: hunks, skipped: [] })
  expect(await again.text('a.txt')).toBe(answered.replace(' more', ' ONE more').replace('three', 'TWO three'))
  await again.leave()
  const last = again.reopen()
  await last.decide('reject', hunks)
  expect((await last.text('a.txt')).replace(' ONE', '')).toBe(basis.replace('three', 'TWO three'))
})

test('H5 A redo is one row per document, with the text and the hunks of it.', async () => {
  const stage = await Stage.open({ 'a.txt': basis, 'b.txt': 'x\n' })
  await stage.answer(answer + change('b.txt', 'x\n', 'y\n'))
  await stage.decide('reject', await ids(stage))
  const rows: { fileId: string; hunks: number }[] = []
  stage.documents.onCommitted(({ fileId, hunkEvents = [] }) => rows.push({ fileId, hunks: hunkEvents.length }))
  await stage.decide('redo', await ids(stage))
  expect(rows.toSorted((a, b) => b.hunks - a.hunks)).toEqual([
    { fileId: await stage.fileId('a.txt'), hunks: 2 },
    { fileId: await stage.fileId('b.txt'), hunks: 1 },
  ])
})

test('H5 Nothing is redone once a later turn has begun, what is open is not, and a proposal never is.', async () => {
  const stage = await Stage.open({ 'a.txt': basis })
  await stage.answer(answer + change('a.txt', 'missing\n', 'found\n'))
  const [first = '', second = '', proposal = ''] = await ids(stage)
  await stage.decide('reject', [first, proposal])
  expect(await stage.decide('redo', [first, second, proposal, 'unknown'])).toEqual({
    decided: [first],
    skipped: [second, proposal, 'unknown'],
  })
  await stage.decide('reject', [first])
  await stage.answer('Nothing to do.')
  expect(await stage.decide('redo', [first])).toEqual({ decided: [], skipped: [first] })
  expect(await states(stage)).toEqual(['rejected', 'settled', 'rejected'])
})

test('H5 A turn that waits for its place has not begun.', async () => {
  const stage = await Stage.open({ 'a.txt': basis })
  await stage.asked()
  stage.model.say(answer)
  await stage.pass(20)
  await stage.ask('Later')
  const hunks = await ids(stage)
  await stage.decide('reject', hunks)
  expect(await stage.decide('redo', hunks)).toEqual({ decided: hunks, skipped: [] })
  expect(await stage.text('a.txt')).toBe(answered)
})

test('H5 A hunk of a file that is gone is not redone.', async () => {
  const stage = await Stage.open({ 'a.txt': basis })
  await stage.answer(answer)
  const hunks = await ids(stage)
  await stage.decide('reject', hunks)
  await stage.sessions.deleteFile(stage.sessionId, await stage.fileId('a.txt'))
  expect(await stage.decide('redo', hunks)).toEqual({ decided: [], skipped: hunks })
})

test('H6 Reverting a turn rejects what is open and reverts what was accepted; a redo brings both back.', async () => {
  const stage = await Stage.open({ 'a.txt': basis })
  await stage.answer(answer + change('a.txt', 'missing\n', 'found\n'))
  const hunks = await ids(stage)
  await stage.decide('accept', hunks.slice(0, 1))
  await stage.leave()
  const again = stage.reopen()
  expect(await again.decide('revert', hunks)).toEqual({ decided: hunks, skipped: [] })
  expect(await again.text('a.txt')).toBe(basis)
  expect(await states(again)).toEqual(['reverted', 'rejected', 'rejected'])
  expect(await again.decide('revert', hunks)).toEqual({ decided: [], skipped: hunks })
  expect(await again.decide('redo', hunks)).toEqual({ decided: hunks.slice(0, 2), skipped: hunks.slice(2) })
  expect(await again.text('a.txt')).toBe(answered)
  expect((await again.hunks()).map(({ state, decidedBy }) => [state, decidedBy])).toEqual([
    ['accepted', again.owner],
    ['settled', undefined],
    ['rejected', again.owner],
  ])
})

test('H6 A later turn is no obstacle to a revert, and its own text stays.', async () => {
  const stage = await Stage.open({ 'a.txt': basis })
  await stage.answer(answer)
  const hunks = await ids(stage)
  await stage.decide('accept', hunks)
  await stage.answer(change('a.txt', 'four\n', '4\n'))
  await stage.decide('revert', hunks)
  expect(await stage.text('a.txt')).toBe(basis.replace('four', '4'))
})

test('H2 Accepting all leaves the text and nothing open.', async () => {
  const stage = await Stage.open({ 'a.txt': basis })
  await stage.answer(answer)
  await stage.decide('accept', await ids(stage))
  expect(await stage.text('a.txt')).toBe(answered)
  expect(await states(stage)).toEqual(['accepted', 'accepted'])
})
