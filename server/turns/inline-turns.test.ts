import { expect, test } from 'vitest'
import { Stage, until } from './testing/stage.ts'

const block = (...lines: string[]) => `\`\`\`\n${lines.map((line) => `${line}\n`).join('')}\`\`\`\n`

async function answered(stage: Stage, turnId: string, answer: string) {
  stage.model.say(answer)
  stage.model.finish()
  return stage.end(turnId)
}

test('T8: An inline edit replaces exactly the selected lines, also where their text stands several times.', async () => {
  const stage = await Stage.open({ 'a.txt': 'same\nsame\nsame\n' })
  const turnId = await stage.inlineAsked('a.txt', { start: 7, end: 8 })
  await answered(stage, turnId, block('changed'))
  expect(await stage.text('a.txt')).toBe('same\nchanged\nsame\n')
  expect(await stage.hunks()).toMatchObject([
    { turnId, block: 1, path: 'a.txt', kind: 'edit', state: 'settled', rung: 'exact', baseText: 'same\n' },
  ])
  expect(await stage.turn(turnId)).toMatchObject({ number: 1, kind: 'inline', reason: 'complete', prompt: 'Change them' })
  await stage.decide('reject', [(await stage.hunks())[0]?.hunkId ?? ''])
  expect(await stage.text('a.txt')).toBe('same\nsame\nsame\n')
})

test.each([
  ['a cursor means its line', 'one\ntwo\nthree', { start: 5, end: 5 }, 'one\nX\nthree'],
  ['a selection that ends at the start of a line leaves it out', 'one\ntwo\nthree\n', { start: 1, end: 4 }, 'X\ntwo\nthree\n'],
  ['the last line may lack its line feed', 'one\ntwo', { start: 4, end: 7 }, 'one\nX'],
  ['the empty line at the end of a file can be written', 'one\n', { start: 4, end: 4 }, 'one\nX\n'],
  ['an empty line', 'one\n\ntwo\n', { start: 4, end: 4 }, 'one\nX\ntwo\n'],
  ['an empty file', '', { start: 0, end: 0 }, 'X\n'],
  ['a selection made backwards', 'one\ntwo\nthree\n', { start: 9, end: 5 }, 'one\nX\n'],
])('T8: %s.', async (_title, text, selected, expected) => {
  const stage = await Stage.open({ 'a.txt': text })
  await answered(stage, await stage.inlineAsked('a.txt', selected), block('X'))
  expect(await stage.text('a.txt')).toBe(expected)
})

test('T8: What people type before, inside untouched lines, and after stays, and the edit follows it.', async () => {
  const lines = Array.from({ length: 60 }, (_, index) => `line ${index}`)
  const stage = await Stage.open({ 'a.txt': `head\n${lines.join('\n')}\ntail\n` })
  const turnId = await stage.inlineAsked('a.txt', lines.join('\n'))
  await stage.type('a.txt', (text) => text.insert(0, 'above\n'))
  await stage.type('a.txt', (text) => text.insert(text.length - 5, 'below\n'))
  stage.model.say(`\`\`\`\n${lines.slice(0, 50).join('\n')}\nnew line\n`)
  await stage.pass(20)
  expect(await stage.text('a.txt')).toContain('line 49\nnew line\nline 50\n')
  await stage.type('a.txt', (text) => text.insert(text.toString().indexOf('line 7\n') + 6, ' HUMAN'))
  await stage.type('a.txt', (text) => text.insert(0, 'first\n'))
  await answered(stage, turnId, `${lines.slice(50).join('\n')}\n\`\`\`\n`)
  const expected = [...lines.slice(0, 50), 'new line', ...lines.slice(50)].join('\n').replace('line 7\n', 'line 7 HUMAN\n')
  expect(await stage.text('a.txt')).toBe(`first\nabove\nhead\n${expected}\nbelow\ntail\n`)
})

test('T8: The same line changed by a person meanwhile is never overwritten.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\ntwo\nthree\n' })
  const turnId = await stage.inlineAsked('a.txt', 'two')
  await stage.type('a.txt', (text) => text.insert(5, 'HUMAN'))
  await answered(stage, turnId, block('zwei'))
  expect(await stage.text('a.txt')).toContain('HUMAN')
  const [hunk] = await stage.hunks()
  expect(hunk).toMatchObject({ path: 'a.txt', baseText: 'two\n' })
})

