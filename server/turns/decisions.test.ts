import { expect, test, vi } from 'vitest'
import { Stage, until } from './testing/stage.ts'

const change = (path: string, search: string, replace: string) =>
  `${path}\n\`\`\`\n<<<<<<< SEARCH\n${search}=======\n${replace}>>>>>>> REPLACE\n\`\`\`\n`
const whole = (path: string, content: string) => `${path}\n\`\`\`\n${content}\`\`\`\n`
const ids = async (stage: Stage) => (await stage.hunks()).map(({ hunkId }) => hunkId)
const states = async (stage: Stage) => (await stage.hunks()).map(({ state }) => state)

test('H2 Accepting keeps the text, rejecting restores the old one, and each happens once.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\ntwo\nthree\nfour\nfive\nsix\n' })
  await stage.answer(change('a.txt', 'one\n', '1\n') + change('a.txt', 'six\n', '6\n'))
  const [first = '', last = ''] = await ids(stage)
  expect(await stage.decide('accept', [first])).toEqual({ decided: [first], skipped: [] })
  expect(await stage.decide('reject', [first, last, 'unknown'])).toEqual({ decided: [last], skipped: [first, 'unknown'] })
  expect(await stage.decide('accept', [last])).toEqual({ decided: [], skipped: [last] })
  expect(await stage.text('a.txt')).toBe('1\ntwo\nthree\nfour\nfive\nsix\n')
  expect(await stage.hunks()).toMatchObject([
    { state: 'accepted', decidedBy: stage.owner },
    { state: 'rejected', decidedBy: stage.owner },
  ])
})

test('H2 Two people who decide the same hunk at once: the first one counts.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  await stage.answer(change('a.txt', 'one\n', '1\n'))
  const [hunk = ''] = await ids(stage)
  const decisions = await Promise.all([stage.decide('reject', [hunk]), stage.decide('accept', [hunk])])
  expect(decisions).toEqual([
    { decided: [hunk], skipped: [] },
    { decided: [], skipped: [hunk] },
  ])
  expect(await stage.text('a.txt')).toBe('one\n')
})

test('H2 Everything of several files is rejected with one row per document.', async () => {
  const stage = await Stage.open({ 'a.txt': 'a\n\n\n\nb\n', 'b.txt': 'c\n' })
  await stage.answer(change('a.txt', 'a\n', 'A\n') + change('a.txt', 'b\n', 'B\n') + change('b.txt', 'c\n', 'C\n'))
  const rows: string[] = []
  stage.documents.onCommitted(({ fileId }) => rows.push(fileId))
  await stage.decide('reject', await ids(stage))
  expect([await stage.text('a.txt'), await stage.text('b.txt')]).toEqual(['a\n\n\n\nb\n', 'c\n'])
  expect(rows.toSorted()).toEqual([await stage.fileId('a.txt'), await stage.fileId('b.txt')].toSorted())
})

test('H3 Hunks are decided after a restart as before it.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\ntwo 🐍\nthree\n' })
  await stage.answer(change('a.txt', 'two 🐍\n', '2 🐢\nand more\n'))
  await stage.leave()
  const again = stage.reopen()
  await again.type('a.txt', (text) => text.insert(text.toString().indexOf(' more'), ' HUMAN'))
  await again.decide('reject', await ids(again))
  expect((await again.text('a.txt')).replace(' HUMAN', '')).toBe('one\ntwo 🐍\nthree\n')
  expect(await again.text('a.txt')).toContain(' HUMAN')
})

