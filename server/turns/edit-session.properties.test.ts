import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Stage } from './testing/stage.ts'

const path = 'src/story.txt'
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `line ${index} 🐍${'}'.repeat(index % 3)}`)
const joined = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('')

/** What a block does to the lines it replaces: each is kept, dropped or changed, and new ones come in between. */
const lineChange = fc.constantFrom('keep', 'keep', 'drop', 'change', 'insert', 'brace')
const block = fc.record({
  gap: fc.nat(6),
  changes: fc.oneof(
    fc.array(lineChange, { minLength: 1, maxLength: 6 }),
    fc.array(lineChange, { minLength: 45, maxLength: 80 }),
  ),
})
/** Not `fc.double`, which prefers numbers next to nothing. */
const share = fc.integer({ min: 0, max: 1000 }).map((thousandths) => thousandths / 1000)
const plan = fc.record({
  blocks: fc.array(block, { minLength: 1, maxLength: 3 }),
  /** Lengths of the reads, and how many frames pass after each. */
  reads: fc.array(fc.tuple(fc.integer({ min: 40, max: 500 }), fc.constantFrom(0, 1, 1, 1, 12)), {
    minLength: 3,
    maxLength: 30,
  }),
})

function script({ blocks }: { blocks: { gap: number; changes: string[] }[] }) {
  const old = numbered(260)
  const result: string[] = []
  let answer = 'Here it comes.\n\n'
  let next = 0
  for (const { gap, changes } of blocks) {
    result.push(...old.slice(next, next + gap))
    next += gap
    const search = old.slice(next, next + changes.length)
    const replace = changes.flatMap((change, index) => {
      const line = search[index] ?? ''
      if (change === 'keep') return [line]
      if (change === 'change') return [`${line} changed`]
      if (change === 'insert') return [line, `new below ${line}`]
      if (change === 'brace') return ['}', line, '']
      return []
    })
    answer += `${path}\n\`\`\`\n<<<<<<< SEARCH\n${joined(search)}=======\n${joined(replace)}>>>>>>> REPLACE\n\`\`\`\n\n`
    result.push(...replace)
    next += changes.length
  }
  return { before: joined(old), after: joined([...result, ...old.slice(next)]), answer }
}

/** Gives the answer in reads of these lengths, up to `until`. */
async function give(
  stage: Stage,
  answer: string,
  reads: readonly (readonly [number, number])[],
  between: (read: number) => Promise<void> = async () => {},
): Promise<void> {
  let at = 0
  for (let read = 0; at < answer.length; read += 1) {
    const [length, frames] = reads[read % reads.length] ?? [50, 0]
    stage.model.say(answer.slice(at, at + length))
    at += length
    await stage.pass(frames)
    await between(read)
  }
}

/** The text with every hunk's range replaced by what it says it replaced. */
async function withBaseTexts(stage: Stage, text: string): Promise<string> {
  const hunks = await stage.hunks()
  const ranges = await Promise.all(hunks.map(async (hunk) => ({ ...(await stage.rangeOf(hunk)), base: hunk.baseText })))
  return ranges
    .toSorted((a, b) => b.start - a.start || b.end - a.end)
    .reduce((result, { start, end, base }) => result.slice(0, start) + base + result.slice(end), text)
}

const open = (hunks: { state: string; hunkId: string }[]) => hunks.map(({ hunkId }) => hunkId)

test('However an answer is cut and whenever its pieces come, the document ends as the answer says, and rejecting all restores it.', async () => {
  await fc.assert(
    fc.asyncProperty(plan, async ({ blocks, reads }) => {
      const { before, after, answer } = script({ blocks })
      const stage = await Stage.open({ [path]: before })
      const turnId = await stage.asked()
      await give(stage, answer, reads)
      stage.model.finish()
      expect(await stage.end(turnId)).toMatchObject({ reason: 'complete' })
      expect(await stage.text(path)).toBe(after)
      const hunks = await stage.hunks()
      expect(new Set(hunks.map(({ state }) => state))).toEqual(new Set(before === after ? [] : ['settled']))
      expect(stage.tab.textOf(turnId)).toBe(answer)
      expect(await withBaseTexts(stage, after)).toBe(before)
      await stage.decide('reject', open(hunks))
      expect(await stage.text(path)).toBe(before)
      await stage.leave()
    }),
    { numRuns: 25 },
  )
}, 60_000)

test('Stopping anywhere leaves no part of a hunk.', async () => {
  await fc.assert(
    fc.asyncProperty(plan, share, async ({ blocks, reads }, part) => {
      const { before, answer } = script({ blocks })
      const stage = await Stage.open({ [path]: before })
      const turnId = await stage.asked()
      const said = answer.slice(0, Math.floor(answer.length * part))
      await give(stage, said, reads)
      await Promise.all([stage.stop(turnId), stage.end(turnId)])
      const complete = said.split('>>>>>>> REPLACE\n').length - 1
      const { after } = script({ blocks: blocks.slice(0, complete) })
      const hunks = await stage.hunks()
      expect(await stage.text(path)).toBe(after)
      for (const { state } of hunks) expect(['settled', 'aborted']).toContain(state)
      await stage.decide('reject', open(hunks))
      expect(await stage.text(path)).toBe(before)
      await stage.leave()
    }),
    { numRuns: 25 },
  )
}, 60_000)

test('Nothing that people type while an answer streams is lost, and rejecting all leaves their text and the old one.', async () => {
  const typing = fc.array(fc.tuple(fc.nat(40), share), { minLength: 1, maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(plan, typing, async ({ blocks, reads }, typed) => {
      const { before, answer } = script({ blocks })
      const stage = await Stage.open({ [path]: before })
      const turnId = await stage.asked()
      let written = ''
      await give(stage, answer, reads, async (read) => {
        for (const [when, where] of typed.filter(([when]) => when === read)) {
          const letter = String.fromCodePoint(0x4e00 + written.length + when * 100)
          written += letter
          await stage.type(path, (text) => {
            let at = Math.floor(text.length * where)
            if (/[\uDC00-\uDFFF]/.test(text.toString().charAt(at))) at += 1
            text.insert(at, letter)
          })
        }
      })
      stage.model.finish()
      expect(await stage.end(turnId)).toMatchObject({ reason: 'complete' })
      const humans = (text: string) => [...text].filter((character) => written.includes(character)).toSorted()
      expect(humans(await stage.text(path))).toEqual([...written].toSorted())
      await stage.decide('reject', open(await stage.hunks()))
      const restored = await stage.text(path)
      expect(humans(restored)).toEqual([...written].toSorted())
      expect([...restored].filter((character) => !written.includes(character)).join('')).toBe(before)
      await stage.leave()
    }),
    { numRuns: 25 },
  )
}, 60_000)
