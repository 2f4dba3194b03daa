import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Texts } from './testing/edit-script.ts'
import { editPlan, order } from './testing/edit-plan.ts'
import { Played } from './testing/played-plan.ts'

/** A text without what people typed, and without line feeds, because they may have typed some. */
const without = (played: Played, text: string) => played.withoutLetters(text).replaceAll('\n', '')

/** What there is too much. Of what people removed nobody knows the place any more, so then the order does not count. */
function difference(played: Played, before: Texts): string[] {
  const texts = Object.entries(played.texts()).map(([path, text]) => [without(played, text), before[path] ?? ''] as const)
  if (played.removed.length === 0) return texts.flatMap(([text, old]) => (text === without(played, old) ? [] : [text]))
  const is = [...texts.map(([text]) => text), without(played, played.removed.join(''))].join('')
  const should = [...texts.map(([, old]) => without(played, old)).join('')].toSorted()
  return [...is].toSorted().filter((character, index) => character !== should[index])
}

const runs = { numRuns: 400 }

test(
  '[3, 4, 10] What people write in the very lines that an answer changes stays, merged or with a proposal beside it, and rejecting all leaves just that.',
  { timeout: 120_000 },
  async () => {
    const found = { merged: 0, conflict: 0 }
    const plans = editPlan({ typing: 'nothing', meddling: true })
    await fc.assert(
      fc.asyncProperty(plans, order, async (plan, keys) => {
        const played = await Played.play(plan)
        const { before } = played.script
        const typed = played.typed.toSorted()
        const isConflict = played.proposals().some(({ reason }) => reason === 'changed_meanwhile')
        found.merged += played.hunks().some(({ merged }) => merged === true) ? 1 : 0
        found.conflict += isConflict ? 1 : 0
        expect(played.letters()).toEqual(typed)
        expect(played.unsound()).toEqual([])
        const wanted = played.wanted()
        const isAsWanted = Object.entries(played.texts()).every(
          ([path, text]) => without(played, text) === without(played, wanted[path] ?? ''),
        )
        expect(isConflict || played.removed.length > 0 || isAsWanted).toBe(true)
        await played.decideEach('reject', keys)
        expect(played.letters()).toEqual(typed)
        expect(played.unsound()).toEqual([])
        expect(difference(played, before)).toEqual([])
      }),
      runs,
    )
    // Otherwise the plans no longer ask what they are to ask.
    expect(Math.min(found.merged, found.conflict)).toBeGreaterThan(runs.numRuns / 20)
  },
)

test(
  '[3, 4, 6, 10] Whatever is decided meanwhile, of what was merged only what people wrote is left once all is taken back.',
  { timeout: 120_000 },
  async () => {
    const plans = editPlan({ typing: 'insertions', meddling: true, decisions: true })
    await fc.assert(
      fc.asyncProperty(plans, order, order, async (plan, keys, others) => {
        const played = await Played.play(plan)
        const { before } = played.script
        const typed = played.typed.toSorted()
        expect(played.letters()).toEqual(typed)
        expect(played.unsound()).toEqual([])
        await played.decideEach('redo', others)
        await played.decideEach('accept', others)
        await played.decideEach('revert', keys)
        expect(played.letters()).toEqual(typed)
        expect(played.unsound()).toEqual([])
        expect(difference(played, before)).toEqual([])
      }),
      runs,
    )
  },
)
