import { expect, test } from 'vitest'
import { ScriptedModel } from './testing/scripted-model.ts'
import { Stage, until } from './testing/stage.ts'

const path = 'a.txt'
const lines = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => `new line ${from + index}\n`).join('')
const openBlock = (search: string) => `${path}\n\`\`\`\n<<<<<<< SEARCH\n${search}=======\n`
const close = '>>>>>>> REPLACE\n```\n'

/** The next decision has read the hunks of its document and stops there until it is let go on. */
function holdNextDecision(stage: Stage): { isThere: Promise<void>; goOn: () => void } {
  const { store } = stage
  const { hunksOfFile } = store
  let goOn = () => {}
  const held = new Promise<void>((resolve) => (goOn = resolve))
  const isThere = new Promise<void>((there) => {
    store.hunksOfFile = async (...of) => {
      store.hunksOfFile = hunksOfFile
      const hunks = await hunksOfFile(...of)
      there()
      await held
      return hunks
    }
  })
  return { isThere, goOn }
}

/** A chat turn streams into a file, and an inline turn has replaced one of the new lines. */
async function replacedWhileItStreams() {
  const stage = await Stage.open({ [path]: 'one\ntwo\n' })
  const chatId = await stage.asked()
  stage.model.say(openBlock('one\n') + lines(0, 45))
  await stage.pass(4)
  const { stream } = stage.model
  const inline = new ScriptedModel()
  stage.model.stream = (request, signal) =>
    request.selectedText === undefined ? stream.call(stage.model, request, signal) : inline.stream(request, signal)
  const inlineId = await stage.inline(path, 'new line 7\n')
  await until(() => inline.requests.length > 0)
  inline.say('```\ninstead\n```\n')
  inline.finish()
  await stage.end(inlineId)
  expect(await stage.text(path)).toContain('new line 6\ninstead\nnew line 8\n')
  const [streaming, replacement] = await stage.hunks()
  if (streaming === undefined || replacement === undefined) throw new Error('a hunk is missing')
  return { stage, chatId, streaming, replacement }
}

test('H3 What a turn writes while somebody decides in its document is not written over by the decision.', async () => {
  const { stage, chatId, streaming, replacement } = await replacedWhileItStreams()
  const { isThere, goOn } = holdNextDecision(stage)
  const decided = stage.decide('reject', [replacement.hunkId])
  await isThere
  stage.model.say(`${lines(45, 50)}${close}`)
  stage.model.finish()
  await stage.pass(4)
  goOn()
  expect(await decided).toEqual({ decided: [replacement.hunkId], skipped: [] })
  await stage.end(chatId)
  expect(await stage.text(path)).toBe(`${lines(0, 50)}two\n`)
  expect((await stage.hunks())[0]).toMatchObject({ hunkId: streaming.hunkId, state: 'settled', addedLines: 50 })
})

test('H3 Text that a decision gives back to a hunk which is still being written goes with that hunk.', async () => {
  const { stage, chatId, streaming, replacement } = await replacedWhileItStreams()
  await stage.decide('reject', [replacement.hunkId])
  stage.model.say(`${lines(45, 50)}${close}`)
  stage.model.finish()
  await stage.end(chatId)
  expect(await stage.text(path)).toBe(`${lines(0, 50)}two\n`)
  await stage.decide('reject', [streaming.hunkId])
  expect(await stage.text(path)).toBe('one\ntwo\n')
})

test('T6 A turn that is stopped takes such text back too.', async () => {
  const { stage, chatId, replacement } = await replacedWhileItStreams()
  await stage.decide('reject', [replacement.hunkId])
  await stage.stop(chatId)
  expect(await stage.text(path)).toBe('one\ntwo\n')
})

test('A file that is deleted just before blocks are stored leaves each of them as a proposal, and the model is not asked again.', async () => {
  const stage = await Stage.open({ [path]: 'one\ntwo\nthree\n' })
  const { append } = stage.store
  stage.store.append = async (row) => {
    stage.store.append = append
    await stage.sessions.deleteFile(stage.sessionId, await stage.fileId(path))
    return append(row)
  }
  const turnId = await stage.answer(`${openBlock('one\n')}1\n${close}${openBlock('three\n')}3\n${close}`)
  expect(await stage.hunks()).toMatchObject([
    { block: 1, fileId: null, path, state: 'unmatched', reason: 'no_such_file', baseText: 'one\n', proposedText: '1\n' },
    { block: 2, fileId: null, path, state: 'unmatched', reason: 'no_such_file', baseText: 'three\n', proposedText: '3\n' },
  ])
  const { reason, measurements } = await stage.turn(turnId)
  expect(reason).toBe('complete')
  expect(measurements?.edits).toEqual({ applied: 0, failed: 2, retries: 0, tolerances: {} })
  expect(stage.model.requests).toHaveLength(1)
})

test('What somebody has decided about a deletion stands, although the answer then writes the file anew.', async () => {
  const stage = await Stage.open({ [path]: 'one\ntwo\n', 'b.txt': 'b\n' })
  const turnId = await stage.asked()
  stage.model.say(`*** Begin Patch\n*** Delete File: ${path}\n*** Update File: b.txt\n`)
  await stage.pass(4)
  const [deletion] = await stage.hunks()
  await stage.decide('reject', [deletion?.hunkId ?? ''])
  stage.model.say(`@@\n-b\n+B\n*** Add File: ${path}\n+fresh\n*** End Patch\n`)
  stage.model.finish()
  await stage.end(turnId)
  expect((await stage.hunks()).map(({ kind, state }) => [kind, state])).toEqual([
    ['delete', 'rejected'],
    ['edit', 'settled'],
    ['edit', 'settled'],
  ])
  expect(await stage.text(path)).toBe('fresh\n')
})

test('A block of which a part meets what a person wrote in the same lines counts as failed.', async () => {
  const stage = await Stage.open({ [path]: 'one\ntwo\nthree\nfour\nfive\nsix\n' })
  const turnId = await stage.asked('Change it', { openFileIds: [await stage.fileId(path)] })
  await stage.type(path, (text) => text.insert(1, 'HUMAN'))
  stage.model.say(`${openBlock('one\ntwo\nthree\nfour\nfive\nsix\n')}1\ntwo\nthree\nfour\nfive\n6\n${close}`)
  stage.model.finish()
  await stage.end(turnId)
  expect((await stage.hunks()).map(({ state, reason }) => [state, reason])).toEqual([
    ['conflict', 'changed_meanwhile'],
    ['settled', undefined],
  ])
  expect((await stage.turn(turnId)).measurements?.edits).toMatchObject({ applied: 0, failed: 1 })
  expect(stage.model.requests).toHaveLength(1)
})

test('H4 A created file that is rejected while a later hunk streams into it leaves that hunk as a proposal.', async () => {
  const stage = await Stage.open()
  const turnId = await stage.asked()
  stage.model.say(`${openBlock('')}one\ntwo\n${close}${openBlock('two\n')}${lines(0, 45)}`)
  await stage.pass(4)
  const [creation, streaming] = await stage.hunks()
  expect([creation?.kind, streaming?.state]).toEqual(['create', 'streaming'])
  await stage.decide('reject', [creation?.hunkId ?? ''])
  expect(await stage.paths()).toEqual([])
  stage.model.say(`${lines(45, 50)}${close}`)
  stage.model.finish()
  await stage.end(turnId)
  expect(await stage.hunks()).toMatchObject([
    { hunkId: creation?.hunkId, state: 'rejected' },
    { hunkId: streaming?.hunkId, state: 'unmatched', reason: 'no_such_file', fileId: null, proposedText: lines(0, 50) },
  ])
})