test('T8: An answer without a fence changes nothing, and its prose is the turn’s text.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  const turnId = await stage.inlineAsked('a.txt', 'one')
  await answered(stage, turnId, 'There is nothing to improve.')
  expect(await stage.text('a.txt')).toBe('one\n')
  expect(await stage.hunks()).toEqual([])
  expect(await stage.turn(turnId)).toMatchObject({ text: 'There is nothing to improve.', marks: [], reason: 'complete' })
})

test('T8: Left-out lines make a proposal.', async () => {
  const stage = await Stage.open({ 'a.ts': 'one()\ntwo()\n' })
  const turnId = await stage.inlineAsked('a.ts', 'one()\ntwo()\n')
  await answered(stage, turnId, block('one(1)', '// ... rest unchanged'))
  expect(await stage.text('a.ts')).toBe('one()\ntwo()\n')
  expect(await stage.hunks()).toMatchObject([{ state: 'unmatched', reason: 'malformed', baseText: 'one()\ntwo()\n' }])
})

test('T6: Stopping takes back what was written, and the lines are as they were.', async () => {
  const before = `one\n${'old line\n'.repeat(50)}three\n`
  const stage = await Stage.open({ 'a.txt': before })
  const turnId = await stage.inlineAsked('a.txt', 'old line\n'.repeat(50))
  stage.model.say(`\`\`\`\n${'new line\n'.repeat(45)}`)
  await stage.pass(20)
  expect(await stage.text('a.txt')).toContain('new line\n')
  await stage.stop(turnId)
  expect(await stage.text('a.txt')).toBe(before)
  expect(await stage.end(turnId)).toMatchObject({ reason: 'stopped' })
  expect(await stage.hunks()).toMatchObject([{ state: 'aborted' }])
})

test('T8: One inline edit per person at a time, beside other people’s and beside the chat.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\ntwo\nthree\n' })
  await stage.asked('Long work')
  const queued = await stage.ask('More work')
  const own = await stage.inlineAsked('a.txt', 'one')
  await expect(stage.inline('a.txt', 'two')).rejects.toMatchObject({ code: 'turn_active' })
  const others = await stage.inlineAsked('a.txt', 'two', 'Mine too', 'somebody')
  expect(stage.model.requests.map(({ messages }) => messages.at(-1)?.content)).toEqual(['Long work', 'Change them', 'Mine too'])
  expect((await stage.turns.snapshot(stage.sessionId)).turns.map(({ kind, status }) => [kind, status])).toEqual([
    ['chat', 'waiting'],
    ['chat', 'queued'],
    ['inline', 'waiting'],
    ['inline', 'waiting'],
  ])
  await stage.stop(own)
  await stage.stop(others)
  const next = await stage.inlineAsked('a.txt', 'two')
  await stage.stop(next)
  expect(await stage.turn(queued)).toMatchObject({ status: 'queued' })
})

test('T8: A prompt cannot redirect an inline edit.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  const inline = await stage.inlineAsked('a.txt', 'one')
  await stage.ask('Something else', { redirect: inline })
  await stage.pass(3)
  expect(stage.tab.endings).toEqual([])
})

test('T8: Refused when the positions name nothing, the file is gone or binary, or more is selected than an answer can hold.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n', 'long.txt': 'line\n'.repeat(10_000) })
  const binary = { fileId: 'binary', path: 'blob.bin', kind: 'binary', lineEnding: 'lf', bytes: 1 } as const
  await stage.store.saveFiles(stage.sessionId, [{ file: binary, bytes: new Uint8Array([0]) }])
  const ask = (target: { fileId: string; start: Uint8Array; end: Uint8Array }) =>
    stage.turns.inline({ sessionId: stage.sessionId, participantId: stage.owner, prompt: 'Change', target })
  const nowhere = { start: new Uint8Array([0, 9, 9, 9]), end: new Uint8Array([255]) }
  await expect(ask({ fileId: await stage.fileId('a.txt'), ...nowhere })).rejects.toMatchObject({ code: 'not_found' })
  await expect(ask({ fileId: 'gone', ...nowhere })).rejects.toMatchObject({ code: 'not_found' })
  await expect(ask({ fileId: 'binary', ...nowhere })).rejects.toMatchObject({ code: 'not_text' })
  await expect(stage.inline('long.txt', { start: 0, end: 50_000 })).rejects.toMatchObject({ code: 'too_large' })
  expect((await stage.turns.snapshot(stage.sessionId)).turns).toEqual([])
  await stage.inlineAsked('a.txt', 'one')
})

