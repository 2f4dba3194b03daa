import fc from 'fast-check'
import { expect, test } from 'vitest'
import * as Y from 'yjs'
import { committedRows, documentsOn, openedText, openTab, storeWithFile, type Tab } from './documents-fixture.ts'

/** What one client does next: edit, send the oldest edit it has not sent, or read the next row that it has not read. */
const step = fc.record({
  client: fc.nat(2),
  action: fc.oneof(
    fc.record({
      type: fc.constant('insert' as const),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      text: fc.string({ minLength: 1, maxLength: 4, unit: 'grapheme' }),
    }),
    fc.record({
      type: fc.constant('delete' as const),
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.integer({ min: 1, max: 6 }),
    }),
    fc.record({ type: fc.constant('send' as const), twice: fc.boolean() }),
    fc.record({ type: fc.constant('read' as const) }),
  ),
})

test(
  'clients that edit, send and read in any order end with the text of the server and of the disk',
  { timeout: 30_000 },
  async () => {
    const plan = fc.asyncProperty(fc.string({ maxLength: 20 }), fc.array(step, { maxLength: 60 }), async (initial, steps) => {
      const store = await storeWithFile(initial.replaceAll('\r', ''))
      const documents = documentsOn(store)
      const rows = committedRows(documents)
      const tabs: Tab[] = []
      for (const participantId of ['ada', 'ben', 'cem']) tabs.push(await openTab(documents, participantId))
      const read = tabs.map(() => 0)
      const sent: Promise<unknown>[] = []
      let pushes = 0

      const send = (tab: Tab, twice: boolean) => {
        const update = tab.unsent.shift()
        if (!update) return
        const push = { participantId: tab.participantId, pushId: `p${pushes++}`, update }
        sent.push(documents.push('f1', push))
        if (twice) sent.push(documents.push('f1', push))
      }
      const readNext = (tab: Tab, index: number) => {
        const row = rows[read[index] ?? 0]
        if (!row?.update) return false
        Y.applyUpdate(tab.doc, row.update, 'server')
        read[index] = (read[index] ?? 0) + 1
        return true
      }

      for (const { client, action } of steps) {
        const tab = tabs[client]
        if (!tab) continue
        const at = 'at' in action ? Math.floor(action.at * tab.text.length) : 0
        if (action.type === 'insert') tab.text.insert(at, action.text.replaceAll('\r', ''))
        else if (action.type === 'delete') tab.text.delete(at, Math.min(action.length, tab.text.length - at))
        else if (action.type === 'send') send(tab, action.twice)
        else {
          await Promise.all(sent)
          readNext(tab, client)
        }
      }
      for (const tab of tabs) while (tab.unsent.length > 0) send(tab, false)
      await Promise.all(sent)
      for (const [index, tab] of tabs.entries()) while (readNext(tab, index));

      const { text, seq } = await documents.text('f1')
      expect(rows.map((row) => row.seq)).toEqual(Array.from({ length: seq }, (_, index) => index + 1))
      for (const tab of tabs) expect(tab.text.toString()).toBe(text)
      expect(await openedText(documents)).toBe(text)
      for (const _ of tabs) documents.release('f1')
      await documents.close()
      expect(await openedText(documentsOn(store))).toBe(text)
      expect((await store.texts('s1'))[0]).toMatchObject({ text, tail: false })
    })
    await fc.assert(plan, { numRuns: 60 })
  },
)
