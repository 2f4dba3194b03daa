import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isOpenHunk } from '#protocol/hunks.ts'
import type { StoredHunk } from '#store/store.ts'
import { isFileOperation } from './decision.ts'
import { editPlan, order, type EditPlan } from './testing/edit-plan.ts'
import { deletionAccepted, mergedAndDeleted, nothingMore, rejectedUnderStreamingHunk } from './testing/pinned-plans.ts'
import { Played } from './testing/played-plan.ts'

/** Fewer than for one turn, which takes a third of the time. */
const runs = { numRuns: 300 }

/** Two answers one after the other, nothing unsound after either; `before` and `imported` are of the first one's start. */
async function playedBoth(plan: EditPlan, next: EditPlan) {
  const played = await Played.play(plan)
  const { before, imported } = played.script
  expect(played.unsound()).toEqual([])
  await played.goOn(next)
  expect(played.unsound()).toEqual([])
  return { played, before, imported }
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
    const plans = editPlan({ typing: 'insertions', decisions: true })
    await fc.assert(
      fc.asyncProperty(plans, plans, order, async (plan, next, keys) => {
        const { played } = await playedBoth(plan, next)
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
  '[3, 4, 10] Once all that two answers did is taken back every byte is as it was, whatever was decided while they came.',
  { timeout: 120_000 },
  async () => {
    const plans = editPlan({ typing: 'nothing', decisions: true })
    await fc.assert(
      fc.asyncProperty(plans, plans, order, async (plan, next, keys) => {
        const { played, before, imported } = await playedBoth(plan, next)
        await played.decideEach('revert', keys)
        // A created file in which a hunk was accepted when its creation was rejected has become a file like any other.
        const isLeft = (path: string) => before[path] !== undefined || played.room.text(path) !== ''
        expect(played.exported(isLeft)).toEqual(imported)
        expect(played.hunks().filter(isOpenHunk)).toEqual([])
        expect(played.unsound()).toEqual([])
      }),
      { ...runs, examples: [[rejectedUnderStreamingHunk, nothingMore, [0]]] },
    )
  },
)

test(
  '[4, 5, 10] Renames and deletions wait until they are accepted; rejecting all in any order restores every byte at its path, and so does reverting the turn.',
  { timeout: 120_000 },
  async () => {
    const plans = editPlan({ typing: 'nothing', operations: true })
    const ways = fc.constantFrom('accept', 'reject', 'revert')
    await fc.assert(
      fc.asyncProperty(plans, order, ways, async (plan, keys, way) => {
        const played = await Played.play(plan)
        const { before, imported } = played.script
        const accepted = played.wanted(true)
        expect(played.texts()).toEqual(played.wanted())
        expect(played.unduly()).toEqual([])
        expect(played.unsound()).toEqual([])
        // One by one, a file may be replaced before it is renamed itself; together they go in the answer's order.
        if (way === 'reject') await played.decideEach('reject', keys)
        else await played.decide('accept', played.ids())
        expect(played.texts()).toEqual(way === 'reject' ? before : accepted)
        expect(played.unsound()).toEqual([])
        if (way === 'revert') await played.decide('revert', played.ids())
        expect(played.texts()).toEqual(way === 'accept' ? accepted : before)
        expect(way === 'accept' || isDeepStrictEqual(played.exported(), imported)).toBe(true)
        expect(played.unsound()).toEqual([])
      }),
      runs,
    )
  },
)

test(
  '[3, 10] Whatever is decided about renames, deletions and what is in the files, nothing that people typed is lost, and all can be taken back.',
  { timeout: 120_000 },
  async () => {
    const plans = editPlan({ typing: 'insertions', decisions: true, operations: true })
    await fc.assert(
      fc.asyncProperty(plans, plans, order, async (plan, next, keys) => {
        const { played } = await playedBoth(plan, next)
        // What one taking back frees may be what another one needs.
        for (let round = 0; round < 3; round += 1) await played.decideEach('revert', keys)
        // A file does not come back to a path at which there is another by now; then its hunk still has its text.
        const paths = played.room.paths()
        const left = played.hunks().filter(({ state }) => state === 'accepted')
        const letters = played.letters(left.map(({ baseText }) => baseText).join(''))
        // A change that was accepted in a file that went cannot be taken back, and may quote what people had typed before its turn.
        expect(left.every(isFileOperation) ? letters : [...new Set(letters)]).toEqual(played.typed.toSorted())
        const isInTheWay = ({ kind, path, newPath = '' }: StoredHunk) =>
          paths.includes(path) || (kind === 'rename' && !paths.includes(newPath))
        // A file that was deleted comes back under another id, which hunks from before do not name.
        const isOfGoneFile = ({ kind, fileId }: StoredHunk) => kind !== 'delete' && !played.room.doc(fileId ?? '')
        const isStuck = (hunk: StoredHunk) => isOfGoneFile(hunk) || (isFileOperation(hunk) && isInTheWay(hunk))
        expect(left.filter((hunk) => !isStuck(hunk))).toEqual([])
        expect(played.hunks().filter(isOpenHunk)).toEqual([])
        expect(played.unsound()).toEqual([])
      }),
      { ...runs, examples: [[mergedAndDeleted, deletionAccepted, [0]]] },
    )
  },
)
