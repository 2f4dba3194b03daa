import { expect, test } from 'vitest'
import type { Result } from '#protocol/failures.ts'
import { manualClock } from '../testing/manual-time.ts'
import { LeftEdits, type Stranded } from './left-edits.ts'

const row = (number: number) => ({
  pushId: `p${number}`,
  sessionId: 's1',
  fileId: 'f1',
  path: 'a.ts',
  tabId: 't1',
  clientId: 7,
  number,
  epoch: 0,
  update: new Uint8Array([number]),
  edits: 1,
})

const stored: Result<{ seq: number }> = { ok: true, value: { seq: 1 } }
const refused = (code: 'unavailable' | 'resync'): Result<{ seq: number }> => ({ ok: false, error: { code } })

/** Two rows of a tab that is gone, and what the server answers, one after the other. */
async function sending(answers: Result<{ seq: number }>[]) {
  const clock = manualClock()
  const sent: string[] = []
  const stranded: Stranded[] = []
  const left = new LeftEdits({
    clock,
    newPushId: () => 'none',
    isLarge: () => false,
    claim: () => true,
    release: () => {},
    send: async ({ pushId }) => {
      sent.push(pushId)
      return answers.shift() ?? stored
    },
    forget: () => {},
    onPendingChanged: () => {},
    onStranded: (given) => stranded.push(given),
  })
  left.add([row(1), row(2)])
  left.resume()
  const settle = async () => {
    for (let step = 0; step < 10; step += 1) await Promise.resolve()
  }
  await settle()
  clock.advance(1_000)
  await settle()
  return { sent, stranded, left }
}

test('a push that builds on one that the server has put off is sent again behind it', async () => {
  const { sent, stranded, left } = await sending([refused('unavailable'), refused('resync')])
  expect([sent, stranded, left.pending]).toEqual([['p1', 'p2', 'p1', 'p2'], [], 0])
})

test('what builds on something that nobody sends any more is stranded with all that follows', async () => {
  const { sent, stranded, left } = await sending([refused('resync')])
  expect([sent, stranded.map(({ rows, code }) => [code, rows.length]), left.pending]).toEqual([
    ['p1', 'p2'],
    [['resync', 2]],
    0,
  ])
})
