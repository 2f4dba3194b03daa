import { expect, test } from 'vitest'
import { pushIds, saved, saving, tabOffline } from '../testing/own-edits.ts'
import { crash, eventually, online, openDocument, server, tab } from '../testing/tab.ts'

test('what a tab left unsent is counted, sent under its old id by the next tab, and comes back to it in the log', async () => {
  const small = await server()
  small.write('f1', (text) => text.insert(0, 'before. '))
  crash(await tabOffline(small))
  small.refuses = false
  const next = tab(small.url)
  await eventually(() => expect(saving(next)).toMatchObject({ pending: 1, reading: false }))
  await online(next)
  await saved(next)
  expect([small.text('f1'), small.rows('f1').length]).toEqual(['before. typed offline', 2])
  expect((await openDocument(next, 'f1')).text.toString()).toBe('before. typed offline')
  const after = tab(small.url)
  await online(after)
  await saved(after)
  expect(pushIds(small)).toHaveLength(1)
})

test('a push whose acknowledgement never came is sent again after a reload and stored once', async () => {
  const small = await server()
  const first = tab(small.url)
  await online(first)
  const document = await openDocument(first, 'f1')
  small.scripted.push({ name: 'document.push', answer: 'silent' })
  document.text.insert(0, 'once')
  await eventually(() => expect(pushIds(small)).toHaveLength(1))
  crash(first)
  const push = small.received.find(({ name }) => name === 'document.push')?.payload as { update: Uint8Array }
  small.commit('f1', push.update, { pushIds: pushIds(small) })
  const next = tab(small.url)
  await online(next)
  await saved(next)
  expect([small.text('f1'), small.rows('f1').length, new Set(pushIds(small)).size]).toEqual(['once', 1, 1])
})

test('rows of a tab that is still there stay its own', async () => {
  const small = await server()
  const offline = await tabOffline(small)
  const other = tab(small.url)
  await eventually(() => expect(saving(other)).toMatchObject({ pending: 0, reading: false }))
  expect(saving(offline).pending).toBe(1)
  small.refuses = false
  await online(offline)
  await saved(offline)
  expect(pushIds(small)).toHaveLength(1)
})

test('a tab that says it goes leaves its edits to the one that stays', async () => {
  const small = await server()
  const stays = tab(small.url)
  await online(stays)
  const goes = await tabOffline(small)
  goes.close()
  await eventually(() => expect(saving(stays).pending).toBe(1))
  small.refuses = false
  await saved(stays)
  expect(small.text('f1')).toBe('typed offline')
})

test('a tab that was only asleep and one that took over its edits store them once', async () => {
  const small = await server()
  const asleep = await tabOffline(small)
  crash(asleep) // says nothing any more, but keeps its memory
  const other = tab(small.url)
  await eventually(() => expect(saving(other).pending).toBe(1))
  small.refuses = false
  await online(other)
  await saved(other)
  asleep.open()
  await online(asleep)
  await saved(asleep)
  expect(small.text('f1')).toBe('typed offline')
  expect(asleep.documents.get('f1')?.text.toString()).toBe('typed offline')
})

test('a browser that keeps nothing is told of, and the edits are sent all the same', async () => {
  const small = await server()
  const openDatabase = () => Promise.reject(new Error('no store in this window'))
  const client = tab(small.url, undefined, { openDatabase })
  await online(client)
  const document = await openDocument(client, 'f1')
  small.scripted.push({ name: 'document.push', answer: 'silent' })
  document.text.insert(0, 'in this tab only')
  await eventually(() => expect(saving(client)).toMatchObject({ pending: 1, unkept: 1 }))
  expect(client.edits.isAtRisk).toBe(true)
  small.cut()
  await eventually(() => expect(small.text('f1')).toBe('in this tab only'))
  await saved(client)
  expect(client.edits.isAtRisk).toBe(false)
})
