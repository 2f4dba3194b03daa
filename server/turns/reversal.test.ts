import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { HunkReversal, StoredHunk } from '#store/store.ts'
import { holdsForeignText } from './foreign-text.ts'
import { deleteRecorded, insertRecorded } from './reversal.ts'
import { reverseHunks } from './reverse-hunks.ts'

type Record = Pick<StoredHunk, 'hunkId' | 'state' | 'reversal'>

const replica = (clientId: number, from?: Y.Doc): Y.Doc => {
  const doc = new Y.Doc()
  doc.clientID = clientId
  if (from !== undefined) Y.applyUpdate(doc, Y.encodeStateAsUpdate(from))
  return doc
}
const sync = (from: Y.Doc, to: Y.Doc) => Y.applyUpdate(to, Y.encodeStateAsUpdate(from, Y.encodeStateVector(to)))
const textOf = (doc: Y.Doc) => doc.getText('text')
const hunk = (hunkId: string): Record => ({ hunkId, state: 'settled', reversal: { inserted: [], deleted: [] } })
/** Records as they come back from the store. */
const stored = (record: Record): Record => ({
  ...record,
  reversal: structuredClone(record.reversal),
})

function replace(doc: Y.Doc, at: number, length: number, content: string, reversal: HunkReversal): void {
  doc.transact(() => {
    deleteRecorded(textOf(doc), at, length, reversal)
    insertRecorded(textOf(doc), at, content, reversal)
  })
}

function reject(doc: Y.Doc, rejected: readonly Record[], all: Record[]): void {
  const changed = doc.transact((transaction) => reverseHunks(transaction, textOf(doc), rejected, all))
  for (const record of all) {
    if (rejected.includes(record)) record.state = 'rejected'
    record.reversal = changed.get(record.hunkId)?.reversal ?? record.reversal
  }
}

test('A rejected hunk restores the old text and leaves what a person typed inside it.', () => {
  const assistant = replica(1)
  textOf(assistant).insert(0, 'a\nold\nz\n')
  const person = replica(2, assistant)
  const record = hunk('h')
  const doc = replica(3, person)
  replace(doc, 2, 4, 'new text\n', record.reversal)
  sync(doc, person)
  textOf(person).insert(5, ' HUMAN')
  sync(person, doc)
  expect(textOf(doc).toString()).toBe('a\nnew HUMAN text\nz\n')
  const decider = replica(4, doc)
  reject(decider, [record], [record])
  expect(textOf(decider).toString()).toBe('a\nold\n HUMANz\n')
})

test('Neighbouring hunks come back in their original order, whichever is rejected first.', () => {
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const doc = replica(1)
    textOf(doc).insert(0, 'one\ntwo\n')
    const assistant = replica(2, doc)
    const records = [hunk('first'), hunk('second')]
    replace(assistant, 4, 4, '', records[0]?.reversal ?? { inserted: [], deleted: [] })
    replace(assistant, 0, 4, '', records[1]?.reversal ?? { inserted: [], deleted: [] })
    expect(textOf(assistant).toString()).toBe('')
    let decider = assistant
    for (const [turn, index] of order.entries()) {
      decider = replica(10 + turn, decider)
      reject(decider, [records[index] ?? hunk('')], records)
    }
    expect(textOf(decider).toString()).toBe('one\ntwo\n')
  }
})

test('A hunk on top of another hunk’s text gives that text back to it.', () => {
  const doc = replica(1)
  textOf(doc).insert(0, 'x = 1\n')
  const assistant = replica(2, doc)
  const [first, second] = [hunk('first'), hunk('second')]
  replace(assistant, 4, 1, '22', first.reversal)
  replace(assistant, 5, 1, '3', second.reversal)
  expect(textOf(assistant).toString()).toBe('x = 23\n')
  const all = [first, second]
  const one = replica(3, assistant)
  reject(one, [second], all)
  expect(textOf(one).toString()).toBe('x = 22\n')
  const two = replica(4, one)
  reject(two, [first], all)
  expect(textOf(two).toString()).toBe('x = 1\n')
})

test('A file that only hunks wrote holds no foreign text, also after one of them gave text back.', () => {
  const assistant = replica(2)
  const [created, edit] = [hunk('created'), hunk('edit')]
  replace(assistant, 0, 0, 'hello world', created.reversal)
  replace(assistant, 0, 5, 'bye', edit.reversal)
  const all = [created, edit]
  const decider = replica(3, assistant)
  reject(decider, [edit], all)
  expect(textOf(decider).toString()).toBe('hello world')
  expect(holdsForeignText(textOf(decider), all)).toBe(false)
  textOf(decider).insert(3, 'x')
  expect(holdsForeignText(textOf(decider), all)).toBe(true)
})

const action = fc.record({
  who: fc.constantFrom('hunk0', 'hunk1', 'hunk2', 'person'),
  at: fc.nat(60),
  length: fc.nat(6),
  inserts: fc.nat(3),
})

test('Rejecting everything in any order and grouping leaves the basis, less what people deleted, plus what they wrote.', () => {
  fc.assert(
    fc.property(
      fc.array(action, { maxLength: 25 }),
      fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
      fc.boolean(),
      (actions, order, together) => {
        let next = 0x4e00
        const fresh = (count: number) => Array.from({ length: count }, () => String.fromCodePoint(next++)).join('')
        const basis = fresh(40)
        const seed = replica(1)
        textOf(seed).insert(0, basis)
        const [assistant, person] = [replica(2, seed), replica(3, seed)]
        const records = [hunk('0'), hunk('1'), hunk('2')]
        let typed = ''
        const struck = new Set<string>()
        for (const { who, at, length, inserts } of actions) {
          const doc = who === 'person' ? person : assistant
          const text = textOf(doc)
          const index = Math.min(at, text.length)
          const count = Math.min(length, text.length - index)
          const content = fresh(inserts)
          const record = records[Number(who.slice(4))]
          if (who === 'person' || record === undefined) {
            for (const character of text.toString().slice(index, index + count)) struck.add(character)
            typed += content
            doc.transact(() => {
              text.delete(index, count)
              text.insert(index, content)
            })
          } else {
            replace(doc, index, count, content, record.reversal)
          }
          sync(assistant, person)
          sync(person, assistant)
        }
        let decider = person
        const all = records.map(stored)
        const groups = together ? [order] : order.map((index) => [index])
        for (const [round, group] of groups.entries()) {
          decider = replica(100 + round, decider)
          reject(
            decider,
            all.filter((_, index) => group.includes(index)),
            all,
          )
        }
        const left = [...textOf(decider).toString()]
        expect(left.filter((character) => basis.includes(character)).join('')).toBe(
          [...basis].filter((character) => !struck.has(character)).join(''),
        )
        expect(left.filter((character) => !basis.includes(character)).toSorted()).toEqual(
          [...typed].filter((character) => !struck.has(character)).toSorted(),
        )
      },
    ),
    { numRuns: 500 },
  )
})
