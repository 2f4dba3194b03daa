import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { Role } from '#protocol/roles.ts'
import { Stage } from './testing/stage.ts'

/** A person with a tab of `a.ts` that was opened while they had a role, and what they typed in it. */
async function typing(stage: Stage, role: Role, edit: (text: Y.Text) => void) {
  const fileId = await stage.fileId('a.ts')
  const { clientId, update: whole } = await stage.documents.open(fileId, { participantId: 'ben', role })
  const doc = new Y.Doc()
  doc.clientID = clientId
  Y.applyUpdate(doc, whole)
  const before = Y.encodeStateVector(doc)
  doc.transact(() => edit(doc.getText('text')))
  const update = Y.encodeStateAsUpdate(doc, before)
  const { sessionId } = stage
  return { sessionId, participantId: 'ben', fileId, path: 'a.ts', pushId: 'p1', epoch: 0, update }
}

const lines = 'one\ntwo\nthree\nfour\nfive\n'

test('[D12] edits from before a role was lowered are proposals that an editor applies', async () => {
  const stage = await Stage.open({ 'a.ts': lines })
  const offered = await typing(stage, 'editor', (text) => {
    text.insert(lines.length, 'six\n')
    text.insert(3, '!')
  })
  expect(await stage.turns.offer(offered)).toEqual({ hunks: 2 })
  expect((await stage.documents.text(offered.fileId)).text).toBe(lines)
  const { turns, hunks } = await stage.turns.snapshot(stage.sessionId)
  expect(turns).toMatchObject([{ kind: 'offer', askedBy: 'ben', status: 'ended', prompt: expect.stringContaining('a.ts') }])
  expect(hunks).toMatchObject([
    { state: 'conflict', reason: 'offered', askedBy: 'ben', baseText: 'one\n', proposedText: 'one!\n' },
    { state: 'conflict', reason: 'offered', baseText: '', proposedText: 'six\n' },
  ])

  for (const { hunkId } of hunks) {
    await stage.turns.apply({ sessionId: stage.sessionId, participantId: stage.owner, hunkId, candidate: 0 })
  }
  expect((await stage.documents.text(offered.fileId)).text).toBe('one!\ntwo\nthree\nfour\nfive\nsix\n')
})

test('[D12] what is offered again makes no more, after a restart neither', async () => {
  const stage = await Stage.open({ 'a.ts': lines })
  const offered = await typing(stage, 'editor', (text) => text.insert(0, 'zero\n'))
  expect(await stage.turns.offer(offered)).toEqual({ hunks: 1 })
  expect(await stage.turns.offer(offered)).toEqual({ hunks: 1 })
  const again = stage.reopen()
  expect(await again.turns.offer(offered)).toEqual({ hunks: 1 })
  expect(await again.turns.snapshot(stage.sessionId)).toMatchObject({ turns: [{}], hunks: [{}] })
})

test('[D12] what was stored as a push before the role changed is not offered as well', async () => {
  const stage = await Stage.open({ 'a.ts': lines })
  const offered = await typing(stage, 'editor', (text) => text.insert(0, 'zero\n'))
  await stage.documents.push(offered.fileId, offered)
  expect(await stage.turns.offer(offered)).toEqual({ hunks: 0 })
  expect(await stage.turns.snapshot(stage.sessionId)).toMatchObject({ turns: [], hunks: [] })
})

test('[D12] who might not edit while they wrote, and who writes as somebody else, is refused', async () => {
  const stage = await Stage.open({ 'a.ts': lines })
  const offered = await typing(stage, 'reviewer', (text) => text.insert(0, 'zero\n'))
  await expect(stage.turns.offer(offered)).rejects.toMatchObject({ code: 'denied' })
  await expect(stage.turns.offer({ ...offered, participantId: 'eve' })).rejects.toMatchObject({ code: 'foreign_client' })
  await expect(stage.turns.offer({ ...offered, epoch: 1 })).rejects.toMatchObject({ code: 'epoch_changed' })
  expect(await stage.turns.snapshot(stage.sessionId)).toMatchObject({ turns: [], hunks: [] })
})

test('[D12] an id that is confirmed by an editor counts as issued to one', async () => {
  const stage = await Stage.open({ 'a.ts': lines })
  const offered = await typing(stage, 'viewer', (text) => text.insert(0, 'zero\n'))
  const [client = 0] = Y.decodeUpdate(offered.update).structs.map(({ id }) => id.client)
  await stage.documents.open(offered.fileId, { participantId: 'ben', role: 'editor', clientId: client })
  await stage.documents.open(offered.fileId, { participantId: 'ben', role: 'viewer', clientId: client })
  expect(await stage.turns.offer(offered)).toEqual({ hunks: 1 })
})

test('[D12] nobody was asked, so nothing can be asked again', async () => {
  const stage = await Stage.open({ 'a.ts': lines })
  await stage.turns.offer(await typing(stage, 'editor', (text) => text.insert(0, 'zero\n')))
  const [turn] = (await stage.turns.snapshot(stage.sessionId)).turns
  const again = { sessionId: stage.sessionId, participantId: stage.owner, turnId: turn?.turnId ?? '', how: 'retry' as const }
  await expect(stage.turns.again(again)).rejects.toMatchObject({ code: 'turn_over' })
})
