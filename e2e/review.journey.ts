import type { Page } from '@playwright/test'
import { FlintServer } from './flint-server.ts'
import { startHeldService, type HeldService } from './held-service.ts'
import { ask, code, expect, shot, startFromSample, storedTexts, test } from './journey.ts'
import { longPrompt, reviewBar, send, snake, stopButton, turn } from './turns.ts'

const oneFile = 'Write tests for the score and the saved best'
const texts = async (page: Page) => (await storedTexts(page)).join('\n')
const position = (page: Page) => reviewBar(page).getByText(/^Hunk \d+ of \d+/)

/** Shows a file and goes into it, by keyboard. */
async function enter(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+P')
  await page.keyboard.type(name)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { selected: true })).toContainText(name)
  await expect(code(page)).toBeFocused()
  await expect(code(page)).toHaveAttribute('aria-autocomplete', 'both')
}

test('a rejected hunk comes back with the next key, and a turn is decided as a whole, all by keyboard', async ({ page }) => {
  await startFromSample(page, snake)
  await ask(page, longPrompt)
  await expect(position(page)).toContainText('of 14')

  // One hunk, and it back again.
  await enter(page, 'README.md')
  await page.keyboard.press('Alt+F5')
  await expect(position(page)).toHaveText(/^Hunk 1 of 14/)
  const before = await texts(page)
  await page.keyboard.press('Control+Shift+Backspace')
  await expect(position(page)).toContainText('of 13')
  await expect.poll(() => texts(page)).not.toBe(before)
  await page.screenshot(shot('review-rejected'))
  await reviewBar(page).getByRole('button', { name: 'Undo the reject' }).focus()
  await page.keyboard.press('Enter')
  await expect(position(page)).toContainText('of 14')
  await expect.poll(() => texts(page)).toBe(before)

  // With a second turn: the file on screen, then the rest of its turn, then the other turn.
  await ask(page, oneFile)
  await expect(position(page)).toContainText('of 15')
  await enter(page, 'README.md')
  await page.keyboard.press('Shift+Alt+Enter')
  await expect(position(page)).toContainText('of 13')
  await enter(page, 'grid.ts')
  await page.keyboard.press('Control+Alt+Enter')
  await expect(position(page)).toHaveText(/^Hunk 1 of 1/)
  await expect(turn(page, 1).getByText('to review')).toHaveCount(0)
  await expect(turn(page, 2).getByText('to review')).toBeVisible()
  await page.keyboard.press('Control+Alt+Backspace')
  await expect(turn(page, 2).getByText('rejected')).toBeVisible()
  await expect(page.getByRole('treeitem', { name: /score\.test\.ts/ })).toBeHidden()
  await expect(page.getByRole('treeitem', { name: /combo\.ts/ }).getByText('new')).toBeHidden()
  await expect.poll(() => texts(page)).toBe(before)
})

test('the buttons of the review stay where they are while hunks are decided', async ({ page }) => {
  await startFromSample(page, snake)
  await ask(page, longPrompt)
  await page
    .getByRole('treeitem', { name: /game\.ts/ })
    .first()
    .click()
  const reject = reviewBar(page).getByRole('button', { name: 'Reject', exact: true })
  const before = await reject.boundingBox()
  await reject.click()
  await expect(reviewBar(page).getByRole('button', { name: 'Undo the reject' })).toBeVisible()
  expect(await reject.boundingBox()).toEqual(before)
})

