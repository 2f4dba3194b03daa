import fc from 'fast-check'
import { expect, test } from 'vitest'
import type * as Y from 'yjs'
import { Stage } from './testing/stage.ts'

/** Not `fc.double`, which prefers numbers next to nothing. */
const share = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000)
const step = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('turn' as const),
      file: fc.nat(3),
      at: share,
      lines: fc.nat(3),
      added: fc.nat(3),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('creation' as const), file: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('typing' as const), file: fc.nat(3), at: share, deleted: fc.nat(3) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom('accept' as const, 'reject' as const),
      hunks: fc.array(fc.nat(), { maxLength: 3 }),
    }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never
const isTurn = ({ kind }: Step) => kind === 'turn' || kind === 'creation'
const plan = fc.record({
  steps: fc.array(step, { minLength: 2, maxLength: 9 }).filter((steps) => steps.some(isTurn)),
  checkpoint: fc.nat(),
})

const typedFrom = 0x4e00
const isTyped = (character: string) => character >= '\u4e00' && character <= '\u9fff'
const typedIn = (texts: Record<string, string>) => new Set(Object.values(texts).flatMap((text) => [...text].filter(isTyped)))

/** Found at seed -2044250268: what was typed into a created file went with it, because a later turn had deleted it. */
const aTurnDeletedWhatWasTyped: { steps: Step[]; checkpoint: number } = {
  steps: [
    { kind: 'creation', file: 0 },
    { kind: 'typing', file: 2, at: 0, deleted: 0 },
    { kind: 'turn', file: 2, at: 0, lines: 1, added: 0 },
  ],
  checkpoint: 0,
}

/** Found at seed 1393289412: a created file stayed, because its creation was rejected after another hunk of it had been accepted. */
const aCreationWasRejectedLate: { steps: Step[]; checkpoint: number } = {
  steps: [
    { kind: 'creation', file: 0 },
    { kind: 'turn', file: 2, at: 0, lines: 1, added: 0 },
    { kind: 'accept', hunks: [1_019_424_267] },
    { kind: 'reject', hunks: [0] },
  ],
  checkpoint: 0,
}

/** What happened until a turn saw the files. */
type Moment = { turnId: string; texts: Record<string, string>; edited: Set<string>; typed: Set<string> }

class Story {
  readonly stage: Stage
  readonly moments: Moment[] = []
  #written = 0
  #typed = 0

  constructor(stage: Stage) {
    this.stage = stage
  }

  async play(action: Step): Promise<void> {
    const texts = await this.stage.texts()
    const paths = Object.keys(texts)
    if ('hunks' in action) {
      const hunks = await this.stage.hunks()
      const chosen = action.hunks.flatMap((pick) => hunks[pick % hunks.length]?.hunkId ?? [])
      if (chosen.length > 0) await this.stage.decide(action.kind, chosen)
      const left = typedIn(await this.stage.texts())
      for (const { typed } of this.moments) {
        for (const character of typedIn(texts)) if (!left.has(character)) typed.delete(character)
      }
      return
    }
    const path = action.kind === 'creation' ? `new${action.file}.txt` : (paths[action.file % paths.length] ?? '')
    const text = texts[path] ?? ''
    if (action.kind === 'typing') {
      const at = Math.floor(action.at * text.length)
      const character = String.fromCharCode(typedFrom + this.#typed++)
      const deleted = text.slice(at, at + action.deleted)
      await this.stage.type(path, (shared: Y.Text) => {
        shared.delete(at, deleted.length)
        shared.insert(at, character)
      })
      for (const moment of this.moments) {
        for (const gone of deleted) moment.typed.delete(gone)
        moment.typed.add(character)
        moment.edited.add(path)
      }
      return
    }
    const lines = text.split(/(?<=\n)/)
    const from = action.kind === 'turn' ? Math.floor(action.at * lines.length) : 0
    const search = action.kind === 'turn' ? lines.slice(from, from + action.lines).join('') : ''
    const added = Array.from({ length: action.kind === 'turn' ? action.added : 2 }, () => `written ${this.#written++}\n`).join(
      '',
    )
    const ends = search === '' || search.endsWith('\n') ? search : `${search}\n`
    const answer = `${path}\n\`\`\`\n<<<<<<< SEARCH\n${ends}=======\n${added}>>>>>>> REPLACE\n\`\`\`\n`
    const openFileIds = (await this.stage.sessions.files(this.stage.sessionId)).map(({ fileId }) => fileId)
    const turnId = await this.stage.answer(answer, { openFileIds })
    this.moments.push({ turnId, texts, edited: new Set(), typed: new Set() })
  }
}

test('[K3] [K4] Whatever happened since a turn, restoring brings back every file that nobody typed in, keeps what people wrote, and once is enough.', async () => {
  await fc.assert(
    fc.asyncProperty(plan, async ({ steps, checkpoint }) => {
      const stage = await Stage.open({ 'a.txt': 'one\ntwo\nthree\nfour\nfive\n', 'b.txt': 'six\nseven\neight' })
      const story = new Story(stage)
      for (const action of steps) await story.play(action)
      const moment = story.moments[checkpoint % story.moments.length]
      if (moment === undefined) throw new Error('a story without a turn')
      const { kept } = await stage.restore(moment.turnId)
      const texts = await stage.texts()
      const untouched = Object.entries(moment.texts).filter(([path]) => !moment.edited.has(path))
      for (const [path, text] of untouched) expect({ path, text: texts[path] }).toEqual({ path, text })
      expect(Object.keys(texts).filter((path) => !(path in moment.texts) && !moment.edited.has(path))).toEqual([])
      const left = typedIn(texts)
      expect([...moment.typed].filter((character) => !left.has(character))).toEqual([])
      const different = Object.keys(texts).filter((path) => texts[path] !== moment.texts[path])
      expect(kept.map(({ path }) => path)).toEqual(different.toSorted())
      expect(await stage.restore(moment.turnId)).toMatchObject({ restored: [] })
      expect(await stage.texts()).toEqual(texts)
      await stage.leave()
      await stage.store.close()
    }),
    { numRuns: 250, examples: [[aTurnDeletedWhatWasTyped], [aCreationWasRejectedLate]] },
  )
}, 120_000)
