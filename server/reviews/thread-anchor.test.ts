import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { anchorLines, placeOf } from './thread-anchor.ts'

type Step = { replica: number; at: number; deleted: number; inserted: string; syncs: boolean }

const step: fc.Arbitrary<Step> = fc.record({
  replica: fc.nat(2),
  at: fc.nat(200),
  deleted: fc.nat(12),
  inserted: fc.constantFrom('', 'x', 'yy\n', 'const a = 1\n'),
  syncs: fc.boolean(),
})

/** Every character of a document with its id, and whether it is still there. */
function ids(text: Y.Text): { live: string[]; known: Set<string> } {
  const live: string[] = []
  const known = new Set<string>()
  for (let item = text._start; item !== null; item = item.right) {
    for (let offset = 0; offset < item.length; offset += 1) {
      const id = `${item.id.client}:${item.id.clock + offset}`
      known.add(id)
      if (!item.deleted) live.push(id)
    }
  }
  return { live, known }
}

test('[R2] under concurrent edits a thread is about what is left of its characters and about no others of that time, or it is detached', () => {
  const property = fc.property(fc.array(step, { maxLength: 25 }), fc.nat(5), fc.nat(3), (steps, first, count) => {
    const replicas = [1, 2, 3].map((clientId) => {
      const doc = new Y.Doc()
      doc.clientID = clientId
      return doc
    })
    const [server = new Y.Doc()] = replicas
    server.getText('text').insert(0, Array.from({ length: 9 }, (_, line) => `line ${line} here\n`).join(''))
    const sync = () => {
      for (const from of replicas) for (const to of replicas) Y.applyUpdate(to, Y.encodeStateAsUpdate(from))
    }
    sync()
    const text = server.getText('text')
    const start = first * 12
    const end = start + (count + 1) * 12
    const thread = anchorLines(text, { start, end })
    if (thread === undefined) throw new Error('these lines hold characters')
    const all = ids(text).live
    const own = new Set(all.slice(start, end))
    const foreign = new Set(all.filter((id) => !own.has(id)))

    for (const { replica, at, deleted, inserted, syncs } of steps) {
      const edited = (replicas[replica] ?? server).getText('text')
      const from = Math.min(at, edited.length)
      edited.delete(from, Math.min(deleted, edited.length - from))
      if (inserted !== '') edited.insert(from, inserted)
      if (syncs) sync()
    }
    sync()

    const places = replicas.map((doc) => placeOf(doc.getText('text'), { ...thread, quotedOnce: false }))
    for (const place of places) expect(place).toEqual(places[0])
    const [place] = places
    const now = ids(text).live
    const left = now.filter((id) => own.has(id))
    const edges = [all[start], all[end - 1]].filter((id) => id !== undefined && now.includes(id))
    expect(place !== undefined || edges.length === 0).toBe(true)
    const range = place ?? { start: 0, end: text.length }
    // A place is shown as whole lines, so it may hold the rest of the line that its first or last character stands in now.
    const shown = now.slice(range.start, range.end)
    for (const id of left) expect(shown).toContain(id)
    const inside = text.toString().slice(range.start, range.end)
    const foreignInside = shown.filter((id) => foreign.has(id))
    const joined = new Set([firstLine(inside), lastLine(inside)].flat())
    expect(place === undefined || foreignInside.every((id) => joined.has(shown.indexOf(id)))).toBe(true)
  })
  fc.assert(property, { numRuns: 300 })
})

/** Offsets of the first line's characters. */
function firstLine(text: string): number[] {
  const end = text.indexOf('\n')
  return Array.from({ length: (end === -1 ? text.length : end) + 1 }, (_, offset) => offset)
}

function lastLine(text: string): number[] {
  const start = text.replace(/\n$/, '').lastIndexOf('\n') + 1
  return Array.from({ length: text.length - start }, (_, offset) => start + offset)
}

test('[R2] where its text is deleted and collected, an anchor comes to its left neighbour', () => {
  const doc = new Y.Doc()
  const text = doc.getText('text')
  text.insert(0, 'one\ntwo\nthree\n')
  const thread = anchorLines(text, { start: 4, end: 8 })
  if (thread === undefined) throw new Error('this line holds characters')
  text.delete(4, 4)
  const collected = new Y.Doc()
  Y.applyUpdate(collected, Y.encodeStateAsUpdate(doc))
  for (const [position, where] of [
    [thread.anchor.start, 4],
    [thread.anchor.end, 4],
  ] as const) {
    const found = Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(position), collected)
    expect(found?.index).toBe(where)
  }
  expect(placeOf(collected.getText('text'), thread)).toBe(undefined)
})

test('[R2] code that stood there twice is not taken for what was deleted', () => {
  const doc = new Y.Doc()
  const text = doc.getText('text')
  text.insert(0, 'return early()\nsomething\nreturn early()\n')
  const thread = anchorLines(text, { start: 0, end: 15 })
  if (thread === undefined) throw new Error('this line holds characters')
  text.delete(0, 15)
  expect(placeOf(text, thread)).toBe(undefined)
})
