import { expect, test } from 'vitest'
import type { HunkEvent } from '#protocol/hunks.ts'
import { Stage } from './testing/stage.ts'

const path = 'a.txt'
const lines = (from: number, to: number, name = 'old line') =>
  Array.from({ length: to - from }, (_, index) => `${name} ${from + index}\n`).join('')
const openBlock = (search: string) => `${path}\n\`\`\`\n<<<<<<< SEARCH\n${search}=======\n`
const close = '>>>>>>> REPLACE\n```\n'

test('Of a block that replaces lines here and there only what is new is told, and everybody knows the old lines all the same.', async () => {
  const old = lines(0, 300)
  const stage = await Stage.open({ [path]: old })
  const turnId = await stage.asked()
  const mixed = Array.from({ length: 300 }, (_, index) => (index % 3 === 0 ? `new line ${index}\n` : `old line ${index}\n`))
  stage.model.say(openBlock(old))
  for (let at = 0; at < 300; at += 45) {
    stage.model.say(mixed.slice(at, at + 45).join(''))
    await stage.pass(2)
  }
  const [streaming] = await stage.hunks()
  expect(streaming).toMatchObject({ state: 'streaming', deletedLines: 298, addedLines: 298 })
  expect(streaming?.baseText).toBe(lines(0, 298))
  const told = stage.tab.hunks.map((event) => (event.type === 'grew' ? (event.replaced?.text ?? '') : event.hunk.baseText))
  expect(Math.max(...told.map((text) => text.split('\n').length))).toBeLessThan(100)
  expect(kinds(stage.tab.hunks)).toEqual(['opened streaming', ...told.slice(1).map(() => 'grew')])
  stage.model.say(close)
  stage.model.finish()
  await stage.end(turnId)
  expect(await stage.text(path)).toBe(mixed.join(''))
  await stage.decide('reject', [streaming?.hunkId ?? ''])
  expect(await stage.text(path)).toBe(old)
})

async function spanned(stage: Stage): Promise<string> {
  const [hunk] = await stage.hunks()
  if (hunk === undefined) throw new Error('no hunk')
  const { start, end } = await stage.rangeOf(hunk)
  return (await stage.text(path)).slice(start, end)
}

const kinds = (events: readonly HunkEvent[]) =>
  events.map((event) => (event.type === 'grew' ? 'grew' : `${event.type} ${event.hunk.state}`))

test('A large block is written while it arrives, above the old text, which goes last.', async () => {
  const before = `first\n${lines(0, 60)}last\n`
  const stage = await Stage.open({ [path]: before })
  const turnId = await stage.asked()
  stage.model.say(openBlock(lines(0, 60)) + lines(0, 41, 'new line'))
  await stage.pass(4)
  expect(await stage.text(path)).toBe(`first\n${lines(0, 41, 'new line')}${lines(0, 60)}last\n`)
  stage.model.say(lines(41, 50, 'new line'))
  await stage.pass(2)
  stage.model.say(lines(50, 70, 'new line') + close)
  stage.model.finish()
  await stage.end(turnId)
  expect(await stage.text(path)).toBe(`first\n${lines(0, 70, 'new line')}last\n`)
  expect(kinds(stage.tab.hunks)).toEqual(['opened streaming', 'grew', 'changed settled'])
  expect(stage.tab.hunks[1]).toMatchObject({ type: 'grew', addedLines: 50 })
  const [hunk] = await stage.hunks()
  expect(hunk).toMatchObject({ baseText: lines(0, 60), addedLines: 70, deletedLines: 60 })
  expect(await spanned(stage)).toBe(lines(0, 70, 'new line'))
})

test('A slow block is written after a while although it is small.', async () => {
  const stage = await Stage.open({ [path]: 'one\ntwo\nthree\n' })
  const turnId = await stage.asked()
  stage.model.say(`${openBlock('two\n')}2\n`)
  await stage.pass(4)
  expect(await stage.text(path)).toBe('one\ntwo\nthree\n')
  await stage.pass(8)
  expect(await stage.text(path)).toBe('one\n2\ntwo\nthree\n')
  stage.model.say(close)
  stage.model.finish()
  await stage.end(turnId)
  expect(await stage.text(path)).toBe('one\n2\nthree\n')
})