test('Ctrl+Z takes back the newer of what one typed and what one’s own turn wrote, and Ctrl+Y brings it again', async ({
  page,
}) => {
  await startFromSample(page, snake)
  await enter(page, 'README.md')
  await page.keyboard.press('Control+Home')
  // At once: keys that a busy machine presses too far apart are several steps.
  await page.keyboard.insertText('typed before. ')
  const typed = 'typed before. # Snake'
  await expect.poll(() => texts(page)).toContain(typed)
  await ask(page, longPrompt)
  await reviewBar(page)
    .getByRole('button', { name: /^Accept all/ })
    .click()
  await expect(reviewBar(page)).toBeHidden()
  const answered = await texts(page)
  expect(answered).toContain('| `src/combo.ts` |')

  await enter(page, 'README.md')
  await page.keyboard.press('Control+End')
  await page.keyboard.insertText('typed after')
  await expect.poll(() => texts(page)).toContain('typed after')

  await page.keyboard.press('Control+Z')
  await expect.poll(() => texts(page)).toBe(answered)
  await page.keyboard.press('Control+Z')
  await expect.poll(() => texts(page)).not.toContain('| `src/combo.ts` |')
  expect(await texts(page)).toContain(typed)
  expect(await texts(page)).toContain('COMBO_STEPS')
  const told = page.getByText(/^Took back 2 of 14 hunks of turn 1$/)
  await expect(told).toBeVisible()
  await page.screenshot(shot('review-undone'))
  await page.keyboard.press('Control+Z')
  await expect.poll(() => texts(page)).not.toContain('typed before')

  await page.keyboard.press('Control+Y')
  await expect.poll(() => texts(page)).toContain(typed)
  await page.keyboard.press('Control+Y')
  await expect.poll(() => texts(page)).toBe(answered)

  // The whole turn, from the note that a part of it was taken back.
  await page.keyboard.press('Control+Z')
  await page.getByRole('button', { name: 'Take back the whole turn' }).click()
  await expect.poll(() => texts(page)).not.toContain('COMBO_STEPS')
  await expect(turn(page, 1).getByText('reverted').first()).toBeVisible()
})

/** The answer waits before its third file, for as long as the journey needs. */
const held = test.extend<object, { service: HeldService; flint: FlintServer }>({
  service: [
    async ({}, use) => {
      const service = await startHeldService({ sampleId: 'snake', marker: 'src/combo.ts' })
      await use(service)
      await service.stop()
    },
    { scope: 'worker' },
  ],
  flint: [
    async ({ service }, use) => {
      const flint = await FlintServer.start({
        CEREBRAS_API_KEY: 'csk-1234567890',
        CEREBRAS_BASE_URL: service.url,
        MODEL_IDLE_TIMEOUT_MS: '60000',
      })
      await use(flint)
      await flint.close()
    },
    { scope: 'worker' },
  ],
})

held(
  'a hunk is rejected while the turn streams and another tab types inside the next one',
  async ({ page, context, flint, service }) => {
    await startFromSample(page, snake)
    const other = await context.newPage()
    await other.goto(page.url())
    const running = await send(page, longPrompt)
    for (const tab of [page, other]) await tab.getByRole('button', { name: 'Stop following the assistant' }).click()
    for (const path of ['src/grid.ts', 'src/game.ts'])
      await expect(running.getByRole('button', { name: path })).toContainText('to review')
    await expect(stopButton(page)).toBeVisible()

    // The other tab types at the end of a line that the assistant wrote.
    await enter(other, 'grid.ts')
    await other.keyboard.press('Alt+F5')
    await other.keyboard.press('End')
    await other.keyboard.type(' // typed inside')
    await enter(page, 'game.ts')
    await page.keyboard.press('Alt+F5')
    await page.keyboard.press('Control+Shift+Backspace')
    await expect(page.getByRole('button', { name: 'Undo the reject' })).toBeVisible()
    await expect(stopButton(page)).toBeVisible()

    service.release()
    await expect(running.getByText(/to first token/)).toBeVisible({ timeout: 40_000 })
    await expect(position(page)).toContainText('of 13')
    await expect.poll(() => texts(page)).toContain(' // typed inside')

    // Neither is forgotten by a server that crashes.
    const before = await texts(page)
    await flint.restart()
    await page.reload()
    await expect(position(page)).toContainText('of 13')
    expect(await texts(page)).toBe(before)
  },
)
