import { composer, expect, shot, startFromSample, storedTexts } from './journey.ts'
import { allEnded, endNote, longPrompt, press, reviewBar, send, snake, stopButton, testOn } from './turns.ts'

const test = testOn({ MODEL_IDLE_TIMEOUT_MS: '60000', REPLAY_TOKENS_PER_SECOND: '4000' })

/** Stays in its middle for as long as a journey needs. Asked again it would not stall, so every journey has a mark of its own. */
const stalling = (mark: string) => `/fault stall ${longPrompt}${mark}`

test('Esc stops the assistant: what was complete stays, the hunk it was writing goes, and the answer can go on', async ({
  page,
}) => {
  await startFromSample(page, snake)
  const turn = await send(page, stalling('.'))
  const meter = page.getByRole('treeitem', { name: /combo-meter\.ts/ })
  await expect(meter).toBeVisible()
  await composer(page).press('Escape')
  await expect(turn).toContainText('Stopped. 8 complete hunks stay, the unfinished one was taken back.')
  await expect(turn).toContainText('Two changes that share one place')
  await expect(turn.getByRole('button', { name: /combo-meter\.ts/ })).toContainText('taken back')
  await expect(meter).toHaveCount(0)
  await expect(reviewBar(page)).toContainText('of 8')
  expect((await storedTexts(page)).join()).not.toContain('drawComboMeter')
  await page.screenshot(shot('turn-stopped'))

  const rest = await press(page, turn.getByRole('button', { name: 'Continue' }))
  await expect(composer(page)).toBeFocused()
  await allEnded(page)
  await expect(rest).toContainText('the two numbers to play with')
  await expect(rest).not.toContainText('Two changes that share one place')
  await expect(reviewBar(page)).toContainText('of 14')
  await expect(turn.getByRole('button', { name: 'Continue' })).toHaveCount(0)
})

test('a message sent while the own turn streams redirects it', async ({ page }) => {
  await startFromSample(page, snake)
  const first = await send(page, stalling('!'))
  await expect(first.getByRole('button', { name: /src\/game\.ts/ })).toContainText('to review')
  await composer(page).fill('Explain how the game loop keeps the same speed on every screen')
  await expect(page.getByRole('button', { name: 'Redirect' })).toBeEnabled()
  await page.screenshot(shot('turn-redirecting'))
  const second = await send(page, 'Explain how the game loop keeps the same speed on every screen')
  await expect(first).toContainText('Redirected by the next message.')
  await allEnded(page)
  await expect(second).toContainText('to first token')
  await expect(second).toContainText('once per screen refresh')
  await expect(first.getByRole('button', { name: /src\/grid\.ts/ })).toContainText('to review')
  await expect(first.getByRole('button', { name: 'Try again' })).toHaveCount(0)
})

test('another tab of the same person sees the turn and stops it', async ({ page, context }) => {
  await startFromSample(page, snake)
  await send(page, stalling('?'))
  const other = await context.newPage()
  await other.goto(page.url())
  await expect(other.getByRole('article').getByRole('button', { name: /src\/game\.ts/ })).toBeVisible()
  await stopButton(other).click()
  for (const tab of [page, other]) await expect(tab.getByRole('article')).toContainText('Stopped.')
  const shown = await page.getByRole('article').innerText()
  expect(await other.getByRole('article').innerText()).toBe(shown)
})

test('before the first token there is nothing to continue, only to try again', async ({ page }) => {
  await startFromSample(page, snake)
  const turn = await send(page, '/fault slow_first_byte:20000 Rename the function turn to steer everywhere')
  await expect(turn).toContainText(/Asking gpt-oss-120b… \d s/)
  await composer(page).press('Escape')
  await expect(turn).toContainText('Stopped. Nothing was changed.')
  await expect(turn.getByRole('button', { name: 'Continue' })).toHaveCount(0)
  const again = await press(page, turn.getByRole('button', { name: 'Try again' }))
  await allEnded(page)
  await expect(again).toContainText('Seven places in three files')
})

test('a limit counts down to its reset, also after a reload, and the composer stays usable', async ({ page }) => {
  await startFromSample(page, snake)
  const turn = await send(page, '/fault requests_minute:9')
  const note = endNote(turn)
  await expect(note).toContainText('The limit of requests at Replay is reached.')
  await expect(note).toContainText(/Try again in [89] s\./)
  await page.screenshot(shot('turn-limit'))
  await composer(page).fill('half a thought')
  await expect(note).toContainText(/Try again in [567] s\./)
  await page.reload()
  await expect(note).toContainText(/Try again in [1-5] s\./)
  await expect(note).toContainText('Try again now.')
  await send(page, 'Rename the function turn to steer everywhere')
  await expect(reviewBar(page)).toContainText('of 7')
  await expect(turn).toContainText('The limit of requests at Replay is reached.')
  await expect(note).toHaveCount(0)
})