test('H4 A created file is confirmed by accepting it and deleted by rejecting it, with everything the assistant wrote in it.', async () => {
  const stage = await Stage.open()
  await stage.answer(whole('a.txt', 'one\n') + whole('b.txt', 'two\n') + change('b.txt', 'two\n', 'zwei\n'))
  const [a = '', b = '', inB = ''] = await ids(stage)
  await stage.decide('accept', [a])
  await stage.decide('reject', [b])
  const [kept, ...others] = await stage.sessions.files(stage.sessionId)
  expect(kept).toMatchObject({ path: 'a.txt' })
  expect(kept).not.toHaveProperty('proposedBy')
  expect(others).toEqual([])
  expect(await states(stage)).toEqual(['accepted', 'rejected', 'rejected'])
  expect(await stage.decide('accept', [inB])).toEqual({ decided: [], skipped: [inB] })
})

test('H4 A rejected file stays, no longer proposed, where a person has written in it.', async () => {
  const stage = await Stage.open()
  await stage.answer(whole('a.txt', 'one\ntwo\n'))
  await stage.type('a.txt', (text) => text.insert(4, 'mine\n'))
  await stage.decide('reject', await ids(stage))
  expect(await stage.text('a.txt')).toBe('mine\n')
  expect((await stage.sessions.files(stage.sessionId))[0]).not.toHaveProperty('proposedBy')
})

test('H2 A proposal can be dismissed and not accepted.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  await stage.answer(change('a.txt', 'missing\n', '1\n') + change('nowhere.txt', 'x\n', 'y\n'))
  const proposals = await ids(stage)
  expect(await stage.decide('accept', proposals)).toEqual({ decided: [], skipped: proposals })
  expect((await stage.decide('reject', proposals)).decided.toSorted()).toEqual(proposals.toSorted())
  expect(await states(stage)).toEqual(['rejected', 'rejected'])
  expect(await stage.text('a.txt')).toBe('one\n')
})

test('Hunks of a deleted file can still be decided.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  await stage.answer(change('a.txt', 'one\n', '1\n'))
  await stage.sessions.deleteFile(stage.sessionId, await stage.fileId('a.txt'))
  const hunks = await ids(stage)
  expect(await stage.decide('reject', hunks)).toEqual({ decided: hunks, skipped: [] })
  expect(await states(stage)).toEqual(['rejected'])
})

test('Hunks of another session are not touched.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  await stage.answer(change('a.txt', 'one\n', '1\n'))
  const hunkIds = await ids(stage)
  const { sessionId } = await stage.sessions.createEmpty('visit')
  const decision = { sessionId, participantId: 'p', hunkIds, decision: 'reject' } as const
  expect(await stage.turns.decide(decision)).toEqual({ decided: [], skipped: hunkIds })
})

test('A hunk that is named twice is taken back once.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\ntwo\nthree\n' })
  await stage.answer(change('a.txt', 'two\n', ''))
  const [hunk = ''] = await ids(stage)
  expect(await stage.decide('reject', [hunk, hunk])).toEqual({ decided: [hunk], skipped: [] })
  expect(await stage.text('a.txt')).toBe('one\ntwo\nthree\n')
})

test('A decision that is being stored while a later hunk is taken back is not undone by it.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\nthe landmark\n' })
  const turnId = await stage.asked()
  stage.model.say(change('a.txt', 'one\n', 'uno\n'))
  await stage.pass(3)
  stage.model.say('a.txt\n```\n<<<<<<< SEARCH\nuno\nthe landmark\n=======\neins\nthe landmark\n')
  await stage.pass(12)
  expect(await stage.text('a.txt')).toBe('eins\nthe landmark\n')
  const [first = ''] = await ids(stage)

  const append = stage.store.append.bind(stage.store)
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  const appending = vi.spyOn(stage.store, 'append').mockImplementation(async (row) => held.then(() => append(row)))
  const decided = stage.decide('accept', [first])
  await until(() => appending.mock.calls.length === 1)
  const stopped = stage.stop(turnId)
  await stage.pass(3)
  release()
  expect(await decided).toEqual({ decided: [first], skipped: [] })
  await stopped
  expect(await stage.text('a.txt')).toBe('uno\nthe landmark\n')
  expect(await states(stage)).toEqual(['accepted', 'aborted'])
})
