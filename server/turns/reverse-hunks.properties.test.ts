import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import type { StoredHunk } from '#store/store.ts'
import { holdsForeignText } from './foreign-text.ts'
import { deleteRecorded, insertRecorded } from './reversal.ts'
import { isUndone, type ReversibleHunk } from './open-record.ts'
import { reverseHunks } from './reverse-hunks.ts'

const hunkCount = 4
const runs = { numRuns: 1_000 }

const edit = { at: fc.nat(60), length: fc.nat(6), inserts: fc.nat(3) }
const writing = fc.record({ who: fc.constantFrom(0, 1, 2, 3, 'person' as const), ...edit })
const typing = fc.record({ who: fc.constant('person' as const), ...edit })
const turning = fc.record({ turn: fc.nat(hunkCount - 1) })
const everyHunk = fc.shuffledSubarray([0, 1, 2, 3], { minLength: hunkCount })
const writings = fc.array(writing, { maxLength: 25 })

type Writing = { who: number | 'person'; at: number; length: number; inserts: number }

/** One document in which every character occurs once, and what should be in it by the rules alone, without any order of events. */
class Plan {
  doc = new Y.Doc()
  hunks: ReversibleHunk[] = Array.from({ length: hunkCount }, (_, index) => ({
    hunkId: `h${index}`,
    state: 'settled',
    reversal: { inserted: [], deleted: [] },
  }))
  readonly basis: string
  readonly #writer = new Map<string, number | 'person'>()
  readonly #deletedBy = new Map<string, Set<number>>()
  readonly #struck = new Set<string>()
  #next = 0x4e00
  #clientId = 1

  constructor() {
    this.doc.clientID = this.#clientId
    this.basis = this.#fresh(40, 'person')
    this.text.insert(0, this.basis)
  }

  get text(): Y.Text {
    return this.doc.getText('text')
  }

  get live(): string {
    return this.text.toString()
  }

