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