test('T8: The model sees the file around the selection, the selected lines and the prompt, and no conversation.', async () => {
  const stage = await Stage.open({ 'src/a.ts': 'one()\n  two()\n  three()\nfour()\n' })
  await stage.answer('An earlier answer.')
  await stage.inlineAsked('src/a.ts', 'two()\n  thr', 'Swap them')
  const request = stage.model.requests.at(-1)
  expect(request?.messages.slice(1)).toEqual([
    {
      role: 'user',
      content:
        'The file is src/a.ts.\n\nBefore the selection:\n```\none()\n```\n\n' +
        'The selected lines, 2 to 3:\n```\n  two()\n  three()\n```\n\nAfter the selection:\n```\nfour()\n```',
    },
    { role: 'user', content: 'Swap them' },
  ])
  expect(request).toMatchObject({ maxCompletionTokens: 2_060, selectedText: '  two()\n  three()\n' })
})

test('T8: Chat turns are not reminded of inline edits.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  await answered(stage, await stage.inlineAsked('a.txt', 'one', 'Inline prompt'), block('two'))
  await stage.asked('A chat prompt')
  expect(JSON.stringify(stage.model.requests.at(-1))).not.toContain('Inline prompt')
})

test('T6: A restart ends an inline edit as interrupted and takes its lines back.', async () => {
  const before = `one\n${'old line\n'.repeat(50)}three\n`
  const stage = await Stage.open({ 'a.txt': before })
  const turnId = await stage.inlineAsked('a.txt', 'old line\n'.repeat(50))
  stage.model.say(`\`\`\`\n${'new line\n'.repeat(45)}`)
  await stage.pass(20)
  const again = stage.reopen()
  await again.turns.recover()
  expect(await again.text('a.txt')).toBe(before)
  expect(await again.turn(turnId)).toMatchObject({ kind: 'inline', status: 'ended', reason: 'interrupted' })
})

test('T6: A server that closes ends an inline edit as interrupted.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\n' })
  const turnId = await stage.inlineAsked('a.txt', 'one')
  await stage.leave()
  expect(await stage.turn(turnId)).toMatchObject({ status: 'ended', reason: 'interrupted' })
})

test.each([
  ['long', 50],
  ['short', 3],
])('T9: Retry of a failed inline edit asks for the same lines again (%s block).', async (_size, count) => {
  const before = `one\n${'old line\n'.repeat(count)}three\n`
  const stage = await Stage.open({ 'a.txt': before })
  const turnId = await stage.inlineAsked('a.txt', 'old line\n'.repeat(count))
  stage.model.say(`\`\`\`\n${'new line\n'.repeat(45)}`)
  await stage.pass(20)
  stage.model.fail({ code: 'stream_lost' })
  await stage.end(turnId)
  await stage.type('a.txt', (text) => text.insert(0, 'above\n'))
  await stage.type('a.txt', (text) => text.insert(text.toString().indexOf('three'), 'typed '))
  const asked = stage.model.requests.length
  const again = await stage.turns.again({ sessionId: stage.sessionId, participantId: stage.owner, turnId, how: 'retry' })
  await until(() => stage.model.requests.length > asked)
  expect(stage.model.requests.at(-1)?.selectedText).toBe('old line\n'.repeat(count))
  await answered(stage, again.turnId, block('new'))
  expect(await stage.text('a.txt')).toBe('above\none\nnew\ntyped three\n')
  expect(await stage.turn(again.turnId)).toMatchObject({ kind: 'inline', number: 2, prompt: 'Change them' })
})

test('T9: Retry of an inline edit that is not decided yet takes it back first.', async () => {
  const stage = await Stage.open({ 'a.txt': 'one\ntwo\nthree\nfour\n' })
  const turnId = await stage.inlineAsked('a.txt', 'two\nthree')
  await answered(stage, turnId, block('a', 'b', 'c'))
  expect(await stage.text('a.txt')).toBe('one\na\nb\nc\nfour\n')
  const again = await stage.turns.again({ sessionId: stage.sessionId, participantId: stage.owner, turnId, how: 'retry' })
  await until(() => stage.model.requests.length === 2)
  expect(stage.model.requests.at(-1)?.selectedText).toBe('two\nthree\n')
  await answered(stage, again.turnId, block('x'))
  expect(await stage.text('a.txt')).toBe('one\nx\nfour\n')
})