  /** What should be there, in no order. */
  get expected(): string[] {
    const isAway = (hunk: number) => isUndone(this.hunks[hunk] ?? { state: 'settled' })
    return [...this.#writer]
      .filter(([character, who]) => {
        const isKeptAway = [...(this.#deletedBy.get(character) ?? [])].some((hunk) => !isAway(hunk))
        return !this.#struck.has(character) && !isKeptAway && (who === 'person' || !isAway(who))
      })
      .map(([character]) => character)
  }

  /** Text of a person that is neither in the basis nor deleted. */
  get typed(): string[] {
    return [...this.#writer].flatMap(([character, who]) =>
      who === 'person' && !this.basis.includes(character) && !this.#struck.has(character) ? [character] : [],
    )
  }

  write({ who, at, length, inserts }: Writing): void {
    this.doc.clientID = ++this.#clientId
    const index = Math.min(at, this.text.length)
    const count = Math.min(length, this.text.length - index)
    for (const character of this.live.slice(index, index + count)) {
      if (who === 'person' || this.#writer.get(character) === who) this.#struck.add(character)
      else this.#deletedBy.set(character, (this.#deletedBy.get(character) ?? new Set()).add(who))
    }
    const content = this.#fresh(inserts, who)
    this.doc.transact(() => {
      const reversal = who === 'person' ? { inserted: [], deleted: [] } : this.hunks[who]?.reversal
      if (reversal === undefined) throw new Error('no such hunk')
      deleteRecorded(this.text, index, count, reversal)
      insertRecorded(this.text, index, content, reversal)
    })
  }

  /** Takes these hunks back, or in again, together. */
  turn(...indexes: number[]): void {
    this.#reopen()
    const turned = indexes.map((index) => this.hunks[index] ?? this.hunks[0]).filter((hunk) => hunk !== undefined)
    const changed = this.doc.transact((transaction) => reverseHunks(transaction, this.text, turned, this.hunks))
    this.hunks = this.hunks.map((hunk, index) => {
      const state: StoredHunk['state'] = indexes.includes(index) ? (isUndone(hunk) ? 'settled' : 'rejected') : hunk.state
      const { reversal = hunk.reversal, undoing = hunk.undoing ?? null } = changed.get(hunk.hunkId) ?? {}
      return {
        hunkId: hunk.hunkId,
        state,
        reversal: structuredClone(reversal),
        ...(undoing && { undoing: structuredClone(undoing) }),
      }
    })
  }

  /** Whoever decides does it in a copy of their own. */
  #reopen(): void {
    const copy = new Y.Doc()
    copy.clientID = ++this.#clientId
    Y.applyUpdate(copy, Y.encodeStateAsUpdate(this.doc))
    this.doc = copy
  }

  #fresh(count: number, who: number | 'person'): string {
    const characters = Array.from({ length: count }, () => String.fromCodePoint(this.#next++))
    for (const character of characters) this.#writer.set(character, who)
    return characters.join('')
  }
}

function written(steps: readonly Writing[]): Plan {
  const plan = new Plan()
  for (const step of steps) plan.write(step)
  return plan
}

/** The characters that both have, as the first has them. */
function shared(text: string, other: string): string {
  return [...text].filter((character) => other.includes(character)).join('')
}

test('H5 Whatever is rejected, redone and typed in between, the text is what the open hunks and people make it, in one order.', () => {
  fc.assert(
    fc.property(writings, fc.array(fc.oneof(turning, typing), { maxLength: 16 }), (before, steps) => {
      const plan = written(before)
      const seen = [plan.live]
      for (const step of steps) {
        if ('turn' in step) plan.turn(step.turn)
        else plan.write(step)
        expect([...plan.live].toSorted()).toEqual(plan.expected.toSorted())
        for (const earlier of seen) expect(shared(plan.live, earlier)).toBe(shared(earlier, plan.live))
        seen.push(plan.live)
      }
    }),
    runs,
  )
})

test('H5 Rejecting hunks and redoing them, in any orders, is the identity, and they can be rejected again.', () => {
  fc.assert(
    fc.property(writings, fc.shuffledSubarray([0, 1, 2, 3]), fc.infiniteStream(fc.boolean()), (before, some, together) => {
      const plan = written(before)
      const was = plan.live
      const turnAll = (order: readonly number[]) => {
        if (together.next().value === true) plan.turn(...order)
        else for (const index of order) plan.turn(index)
      }
      for (let round = 0; round < 2; round += 1) {
        turnAll(some)
        const without = plan.live
        turnAll(some.toReversed())
        expect(plan.live).toBe(was)
        turnAll(some.toSorted((a, b) => a - b))
        expect(plan.live).toBe(without)
        turnAll(some)
        expect(plan.live).toBe(was)
      }
    }),
    runs,
  )
})

test('H3 The order in which hunks are rejected does not matter, one by one or together.', () => {
  fc.assert(
    fc.property(writings, everyHunk, everyHunk, fc.nat(hunkCount), (before, order, otherOrder, count) => {
      const [one, other, all] = [written(before), written(before), written(before)]
      const some = order.slice(0, count)
      for (const index of some) one.turn(index)
      for (const index of otherOrder.filter((candidate) => some.includes(candidate))) other.turn(index)
      all.turn(...some)
      expect([other.live, all.live]).toEqual([one.live, one.live])
    }),
    runs,
  )
})

test('H3 Rejecting all leaves the basis, less what people deleted, plus what they wrote, also after a redo of all.', () => {
  fc.assert(
    fc.property(writings, everyHunk, fc.array(typing, { maxLength: 3 }), fc.boolean(), (before, order, typings, again) => {
      const plan = written(before)
      for (const index of order) plan.turn(index)
      if (again) {
        plan.turn(...order)
        for (const step of typings) plan.write(step)
        plan.turn(...order.toReversed())
      }
      const kept = [...plan.basis].filter((character) => plan.expected.includes(character))
      expect(shared(plan.live, plan.basis)).toBe(kept.join(''))
      expect([...plan.live].filter((character) => !plan.basis.includes(character)).toSorted()).toEqual(plan.typed.toSorted())
    }),
    runs,
  )
})

test('H4 Text that only hunks wrote is never taken for a person’s, however often they are rejected and redone.', () => {
  fc.assert(
    fc.property(fc.array(writing, { maxLength: 20 }), fc.array(turning, { maxLength: 12 }), (before, turns) => {
      const plan = new Plan()
      plan.write({ who: 'person', at: 0, length: plan.live.length, inserts: 0 })
      for (const step of before) if (step.who !== 'person') plan.write(step)
      for (const { turn } of turns) {
        plan.turn(turn)
        expect(holdsForeignText(plan.text, plan.hunks)).toBe(false)
      }
    }),
    runs,
  )
})
