import { expect, onTestFinished, test } from 'vitest'
import { changedLines } from './changed-lines.ts'
import { LineCountThread } from './line-counting.ts'

test('Lines of short and long texts are counted alike, and of too long ones not at all.', async () => {
  const counting = new LineCountThread()
  onTestFinished(() => counting.close())
  const text = (lines: number, every: number) =>
    Array.from({ length: lines }, (_, at) => `${at % every === 0 ? 'new' : 'old'} line ${at}\n`).join('')
  for (const lines of [20, 5_000]) {
    const [before, now] = [text(lines, Infinity), text(lines, 10)]
    expect(await counting.count(before, now)).toEqual(changedLines(before, now))
  }
  expect(await counting.count('a'.repeat(600_000), 'b'.repeat(600_000))).toBeUndefined()
})
