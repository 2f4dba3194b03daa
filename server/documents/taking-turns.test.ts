import { expect, test, vi } from 'vitest'
import { takingTurns } from './taking-turns.ts'

test('Others have their turn once they have waited as long as they may, and not before.', async () => {
  let ms = 0
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => ms)
  let turns = 0
  const others = takingTurns(8)
  setImmediate(() => (turns += 1))
  ms = 7
  await others()
  expect(turns).toBe(0)
  ms = 8
  await others()
  expect(turns).toBe(1)
  setImmediate(() => (turns += 1))
  ms = 15
  await others()
  expect(turns).toBe(1)
  clock.mockRestore()
})
