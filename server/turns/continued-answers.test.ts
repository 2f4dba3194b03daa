import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { continuedAnswer } from '#model/replay/continuation.ts'
import { loadRecordings, type Recording } from '#model/replay/recordings.ts'
import { loadSamples } from '#sessions/samples.ts'
import { Stage } from './testing/stage.ts'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const samples = loadSamples(folder('../sessions/samples'))
const recordings = (await loadRecordings(folder('../model/replay/recordings'))).filter(
  ({ selection }) => selection === undefined,
)

/** Where to stop, as a share of what is left; `line`: at the end of the line there. */
type Cut = { share: number; line: boolean }

/** Plays a recorded answer, stopping it wherever `cuts` say and letting it go on; the files and hunks it leaves. */
async function played({ sampleId, prompt, answer }: Recording, cuts: readonly Cut[]) {
  const sample = samples.get(sampleId)?.files ?? []
  const stage = await Stage.open(Object.fromEntries(sample.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)])))
  const again = { sessionId: stage.sessionId, participantId: stage.owner, how: 'continue' } as const
  const messages = [{ role: 'user', text: prompt }]
  let turnId = await stage.asked(prompt)
  let rest: string | undefined = answer
  for (const cut of cuts) {
    const given = beginning(rest, cut)
    for (const piece of given.match(/[^]{1,300}/g) ?? []) {
      stage.model.say(piece)
      await stage.pass()
    }
    await stage.stop(turnId)
    await stage.end(turnId)
    messages.push({ role: 'assistant', text: given }, { role: 'user', text: 'Continue' })
    rest = continuedAnswer(recordings, sampleId, messages)
    if (rest === undefined) break
    const asked = stage.model.requests.length
    turnId = (await stage.turns.again({ ...again, turnId })).turnId
    while (stage.model.requests.length === asked) await stage.pass()
  }
  if (rest !== undefined) {
    stage.model.say(rest)
    stage.model.finish()
    await stage.end(turnId)
  }
  const hunks = (await stage.hunks()).filter(({ state }) => state !== 'aborted')
  const files = await stage.sessions.files(stage.sessionId)
  const texts = await Promise.all(files.map(async ({ path }) => [path, await stage.text(path)] as const))
  await stage.leave()
  return { texts: Object.fromEntries(texts), hunks: hunks.map(({ path, state }) => `${path} ${state}`).toSorted() }
}

function beginning(text: string, { share, line }: Cut): string {
  const at = Math.max(1, Math.floor(share * text.length))
  return text.slice(0, line ? text.indexOf('\n', at) + 1 || at : at)
}

test('A recorded answer that is stopped anywhere and goes on leaves what the whole one leaves.', async () => {
  const wholes = new Map<Recording, Awaited<ReturnType<typeof played>>>()
  for (const recording of recordings) wholes.set(recording, await played(recording, []))
  const cut = fc.record({ share: fc.double({ min: 0, max: 0.99, noNaN: true }), line: fc.boolean() })
  const cuts = fc.array(cut, { minLength: 1, maxLength: 3 })
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...recordings), cuts, async (recording, at) => {
      expect(await played(recording, at)).toEqual(wholes.get(recording))
    }),
    { numRuns: 40 },
  )
}, 60_000)
