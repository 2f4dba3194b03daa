import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import * as Y from 'yjs'
import { FakeModel } from './testing/fake-model.ts'
import { YjsBinding } from './yjs-binding.ts'

const bindings: YjsBinding[] = []
afterEach(() => {
  for (const binding of bindings.splice(0)) binding.dispose()
  vi.useRealTimers()
})

function bound(initial = '', { model = new FakeModel(), maxLength = 1_000, mayWrite = true } = {}) {
  const page = { visible: true }
  const doc = new Y.Doc()
  const text = doc.getText('text')
  text.insert(0, initial)
  const origin = {}
  const undo = new Y.UndoManager(text, { trackedOrigins: new Set([origin]), captureTimeout: 0 })
  const tooLong: number[] = []
  const onTooLong = () => void tooLong.push(model.getValueLength())
  const binding = new YjsBinding({
    text,
    model,
    origin,
    maxLength,
    onTooLong,
    mayWrite: () => mayWrite,
    isVisible: () => page.visible,
  })
  bindings.push(binding)
  return { doc, text, model, binding, undo, tooLong, page }
}

const remotely = (doc: Y.Doc, edit: (text: Y.Text) => void) => doc.transact(() => edit(doc.getText('text')), 'remote')
const microtask = () => Promise.resolve()

test('binding sets line feeds first and takes the text from the document', () => {
  const model = new FakeModel('old\r\ntext', '\r\n')
  const { text } = bound('new\ntext\n', { model })
  expect([model.getValue(), text.toString()]).toEqual(['new\ntext\n', 'new\ntext\n'])
})

test('typing with several cursors is one transaction', () => {
  const { model, doc, text } = bound('one two three')
  const updates: Uint8Array[] = []
  doc.on('update', (update: Uint8Array) => updates.push(update))
  model.type({ offset: 0, length: 3, text: '1' }, { offset: 4, length: 3, text: '2' }, { offset: 8, length: 0, text: 'x' })
  expect([text.toString(), updates.length]).toEqual(['1 2 xthree', 1])
})

test('a remote transaction with many changes is one edit of the model and no echo', () => {
  const { model, doc } = bound('one two three')
  const updates: unknown[] = []
  model.events = []
  doc.on('update', (_update: Uint8Array, origin: unknown) => updates.push(origin))
  remotely(doc, (text) => {
    text.delete(0, 3)
    text.insert(0, 'first')
    text.insert(text.length, '!')
  })
  expect([model.getValue(), model.events.length, updates]).toEqual(['first two three!', 1, ['remote']])
})

test('pasted carriage returns arrive as line feeds on both sides', () => {
  const { model, text } = bound('ab')
  model.type({ offset: 1, length: 0, text: '\r\nx\ry\n' })
  expect([model.getValue(), text.toString()]).toEqual(['a\nx\ny\nb', 'a\nx\ny\nb'])
})

test('carriage returns that a peer wrote are taken out of the document', async () => {
  const { model, doc, text } = bound('ab')
  remotely(doc, (shared) => shared.insert(1, '1\r\n2\r3'))
  await microtask()
  expect([model.getValue(), text.toString()]).toEqual(['a1\n2\n3b', 'a1\n2\n3b'])
})

test('a carriage return that stands alone, and leaves both texts equally long, is taken out as soon', async () => {
  const { model, doc, text, binding, page } = bound('ab')
  remotely(doc, (shared) => shared.insert(1, '\r'))
  await microtask()
  expect([model.getValue(), text.toString()]).toEqual(['a\nb', 'a\nb'])
  page.visible = false
  remotely(doc, (shared) => shared.insert(3, '\r'))
  page.visible = true
  binding.catchUp()
  await microtask()
  expect([model.getValue(), text.toString()]).toEqual(['a\nb\n', 'a\nb\n'])
})

test('a tab that may not write shows such a document with line feeds and leaves it alone', async () => {
  const { model, doc, text } = bound('ab', { mayWrite: false })
  remotely(doc, (shared) => shared.insert(1, '\r\n'))
  await microtask()
  expect([model.getValue(), text.toString()]).toEqual(['a\nb', 'a\r\nb'])
})

test('setValue and setEOL from outside never reach the document; the model is put right', async () => {
  const { model, text } = bound('kept\ntext')
  model.setValue('')
  expect(text.toString()).toBe('kept\ntext')
  await microtask()
  expect(model.getValue()).toBe('kept\ntext')
  model.setEOL(1)
  await microtask()
  expect([model.getValue(), text.toString()]).toEqual(['kept\ntext', 'kept\ntext'])
})

test('an edit beyond the longest text is taken back and said', async () => {
  const { model, text, tooLong } = bound('12345678', { maxLength: 10 })
  model.type({ offset: 0, length: 0, text: 'abc' })
  await microtask()
  expect([model.getValue(), text.toString(), tooLong]).toEqual(['12345678', '12345678', [11]])
  model.type({ offset: 0, length: 0, text: 'ab' })
  expect(text.toString()).toBe('ab12345678')
})

