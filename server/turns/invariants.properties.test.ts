import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { isOpenHunk } from '#protocol/hunks.ts'
import { editPlan, scriptOf, share, type EditPlan } from './testing/edit-plan.ts'
import { Played } from './testing/played-plan.ts'
import { deciderOf, QuickTurn } from './testing/quick-turn.ts'

/** Invariants 2 and 10: everybody has the same text, and every hunk has a place or is closed. */
function expectSound(played: Played): void {
  for (const person of played.people) person.receive()
  const texts = new Set(Object.values(played.texts()))
  expect(played.people.filter(({ text }) => !texts.has(text.toString()))).toEqual([])
  const broken = played.hunks().filter((hunk) => {
    if (hunk.state === 'streaming' || hunk.state === 'located') return true
    if (hunk.state !== 'settled' || hunk.kind === 'rename' || hunk.kind === 'delete') return false
    const doc = hunk.fileId === null ? undefined : played.room.doc(hunk.fileId)
    const index = (position?: Uint8Array) =>
      doc && position && Y.createAbsolutePositionFromRelativePosition(Y.decodeRelativePosition(position), doc)?.index
    const [start, end] = [index(hunk.start), index(hunk.end)]
    return start === undefined || end === undefined || start > end
  })
  expect(broken).toEqual([])
}

const withoutLetters = (played: Played, text: string) =>
  [...text].filter((character) => !played.typed.includes(character)).join('')

const runs = { numRuns: 1_000 }
const order = fc.array(fc.nat(1_000), { minLength: 30, maxLength: 30 })
const shuffled = (ids: readonly string[], keys: readonly number[]) =>
  ids
    .map((id, index) => ({ id, key: keys[index % keys.length] ?? 0 }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ id }) => id)

test(
  '[2, 4, 5, 10] However an answer is cut, it ends as it says; accepting all changes nothing, rejecting all in any order restores every byte.',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(editPlan({ typing: 'nothing' }), order, fc.boolean(), async (plan, keys, accepts) => {
        const played = await Played.play(plan)
        expect(played.texts()).toEqual(played.script.after)
        expectSound(played)
        if (accepts) await played.decide('accept', played.ids())
        else for (const id of shuffled(played.ids(), keys)) await played.decide('reject', [id])
        expect(played.texts()).toEqual(accepts ? played.script.after : played.script.before)
        expect(played.hunks().filter(isOpenHunk)).toEqual([])
        expectSound(played)
      }),
      runs,
    )
  },
)

test(
  '[2, 3, 4, 10] Nothing that people type before, in and after the hunks is lost, and rejecting all leaves it in the old text.',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(editPlan({ typing: 'insertions' }), order, async (plan, keys) => {
        const played = await Played.play(plan)
        const typed = played.typed.toSorted()
        expect(played.letters()).toEqual(typed)
        expectSound(played)
        for (const id of shuffled(played.ids(), keys)) await played.decide('reject', [id])
        expect(played.letters()).toEqual(typed)
        expectSound(played)
        const lines = plan.typing.some(({ kind }) => kind === 'line')
        for (const [path, before] of Object.entries(played.script.before)) {
          const left = withoutLetters(played, played.room.text(path))
          expect(lines ? left.replaceAll('\n', '') : left).toBe(lines ? before.replaceAll('\n', '') : before)
        }
      }),
      runs,
    )
  },
)

test('[3] The assistant never deletes what a person typed, also among people who delete.', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(
      editPlan({ typing: 'anything' }),
      fc.constantFrom('accept' as const, 'reject' as const),
      async (plan, decision) => {
        const played = await Played.play(plan)
        const expected = played.typed.filter((letter) => !played.deleted.has(letter)).toSorted()
        expect(played.letters()).toEqual(expected)
        await played.decide(decision, played.ids())
        expect(played.letters()).toEqual(expected)
        expectSound(played)
      },
    ),
    runs,
  )
})

test('[8] An answer that is cut off at any character leaves no part of a hunk.', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(editPlan({ typing: 'nothing' }), share, async (plan, part) => {
      const { answer, ends, before } = scriptOf(plan)
      const until = Math.floor(answer.length * part)
      const played = await Played.play(plan, { until, reason: 'stopped' })
      const states = new Set(played.hunks().map(({ state }) => state))
      expect([...states].filter((state) => state !== 'settled' && state !== 'aborted')).toEqual([])
      // Chunks of a patch are hunks of their own, so its end is not the only place where the texts are whole.
      const whole = ends.findLast(({ at }) => at <= until)?.after ?? before
      const isExact = plan.files.every(({ format }) => format !== 'patch')
      expect(isExact ? played.texts() : whole).toEqual(whole)
      expectSound(played)
      await played.decide('reject', played.ids())
      expect(played.texts()).toEqual(before)
    }),
    runs,
  )
})

test('[7] The order in which hunks are decided does not matter.', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(editPlan({ typing: 'insertions' }), order, order, async (plan, one, other) => {
      const results = []
      for (const keys of [one, other]) {
        const played = await Played.play(plan)
        for (const id of shuffled(played.ids(), keys)) {
          await played.decide(played.ids().indexOf(id) % 2 === 0 ? 'accept' : 'reject', [id])
        }
        results.push({ texts: played.texts(), states: played.hunks().map(({ state }) => state) })
      }
      expect(results[0]).toEqual(results[1])
    }),
    runs,
  )
})

test(
  '[6] What is rejected and redone, in any order, is as it was, and can be rejected again.',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(editPlan({ typing: 'insertions' }), order, order, async (plan, one, other) => {
        const played = await Played.play(plan)
        const before = played.texts()
        const settled = played.hunks().filter(({ state }) => state === 'settled')
        const some = shuffled(ids(settled), one).slice(0, Math.ceil(settled.length / 2))
        for (const id of some) await played.decide('reject', [id])
        const without = played.texts()
        for (const id of shuffled(some, other)) await played.decide('redo', [id])
        expect(played.texts()).toEqual(before)
        expectSound(played)
        await played.decide('reject', some)
        expect(played.texts()).toEqual(without)
      }),
      runs,
    )
  },
)

test('[9] An answer that is given a second time changes nothing, and says so.', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(editPlan({ typing: 'nothing' }), async (plan) => {
      const played = await Played.play(plan)
      const known = new Set(played.ids())
      const again = new QuickTurn(played.room)
      await again.answer(played.script.answer)
      expect(played.texts()).toEqual(played.script.after)
      const anew = played.hunks().filter(({ hunkId }) => !known.has(hunkId))
      // Of what was deleted there is nothing left to find; everything else is recognised as done.
      expect(anew.filter(({ proposedText, reason }) => proposedText !== '' && reason !== 'no_match')).toEqual([])
    }),
    { ...runs, examples: [[lookalikeOfDeleted]] },
  )
})

/** Found on 2026-11-26: the second time, the deleted `line 3` was taken for `line 33`. */
const lookalikeOfDeleted: EditPlan = {
  files: [
    {
      lines: 3,
      format: 'blocks',
      blocks: [
        { gap: 3, changes: ['drop'] },
        { gap: 0, changes: Array.from({ length: 44 }, () => 'keep') },
      ],
    },
    { lines: 3, format: 'blocks', blocks: [{ gap: 0, changes: ['keep'] }] },
  ],
  reads: [
    { length: 20, frames: 0 },
    { length: 20, frames: 0 },
  ],
  typing: [],
}

const ids = (hunks: readonly { hunkId: string }[]) => hunks.map(({ hunkId }) => hunkId)
