import fc from 'fast-check'
import { expect, test } from 'vitest'
import { documentsOn, edited, openTab, storeWithFile } from './documents-fixture.ts'
import { DocumentFailure } from './documents.ts'

const damage = fc.record({
  /** Places in the update, as a part of its length, and the bytes that stand there instead. */
  changes: fc.array(fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.nat(255)), { maxLength: 4 }),
  cut: fc.option(fc.double({ min: 0, max: 1, noNaN: true }), { nil: undefined }),
})

test(
  'a damaged update is refused or harmless: memory and disk agree, and an honest push still works',
  { timeout: 30_000 },
  async () => {
    const property = fc.asyncProperty(fc.array(damage, { minLength: 1, maxLength: 8 }), async (damages) => {
      const store = await storeWithFile('some text\n')
      const documents = documentsOn(store)
      const ada = await openTab(documents, 'ada')
      for (const [index, { changes, cut }] of damages.entries()) {
        const tab = await openTab(documents, 'ada')
        const update = edited(tab, (text) => {
          text.insert(4, 'é, more')
          text.delete(0, 6)
          text.insert(text.length, 'end')
        }).slice()
        for (const [place, value] of changes) update[Math.floor(place * update.length)] = value
        const push = {
          participantId: 'ada',
          pushId: `p${index}`,
          update: update.slice(0, cut && Math.floor(cut * update.length)),
        }
        const outcome = await documents.push('f1', push).then(
          () => 'committed',
          (error: unknown) => (error instanceof DocumentFailure ? 'refused' : error),
        )
        expect(['committed', 'refused']).toContain(outcome)
      }
      await documents.push('f1', { participantId: 'ada', pushId: 'honest', update: edited(ada, (text) => text.insert(0, '!')) })
      const inMemory = await documents.text('f1')
      expect(await documentsOn(store).text('f1')).toEqual(inMemory)
      expect(inMemory.text).toContain('!')
    })
    await fc.assert(property, { numRuns: 80 })
  },
)

/** An update of so many single characters, all of them said to be written at the start of an empty text. */
function atTheSamePlace(client: number, count: number): Uint8Array {
  const number = (value: number): number[] =>
    value < 128 ? [value] : [(value % 128) + 128, ...number(Math.floor(value / 128))]
  const item = [4, 1, 4, ...Buffer.from('text'), 1, ...Buffer.from('a')]
  const items = Array.from({ length: count }, () => item).flat()
  return Uint8Array.from([...number(1), ...number(count), ...number(client), 0, ...items, 0])
}

test(
  'a push that would block everybody for minutes is refused, and one that only looks like it is not',
  { timeout: 60_000 },
  async () => {
    const documents = documentsOn(await storeWithFile(''))
    const [first, second] = [await openTab(documents, 'ada'), await openTab(documents, 'ada')]
    const count = 25_000
    const push = (pushId: string, update: Uint8Array) => documents.push('f1', { participantId: 'ada', pushId, update })
    const [low, high] = [first.doc.clientID, second.doc.clientID].toSorted((a, b) => a - b)
    expect(await push('p1', atTheSamePlace(low ?? 0, count))).toEqual({ seq: 1 })
    let longestMs = 0
    let before = performance.now()
    const timer = setInterval(() => {
      longestMs = Math.max(longestMs, performance.now() - before)
      before = performance.now()
    }, 10)
    await expect(push('p2', atTheSamePlace(high ?? 0, count))).rejects.toMatchObject({ code: 'too_large' })
    clearInterval(timer)
    expect(longestMs).toBeLessThan(5_000)
    const tab = await openTab(documents, 'ada')
    expect(
      await push(
        'p3',
        edited(tab, (text) => text.insert(0, 'x')),
      ),
    ).toEqual({ seq: 2 })
  },
)
