import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isOpenHunk, isProposal } from '#protocol/hunks.ts'
import { editPlan, order, share } from './testing/edit-plan.ts'
import { Script } from './testing/edit-script.ts'
import { blankLineAtUnterminatedEnd, lastUnterminatedLineDropped, lookalikeOfDeleted } from './testing/pinned-plans.ts'
import { Played, shuffled } from './testing/played-plan.ts'
import { QuickTurn } from './testing/quick-turn.ts'

const runs = { numRuns: 1_000 }
test(
  '[2, 4, 5, 10] However an answer is cut, it ends as it says; accepting all changes nothing, rejecting all in any order restores every byte.',
  { timeout: 120_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(editPlan({ typing: 'nothing' }), order, fc.boolean(), async (plan, keys, accepts) => {
        const played = await Played.play(plan)
        const after = played.wanted()
        expect(played.texts()).toEqual(after)
        expect(played.unduly()).toEqual([])
        expect(played.unsound()).toEqual([])
        if (accepts) await played.decide('accept', played.ids())
        else await played.decideEach('reject', keys)
        expect(played.texts()).toEqual(accepts ? after : played.script.before)
        expect(accepts || isDeepStrictEqual(played.exported(), played.script.imported)).toBe(true)
        expect(played.hunks().filter((hunk) => isOpenHunk(hunk) && !(accepts && isProposal(hunk)))).toEqual([])
        expect(played.unsound()).toEqual([])
      }),
      {
        ...runs,
        examples: [
          [blankLineAtUnterminatedEnd, [0], false],
          [lastUnterminatedLineDropped, [0], false],
        ],
      },
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
        expect(played.unsound()).toEqual([])
        await played.decideEach('reject', keys)
        expect(played.letters()).toEqual(typed)
        expect(played.unsound()).toEqual([])
        const lines = plan.typing.some(({ kind }) => kind === 'line')
        for (const [path, before] of Object.entries(played.script.before)) {
          const left = played.withoutLetters(played.room.text(path))
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
        expect(played.unsound()).toEqual([])
      },
    ),
    runs,
  )
})

test('[8] An answer that is cut off at any character leaves no part of a hunk.', { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(editPlan({ typing: 'nothing' }), share, async (plan, part) => {
      const { answer, blocks, before } = new Script(plan)
      const until = Math.floor(answer.length * part)
      const played = await Played.play(plan, { until, reason: 'stopped' })
      const ends = new Set(played.hunks().map((hunk) => (isProposal(hunk) ? 'shown' : hunk.state)))
      expect([...ends].filter((end) => !['settled', 'aborted', 'shown'].includes(end))).toEqual([])
      expect(played.unduly()).toEqual([])
      // Chunks of a patch are hunks of their own, and the line behind one tells that it has ended.
      const shown = new Set(played.proposals().map(({ block }) => block))
      const whole = (end: 'from' | 'until') =>
        played.script.after((block) => !shown.has(block) && (blocks[block - 1]?.[end] ?? 0) <= until)
      expect([whole('from'), whole('until')]).toContainEqual(played.texts())
      expect(played.unsound()).toEqual([])
      await played.decide('reject', played.ids())
      expect(played.texts()).toEqual(before)
    }),
    runs,
  )
})

test('[7] The order in which hunks are decided does not matter.', { timeout: 120_000 }, async () => {
  // It does where a whole file comes or goes: its creation takes the open hunks in it along, and leaves it where one was accepted before.
  await fc.assert(
    fc.asyncProperty(editPlan({ typing: 'insertions', creations: false }), order, order, async (plan, one, other) => {
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
        // With a file that was created its other hunks go for good; only the creation comes back.
        const created = played.hunks().filter(({ kind }) => kind === 'create')
        const settled = played
          .hunks()
          .filter(
            ({ state, hunkId, fileId }) =>
              state === 'settled' && created.every((creation) => creation.hunkId === hunkId || creation.fileId !== fileId),
          )
        const some = shuffled(ids(settled), one).slice(0, Math.ceil(settled.length / 2))
        for (const id of some) await played.decide('reject', [id])
        const without = played.texts()
        await played.decideEach('redo', other, some)
        expect(played.texts()).toEqual(before)
        expect(played.unsound()).toEqual([])
        await played.decide('reject', some)
        expect(played.texts()).toEqual(without)
      }),
      runs,
    )
  },
)

test('[9] An answer that is given a second time changes nothing, and says so.', { timeout: 120_000 }, async () => {
  await fc.assert(
    // A place that was not clear may be clear the second time, and what is appended is appended again where more has followed.
    fc.asyncProperty(editPlan({ typing: 'nothing', isPlain: true }), async (plan) => {
      const played = await Played.play(plan)
      const known = new Set(played.ids())
      const again = new QuickTurn(played.room)
      await again.answer(played.script.answer)
      expect(played.texts()).toEqual(played.wanted())
      const anew = played.hunks().filter(({ hunkId }) => !known.has(hunkId))
      // Of what was deleted there is nothing left to find; everything else is recognised as done.
      expect(anew.filter(({ proposedText, reason }) => proposedText !== '' && reason !== 'no_match')).toEqual([])
    }),
    { ...runs, examples: [[lookalikeOfDeleted]] },
  )
})

const ids = (hunks: readonly { hunkId: string }[]) => hunks.map(({ hunkId }) => hunkId)
