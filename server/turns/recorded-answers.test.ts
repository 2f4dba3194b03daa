import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { loadRecordings } from '#model/replay/recordings.ts'
import { loadSamples } from '#sessions/samples.ts'
import { Stage } from './testing/stage.ts'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const samples = loadSamples(folder('../sessions/samples'))
const recordings = (await loadRecordings(folder('../model/replay/recordings'))).filter(
  ({ selection }) => selection === undefined,
)

test.each(recordings)(
  '$sampleId: "$prompt" settles every hunk, and rejecting all leaves the sample as it was.',
  async (recording) => {
    const sample = samples.get(recording.sampleId)?.files ?? []
    const files = Object.fromEntries(sample.map(({ path, bytes }) => [path, new TextDecoder().decode(bytes)]))
    const stage = await Stage.open(files)
    const turnId = await stage.asked(recording.prompt)
    for (const [index, piece] of (recording.answer.match(/[^]{1,300}/g) ?? []).entries()) {
      stage.model.say(piece)
      if (index % 4 === 0) await stage.pass()
    }
    stage.model.finish()
    expect(await stage.end(turnId)).toMatchObject({ reason: 'complete' })
    const hunks = await stage.hunks()
    expect(hunks.filter(({ state }) => state !== 'settled')).toEqual([])
    await stage.decide(
      'reject',
      hunks.map(({ hunkId }) => hunkId),
    )
    const texts = await Promise.all(
      (await stage.sessions.files(stage.sessionId)).map(async ({ path }) => [path, await stage.text(path)] as const),
    )
    expect(Object.fromEntries(texts)).toEqual(files)
  },
)
