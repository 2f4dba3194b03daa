import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isOpenHunk } from '#protocol/hunks.ts'
import { editPlan, order } from './testing/edit-plan.ts'
import { Played } from './testing/played-plan.ts'

const runs = { numRuns: 1_000 }
const decisions = fc.array(
  fc.record({ hunk: fc.nat(1_000), what: fc.constantFrom('accept' as const, 'reject' as const, 'revert' as const) }),
  { maxLength: 20 },
)

async function decideSome(played: Played, steps: readonly { hunk: number; what: 'accept' | 'reject' | 'revert' }[]) {
  for (const { hunk, what } of steps) {
    const ids = played.ids()
    await played.decide(what, [ids[hunk % ids.length] ?? ''])
    expect(played.unsound()).toEqual([])
  }
}

test(
  '[3, 4, 5, 10] Of two answers, the second about what the first wrote, everything is taken back in any order: every byte is as it was.',
  { timeout: 120_000 },
  async () => {
    const plans = editPlan({ typing: 'nothing' })
    await fc.assert(
      fc.asyncProperty(plans, plans, order, fc.boolean(), async (plan, next, keys, accepts) => {
        const played = await Played.play(plan)
        const { before, imported } = played.script
        await played.goOn(next)
        const after = played.wanted()
        expect(played.texts()).toEqual(after)
        expect(played.unduly()).toEqual([])
        expect(played.unsound()).toEqual([])
        if (accepts) await played.decideEach('accept', keys)
        expect(accepts ? played.texts() : after).toEqual(after)
        if (accepts) await played.decide('revert', played.ids())
        else await played.decideEach('reject', keys)
        expect(played.texts()).toEqual(before)
        expect(played.exported()).toEqual(imported)
        expect(played.hunks().filter(isOpenHunk)).toEqual([])
        expect(played.unsound()).toEqual([])
      }),
      runs,
    )
  },
)

test(
  '[3, 4, 10] What people type before, in and after two answers is there once all is taken back, whatever was decided in between.',
  { timeout: 120_000 },
  async () => {
    const plans = editPlan({ typing: 'insertions' })
    await fc.assert(
      fc.asyncProperty(plans, plans, decisions, decisions, order, async (plan, next, some, others, keys) => {
        const played = await Played.play(plan)
        await decideSome(played, some)
        await played.goOn(next)
        await decideSome(played, others)
        await played.decideEach('revert', keys)
        expect(played.letters()).toEqual(played.typed.toSorted())
        expect(played.hunks().filter(isOpenHunk)).toEqual([])
        expect(played.unsound()).toEqual([])
      }),
      runs,
    )
  },
)

test(
  '[4, 5, 10] Renames and deletions wait until they are accepted; rejecting all in any order restores every byte at its path.',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(editPlan({ typing: 'nothing', operations: true }), order, fc.boolean(), async (plan, keys, accepts) => {
        const played = await Played.play(plan)
        const accepted = played.wanted(true)
        expect(played.texts()).toEqual(played.wanted())
        expect(played.unduly()).toEqual([])
        expect(played.unsound()).toEqual([])
        await played.decideEach(accepts ? 'accept' : 'reject', keys)
        expect(played.texts()).toEqual(accepts ? accepted : played.script.before)
        expect(accepts || isDeepStrictEqual(played.exported(), played.script.imported)).toBe(true)
        expect(played.unsound()).toEqual([])
      }),
      runs,
    )
  },
)
