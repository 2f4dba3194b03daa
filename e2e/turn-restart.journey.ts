import { expect, shot, startFromSample, storedTexts } from './journey.ts'
import { allEnded, endNote, longPrompt, press, reviewBar, send, snake, stopButton, testOn } from './turns.ts'

const test = testOn({ MODEL_IDLE_TIMEOUT_MS: '60000', REPLAY_TOKENS_PER_SECOND: '250' })

/** First and last words of the files that the answer creates. */
const wholeFiles = [
  ['const COMBO_STEPS', 'return combo.stepsLeft / COMBO_STEPS\n}\n'],
  ['const WIDTH = 156', 'context.fillRect(PADDING, HEIGHT - 9, length * left, 3)\n}\n'],
] as const

test('a turn goes on while the page reloads, and what is shown at its end is what is stored', async ({ page }) => {
  await startFromSample(page, snake)
  const turn = await send(page, longPrompt)
  await expect(turn).toContainText('Two changes that share one place')
  await page.reload()
  await expect(stopButton(page)).toBeVisible()
  await expect(turn).toContainText('Two changes that share one place')
  await allEnded(page)
  await expect(turn).toContainText('the two numbers to play with')
  await expect(reviewBar(page)).toContainText('of 14')
  const shown = await turn.innerText()
  await page.reload()
  await expect(turn).toContainText('to first token')
  expect(await turn.innerText()).toBe(shown)
})

for (const way of ['Continue', 'Try again'] as const) {
  test(`a server that is killed in the middle of a turn comes back with all that was complete, and ${way} works`, async ({
    page,
    flint,
  }) => {
    await startFromSample(page, snake)
    const turn = await send(page, longPrompt)
    const creating = page.getByRole('treeitem', { name: /combo(-meter)?\.ts/ })
    await expect(creating.first()).toBeVisible()
    await flint.stop()
    await expect(page.getByRole('alert').filter({ hasText: 'The connection to the server is lost' })).toBeVisible()
    await page.screenshot(shot('turn-server-gone'))
    await flint.restart()
    const note = endNote(turn)
    await expect(note).toContainText('The server restarted in the middle of this answer.')
    await expect(note).toContainText(/\d+ complete hunks stay(, the unfinished one was taken back)?\./)
    await expect(turn).toContainText('Two changes that share one place')
    await page.screenshot(shot('turn-interrupted'))
    // The file that was being created is there whole or not at all.
    const texts = await storedTexts(page)
    for (const [first, last] of wholeFiles) {
      expect(texts.filter((text) => text.includes(first)).every((text) => text.endsWith(last))).toBe(true)
    }

    const next = await press(page, note.getByRole('button', { name: way }))
    await allEnded(page)
    await expect(next).toContainText('the two numbers to play with')
    await expect(next.getByText('not applied')).toHaveCount(0)
    await expect(reviewBar(page)).toContainText('of 14')
    await reviewBar(page).getByRole('button', { name: 'Accept all' }).click()
    await expect(reviewBar(page)).toBeHidden()
    const decided = await storedTexts(page)
    expect(decided.filter((text) => wholeFiles.some(([first]) => text.includes(first)))).toHaveLength(wholeFiles.length)
    await page.reload()
    await expect(next).toContainText('the two numbers to play with')
    expect(await storedTexts(page)).toEqual(decided)
  })
}
