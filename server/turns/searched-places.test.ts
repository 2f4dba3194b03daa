import { expect, test } from 'vitest'
import { similarPlace } from '#edits/similar-place.ts'
import { QuickRoom } from './testing/quick-room.ts'
import { QuickTurn } from './testing/quick-turn.ts'

const old = Array.from({ length: 30 }, (_, index) => `const value${index} = compute(input${index}, ${index})`)

test('Chunks behind one whose place is still searched for wait for it, so that each gets to its own place.', async () => {
  const room = new QuickRoom({ 'a.ts': old.map((line) => `${line}\n`).join('') })
  let found = (): void => {}
  const isTime = new Promise<void>((resolve) => (found = resolve))
  const turn = new QuickTurn(room, async (text, { oldLines, newLines }) => {
    await isTime
    return similarPlace(text, oldLines, newLines, () => false)
  })
  const misquoted = old.slice(3, 9).map((line, index) => (index === 2 ? line.replace('compute', 'computes') : line))
  const kept = misquoted.slice(0, 5).map((line) => ` ${line}\n`)
  turn.say(`*** Begin Patch\n*** Update File: a.ts\n@@\n${kept.join('')}-${misquoted[5]}\n+first\n`)
  turn.say(`@@\n-${old[20]}\n+second\n@@\n-${old[25]}\n+third\n*** End Patch\n`)
  await turn.pass(3)
  found()
  await turn.end()
  const wanted = old.with(8, 'first').with(20, 'second').with(25, 'third')
  expect(room.text('a.ts')).toBe(wanted.map((line) => `${line}\n`).join(''))
})
