import { expect, test } from 'vitest'
import type { ModelEvent } from '../model.ts'
import { EventQueue } from './event-queue.ts'

const text = (said: string): ModelEvent => ({ type: 'text', text: said })
const reasoning = (said: string): ModelEvent => ({ type: 'reasoning', text: said })

test('a waiting reader gets a batch in the tick in which it was pushed', async () => {
  const queue = new EventQueue(() => {})
  const next = queue.next()
  let isLate = false
  setImmediate(() => {
    isLate = true
  })
  queue.push([text('a')])
  expect({ result: await next, isLate }).toEqual({ result: { value: [text('a')], done: false }, isLate: false })
})

test('a slow reader gets what was pushed meanwhile as one batch with adjacent text merged', async () => {
  const queue = new EventQueue(() => {})
  queue.push([{ type: 'start' }, reasoning('a')])
  queue.push([reasoning('b'), text('c')])
  queue.push([])
  queue.push([text('d'), reasoning('e')])
  expect(await queue.next()).toEqual({ value: [{ type: 'start' }, reasoning('ab'), text('cd'), reasoning('e')], done: false })
})

test('an end or a failure comes after what was pushed before it, once', async () => {
  const ended = new EventQueue(() => {})
  ended.push([text('a')])
  ended.end()
  ended.push([text('too late')])
  expect([await ended.next(), await ended.next(), await ended.next()]).toEqual([
    { value: [text('a')], done: false },
    { value: undefined, done: true },
    { value: undefined, done: true },
  ])

  const failed = new EventQueue(() => {})
  failed.push([text('a')])
  failed.fail(new Error('lost'))
  expect(await failed.next()).toEqual({ value: [text('a')], done: false })
  await expect(failed.next()).rejects.toThrow('lost')
  expect(await failed.next()).toEqual({ value: undefined, done: true })
})

test('a failure while the reader waits is thrown once', async () => {
  const queue = new EventQueue(() => {})
  const next = queue.next()
  queue.fail(new Error('lost'))
  await expect(next).rejects.toThrow('lost')
  expect(await queue.next()).toEqual({ value: undefined, done: true })
})

test('leaving the loop drops what was pushed and says so', async () => {
  let returned = 0
  const queue = new EventQueue(() => {
    returned += 1
  })
  queue.push([text('a')])
  await queue.return()
  expect({ next: await queue.next(), returned }).toEqual({ next: { value: undefined, done: true }, returned: 1 })
})

test('two readers at a time are a bug', async () => {
  const queue = new EventQueue(() => {})
  const first = queue.next()
  await expect(queue.next()).rejects.toThrow('one loop at a time')
  queue.end()
  expect(await first).toEqual({ value: undefined, done: true })
})
