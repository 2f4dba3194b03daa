import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { ServerEvents } from '#protocol/events.ts'
import type { Result } from '#protocol/failures.ts'
import { pushIds, saved, saving, tabOffline } from '../testing/own-edits.ts'
import { crash, eventually, online, openDocument, server, tab } from '../testing/tab.ts'

test('edits of a gone tab count as waiting until a place is found for them', async () => {
  const small = await server()
  crash(await tabOffline(small))
  let answer = () => {}
  const offered = new Promise<Result<unknown>>((resolve) => (answer = () => resolve({ ok: true, value: { hunks: 1 } })))
  small.scripted.push(
    { name: 'document.push', answer: { ok: false, error: { code: 'denied' } } },
    { name: 'document.offer', answer: offered },
  )
  small.refuses = false
  const next = tab(small.url)
  const seen: number[] = []
  next.store.subscribe(() => saving(next).reading || seen.push(saving(next).pending))
  await eventually(() => expect(small.names()).toContain('document.offer'))
  expect(saving(next)).toMatchObject({ pending: 1, reading: false })
  expect(seen).not.toContain(0)
  answer()
  await saved(next)
})

test('a copy that is thrown away before it could be compared stays away', async () => {
  const small = await server()
  small.write('f1', (text) => text.insert(0, 'before. '))
  crash(await tabOffline(small))
  small.setBack('f1', 'older')
  small.refuses = false
  let answer = () => {}
  const late = new Promise<Result<unknown>>((resolve) => {
    const update = Y.encodeStateAsUpdate(new Y.Doc())
    answer = () => resolve({ ok: true, value: { fileId: 'f1', clientId: 78, seq: 0, epoch: small.epoch, update } })
  })
  small.scripted.push({ name: 'document.open', answer: late })
  const next = tab(small.url)
  const [copies] = [next.edits.copies]
  await eventually(() => expect([copies.list.length, small.names().at(-1)]).toEqual([1, 'document.open']))
  copies.drop(copies.list[0]?.copyId ?? '')
  answer()
  await eventually(() => expect(next.documents.get('f1')?.status).toEqual({ state: 'open' }))
  expect(copies.list).toEqual([])
})

test('edits of a document that was set back become a copy beside what the server has now', async () => {
  const small = await server()
  small.write('f1', (text) => text.insert(0, 'stored, then lost. '))
  const client = await tabOffline(small)
  const before = client.documents.get('f1')
  small.setBack('f1', 'an older text')
  small.refuses = false
  await online(client)
  await eventually(() =>
    expect(client.edits.copies.list).toMatchObject([
      { path: 'f1.ts', why: 'epoch', edits: 1, text: 'stored, then lost. typed offline', stored: 'an older text' },
    ]),
  )
  const document = client.documents.get('f1')
  expect([document?.text.toString(), document?.status, document === before]).toEqual([
    'an older text',
    { state: 'open' },
    false,
  ])
  expect(saving(client)).toMatchObject({ pending: 0, aside: 1 })
  document?.text.insert(0, 'on we go, ')
  await eventually(() => expect(small.text('f1')).toBe('on we go, an older text'))
})

test('where a document was set back while everything here was stored, only what is different now is kept', async () => {
  const small = await server()
  small.write('f1', (text) => text.insert(0, 'as it was'))
  small.write('f2', (text) => text.insert(0, 'the same in both'))
  const client = tab(small.url)
  await online(client)
  for (const fileId of ['f1', 'f2']) await openDocument(client, fileId)
  small.setBack('f1', 'older')
  small.setBack('f2', 'the same in both')
  small.cut()
  await eventually(() => expect(client.edits.copies.list).toMatchObject([{ text: 'as it was', stored: 'older', edits: 0 }]))
  await eventually(() => expect(client.documents.get('f2')?.status).toEqual({ state: 'open' }))
  expect(client.edits.copies.list).toHaveLength(1)
})

test('edits that a gone tab made before the document was set back become a copy with the text around them', async () => {
  const small = await server()
  small.write('f1', (text) => text.insert(0, 'before. '))
  crash(await tabOffline(small))
  small.setBack('f1', 'older')
  small.refuses = false
  const next = tab(small.url)
  const copy = { path: 'f1.ts', why: 'epoch', edits: 1, text: 'before. typed offline', stored: 'older' }
  await eventually(() => expect(next.edits.copies.list).toMatchObject([copy]))
  crash(next)
  const after = tab(small.url)
  await eventually(() => expect(after.edits.copies.list).toMatchObject([copy]))
  after.edits.copies.drop(after.edits.copies.list[0]?.copyId ?? '')
  expect(saving(after).aside).toBe(0)
})