test('Lines that stay are left alone, and the hunk spans only what changes.', async () => {
  const stage = await Stage.open({ [path]: lines(0, 60) })
  const turnId = await stage.asked()
  stage.model.say(openBlock(lines(0, 60)) + lines(0, 20) + lines(0, 3, 'new line') + lines(22, 50))
  await stage.pass(4)
  expect(await stage.text(path)).toBe(lines(0, 20) + lines(0, 3, 'new line') + lines(22, 60))
  const [streaming] = await stage.hunks()
  expect(streaming).toMatchObject({ state: 'streaming', baseText: lines(20, 22), addedLines: 3, deletedLines: 2 })
  expect(await spanned(stage)).toBe(lines(0, 3, 'new line'))
  stage.model.say(lines(50, 60) + close)
  stage.model.finish()
  await stage.end(turnId)
  expect(await stage.hunks()).toEqual([{ ...streaming, state: 'settled' }])
})

test('A line that was already there is not written anew when it follows the change.', async () => {
  const old = `${lines(0, 45)}\n}\nnext function\n`
  const stage = await Stage.open({ [path]: old })
  const turnId = await stage.asked()
  stage.model.say(`${openBlock(old)}${lines(0, 44)}replaced\n\n}\nnext function\n`)
  await stage.pass(4)
  stage.model.say(close)
  stage.model.finish()
  await stage.end(turnId)
  expect(await stage.text(path)).toBe(`${lines(0, 44)}replaced\n\n}\nnext function\n`)
  expect(await stage.hunks()).toMatchObject([{ baseText: 'old line 44\n', addedLines: 1, deletedLines: 1 }])
})

test('People may type before, behind and in the written part of a hunk while it streams.', async () => {
  const stage = await Stage.open({ [path]: `first\n${lines(0, 3)}last\n` })
  const turnId = await stage.asked()
  stage.model.say(openBlock(lines(0, 3)) + lines(0, 50, 'new line'))
  await stage.pass(4)
  const type = (anchor: string, typed: string) =>
    stage.type(path, (text) => text.insert(text.toString().indexOf(anchor) + 1, typed))
  await type('first', 'A')
  await type('last', 'B')
  await type('new line 7\n', 'C')
  await stage.pass()
  stage.model.say(lines(50, 60, 'new line'))
  await stage.pass(3)
  expect(await stage.text(path)).toContain('new line 59\nold line 0\n')
  stage.model.say(close)
  stage.model.finish()
  await stage.end(turnId)
  const expected = `fAirst\n${lines(0, 60, 'new line').replace('new line 7\n', 'nCew line 7\n')}lBast\n`
  expect(await stage.text(path)).toBe(expected)
  const [hunk] = await stage.hunks()
  await stage.decide('reject', [hunk?.hunkId ?? ''])
  const restored = await stage.text(path)
  expect(restored.replace('C', '')).toBe(`fAirst\n${lines(0, 3)}lBast\n`)
})

test('A person’s change in the old text that is still to go stops the writing and makes a proposal in the end.', async () => {
  const before = `first\n${lines(0, 30)}last\n`
  const stage = await Stage.open({ [path]: before })
  const turnId = await stage.asked()
  stage.model.say(openBlock(lines(0, 30)) + lines(0, 50, 'new line'))
  await stage.pass(4)
  await stage.type(path, (text) => text.insert(text.toString().indexOf('line 12', text.toString().indexOf('old')), 'HUMAN '))
  const stopped = await stage.text(path)
  stage.model.say(lines(50, 90, 'new line'))
  await stage.pass(4)
  expect(await stage.text(path)).toBe(stopped)
  stage.model.say(close)
  stage.model.finish()
  await stage.end(turnId)
  expect(await stage.text(path)).toBe(before.replace('line 12', 'HUMAN line 12'))
  expect(await stage.hunks()).toMatchObject([
    {
      state: 'conflict',
      reason: 'changed_meanwhile',
      baseText: lines(0, 30),
      proposedText: lines(0, 90, 'new line'),
    },
  ])
  expect(stage.tab.hunks.map((event) => event.type)).toEqual(['opened', 'changed'])
})

test('Rejecting a settled hunk while a later one streams changes nothing of the later one.', async () => {
  const stage = await Stage.open({ [path]: `one\n${lines(0, 3)}` })
  const turnId = await stage.asked()
  stage.model.say(`${openBlock('one\n')}1\n${close}${openBlock(lines(0, 3))}${lines(0, 50, 'new line')}`)
  await stage.pass(4)
  const [settled, streaming] = await stage.hunks()
  expect(await stage.decide('reject', [settled?.hunkId ?? '', streaming?.hunkId ?? ''])).toEqual({
    decided: [settled?.hunkId],
    skipped: [streaming?.hunkId],
  })
  stage.model.say(lines(50, 60, 'new line') + close)
  stage.model.finish()
  await stage.end(turnId)
  expect(await stage.text(path)).toBe(`one\n${lines(0, 60, 'new line')}`)
})