test('a difference of equal length is found when the texts are quiet', () => {
  vi.useFakeTimers()
  const { model, doc } = bound('abcd')
  const stop = vi.spyOn(model, 'applyEdits').mockImplementationOnce(() => {})
  remotely(doc, (text) => {
    text.delete(1, 1)
    text.insert(1, 'X')
  })
  stop.mockRestore()
  expect(model.getValue()).toBe('abcd')
  vi.advanceTimersByTime(2_000)
  expect(model.getValue()).toBe('aXcd')
})

test('a hidden page gathers changes and catches up with one edit', () => {
  const { model, doc, binding, page } = bound('one two three')
  model.events = []
  page.visible = false
  remotely(doc, (text) => text.insert(0, 'zero '))
  remotely(doc, (text) => text.delete(5, 4))
  remotely(doc, (text) => text.insert(text.length, '!'))
  expect(model.events).toEqual([])
  page.visible = true
  binding.catchUp()
  expect([model.getValue(), model.events.length]).toEqual(['zero two three!', 1])
  remotely(doc, (text) => text.insert(0, '>'))
  expect(model.getValue()).toBe('>zero two three!')
})

test('after dispose neither side hears of the other', () => {
  const { model, doc, text, binding } = bound('ab')
  binding.dispose()
  model.type({ offset: 0, length: 0, text: 'x' })
  remotely(doc, (shared) => shared.insert(0, 'y'))
  expect([model.getValue(), text.toString(), model.listenerCount]).toEqual(['xab', 'yab', 0])
})

test('undo takes back own typing only, whatever others wrote around and inside it', () => {
  const { model, doc, undo } = bound()
  model.type({ offset: 0, length: 0, text: 'ABC' })
  remotely(doc, (text) => text.insert(1, '0123456789'))
  undo.undo()
  expect(model.getValue()).toBe('0123456789')
  undo.redo()
  expect(model.getValue()).toBe('A0123456789BC')
})

test('a transaction on another document or root is none of its business', () => {
  const { model, doc } = bound('ab')
  model.events = []
  new Y.Doc().getText('text').insert(0, 'x')
  doc.getText('other').insert(0, 'x')
  expect(model.events).toEqual([])
})

test('peers that type, undo and exchange updates in any order hold the same text in model and document', () => {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat(4),
    insert: fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r\n', '😀', 'é'), maxLength: 4 }),
  })
  const step = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.record({
        kind: fc.constant('type' as const),
        peer: fc.nat(2),
        edits: fc.array(edit, { minLength: 1, maxLength: 3 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ kind: fc.constant('sync' as const), peer: fc.nat(2), from: fc.nat(2) }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('undo' as const, 'redo' as const), peer: fc.nat(2) }) },
  )
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const peers = [bound(), bound(), bound()] as const
      const exchange = (to: number, from: number) => {
        const [receiver, sender] = [peers[to % 3]?.doc, peers[from % 3]?.doc]
        if (receiver === undefined || sender === undefined) return
        const missing = Y.encodeStateAsUpdate(sender, Y.encodeStateVector(receiver))
        Y.applyUpdate(receiver, missing, 'remote')
      }
      for (const one of steps) {
        const peer = peers[one.peer] ?? peers[0]
        if (one.kind === 'type') peer.model.type(...disjoint(peer.model.getValue(), one.edits))
        else if (one.kind === 'sync') exchange(one.peer, one.from)
        else peer.undo[one.kind]()
        expect(peer.model.getValue()).toBe(peer.text.toString())
      }
      for (const [to, from] of [
        [0, 1],
        [0, 2],
        [1, 0],
        [2, 0],
      ] as const)
        exchange(to, from)
      const texts = peers.map(({ text }) => text.toString())
      expect(new Set(texts).size).toBe(1)
      expect(peers.map(({ model }) => model.getValue())).toEqual(texts)
      for (const { binding } of peers) binding.dispose()
    }),
    { numRuns: 300 },
  )
})

/** Places edits one behind the other at whole characters, as Monaco does with cursors. */
function disjoint(text: string, edits: { at: number; remove: number; insert: string }[]) {
  const characters = Array.from(text)
  const starts = characters.reduce<number[]>(
    (offsets, character) => [...offsets, (offsets.at(-1) ?? 0) + character.length],
    [0],
  )
  let free = 0
  return edits
    .map(({ at, remove, insert }) => ({ from: Math.floor(at * characters.length), remove, insert }))
    .toSorted((one, other) => one.from - other.from)
    .flatMap(({ from, remove, insert }) => {
      const first = Math.max(from, free)
      if (first > characters.length) return []
      const last = Math.min(first + remove, characters.length)
      free = last + 1
      const offset = starts[first] ?? 0
      return [{ offset, length: (starts[last] ?? 0) - offset, text: insert }]
    })
}