test('edits that a gone tab made and that the server refuses now become a copy, merged with what is there', async () => {
  const small = await server()
  crash(await tabOffline(small))
  small.write('f1', (text) => text.insert(0, 'theirs, '))
  small.refuses = false
  small.scripted.push({ name: 'document.push', answer: { ok: false, error: { code: 'foreign_client' } } })
  const next = tab(small.url)
  await eventually(() => expect(next.edits.copies.list[0]).toMatchObject({ why: 'refused', stored: 'theirs, ' }))
  expect(next.edits.copies.list[0]?.text).toMatch(/^(theirs, typed offline|typed offlinetheirs, )$/)
})

test('edits of a file that went away while this tab was offline become a copy, not kept waiting for ever', async () => {
  const small = await server()
  const client = await tabOffline(small)
  small.snapshot = { ...small.snapshot, files: [] }
  small.refuses = false
  await online(client)
  expect(client.edits.copies.list).toMatchObject([{ path: 'f1.ts', why: 'file_gone', edits: 1, text: 'typed offline' }])
  expect([saving(client), client.documents.get('f1')]).toMatchObject([{ pending: 0, aside: 1 }, undefined])
})

test('so do those that a gone tab left', async () => {
  const small = await server()
  crash(await tabOffline(small))
  small.snapshot = { ...small.snapshot, files: [] }
  small.scripted.push({ name: 'document.push', answer: { ok: false, error: { code: 'not_found' } } })
  small.refuses = false
  const next = tab(small.url)
  await eventually(() =>
    expect(next.edits.copies.list).toMatchObject([{ path: 'f1.ts', why: 'file_gone', text: 'typed offline' }]),
  )
  expect(saving(next)).toMatchObject({ pending: 0, aside: 1 })
})

test('a file that goes while its edits are on their way leaves a copy too', async () => {
  const small = await server()
  const client = tab(small.url)
  await online(client)
  const document = await openDocument(client, 'f1')
  small.scripted.push({ name: 'document.push', answer: 'silent' })
  document.text.insert(0, 'not stored')
  await eventually(() => expect(pushIds(small)).toHaveLength(1))
  const gone: ServerEvents['tree.changed'] = { version: 1, changed: [], removed: ['f1'] }
  small.tell('tree.changed', gone)
  await eventually(() => expect(client.edits.copies.list).toMatchObject([{ path: 'f1.ts', text: 'not stored' }]))
})

test('[D12] edits of somebody who may not edit any more are offered as one push and become a proposal', async () => {
  const small = await server()
  const client = tab(small.url)
  const offered: unknown[] = []
  client.onOffered((told) => offered.push(told))
  await online(client)
  const document = await openDocument(client, 'f1')
  small.scripted.push({ name: 'document.push', answer: { ok: false, error: { code: 'denied' } } })
  small.scripted.push({ name: 'document.offer', answer: { ok: false, error: { code: 'unavailable', retryAfterMs: 1 } } })
  small.scripted.push({ name: 'document.offer', answer: { ok: true, value: { hunks: 1 } } })
  document.text.insert(0, 'typed as an editor')
  await eventually(() => expect(offered).toEqual([{ path: 'f1.ts', edits: 1, hunks: 1 }]))
  const offers = small.received.filter(({ name }) => name === 'document.offer').map(({ payload }) => payload)
  expect(offers).toHaveLength(2)
  expect(offers[1]).toEqual(offers[0])
  expect(client.edits.copies.list).toEqual([])
  await eventually(() => expect(client.documents.get('f1')?.status.state).toBe('open'))
  expect(client.documents.get('f1')?.text.toString()).toBe('')
})

test('[D12] edits that are not taken as a proposal either are kept as a copy', async () => {
  const small = await server()
  const client = tab(small.url)
  await online(client)
  const document = await openDocument(client, 'f1')
  small.scripted.push({ name: 'document.push', answer: { ok: false, error: { code: 'denied' } } })
  small.scripted.push({ name: 'document.offer', answer: { ok: false, error: { code: 'denied' } } })
  document.text.insert(0, 'not an editor')
  await eventually(() => expect(client.edits.copies.list).toMatchObject([{ why: 'denied', text: 'not an editor' }]))
})