test('A block that builds on a rejected hunk is a conflict.', async () => {
  const stage = await Stage.open({ [path]: 'one\ntwo\n' })
  const turnId = await stage.asked()
  stage.model.say(`${openBlock('one\n')}uno\n${close}`)
  await stage.pass(3)
  await stage.decide(
    'reject',
    (await stage.hunks()).map(({ hunkId }) => hunkId),
  )
  stage.model.say(`${openBlock('uno\n')}eins\n${close}`)
  stage.model.finish()
  await stage.end(turnId)
  expect(await stage.text(path)).toBe('one\ntwo\n')
  expect(await stage.hunks()).toMatchObject([{ state: 'rejected' }, { state: 'conflict', reason: 'changed_meanwhile' }])
})

test('A file that is deleted while a block streams into it makes the block a proposal, and the turn goes on.', async () => {
  const stage = await Stage.open({ [path]: lines(0, 3), 'b.txt': 'one\n' })
  const turnId = await stage.asked()
  stage.model.say(openBlock(lines(0, 3)) + lines(0, 50, 'new line'))
  await stage.pass(4)
  await stage.sessions.deleteFile(stage.sessionId, await stage.fileId(path))
  stage.model.say(lines(50, 60, 'new line'))
  await stage.pass(3)
  stage.model.say(`${close}${openBlock('one\n').replace(path, 'b.txt')}1\n${close}`)
  stage.model.finish()
  expect(await stage.end(turnId)).toMatchObject({ reason: 'complete' })
  expect(await stage.text('b.txt')).toBe('1\n')
  expect((await stage.hunks()).map(({ path: of, state, reason }) => [of, state, reason])).toEqual([
    [path, 'unmatched', 'no_such_file'],
    ['b.txt', 'settled', undefined],
  ])
})

test('At most one row per frame is written, however fast the answer comes.', async () => {
  const stage = await Stage.open()
  const turnId = await stage.asked()
  let rows = 0
  stage.documents.onCommitted(() => (rows += 1))
  stage.model.say('new.txt\n```\n')
  for (let frame = 0; frame < 30; frame += 1) {
    for (let token = 0; token < 50; token += 1) stage.model.say(`w${token}${token % 10 === 9 ? '\n' : ' '}`)
    await stage.pass()
  }
  stage.model.say('```\n')
  stage.model.finish()
  await stage.end(turnId)
  expect(rows).toBeGreaterThan(20)
  expect(rows).toBeLessThanOrEqual(32)
})

test('What a person types between the written lines and the old ones stays, also when a line written before turns out to be kept.', async () => {
  const stage = await Stage.open({ [path]: 'if (x) {\n  foo()\n}\nthe tail\n' })
  const turnId = await stage.asked()
  stage.model.say(`${openBlock('if (x) {\n  foo()\n}\nthe tail\n')}  bar()\n}\n`)
  await stage.pass(12)
  expect(await stage.text(path)).toBe('  bar()\n}\nif (x) {\n  foo()\n}\nthe tail\n')
  await stage.type(path, (text) => text.insert('  bar()\n}\n'.length, 'HUMAN'))
  stage.model.say(`the tail\n${close}`)
  stage.model.finish()
  expect(await stage.end(turnId)).toMatchObject({ reason: 'complete' })
  expect(await stage.text(path)).toBe('  bar()\n}\nHUMANthe tail\n')
  expect(await stage.hunks()).toMatchObject([{ state: 'settled' }])
})

test('A file without a final line feed stays without one, whether its last lines are written at once or while they arrive.', async () => {
  const fresh = lines(0, 60, 'new line')
  for (const { search, replace, after } of [
    { search: 'last\n', replace: fresh, after: `first\n${fresh}` },
    { search: '', replace: fresh, after: `first\nlast\n${fresh}` },
    { search: 'first\nlast\n', replace: `${fresh}last\n`, after: `${fresh}last\n` },
  ]) {
    for (const isStreamed of [false, true]) {
      const stage = await Stage.open({ [path]: 'first\nlast' })
      const turnId = await stage.asked()
      stage.model.say(openBlock(search) + replace)
      if (isStreamed) await stage.pass(4)
      stage.model.say(close)
      stage.model.finish()
      await stage.end(turnId)
      expect(await stage.text(path)).toBe(after.slice(0, -1))
      await stage.decide(
        'reject',
        (await stage.hunks()).map(({ hunkId }) => hunkId),
      )
      expect(await stage.text(path)).toBe('first\nlast')
    }
  }
})
