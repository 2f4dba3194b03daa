import type { Locator, Page } from '@playwright/test'
import { composer, expect, shot, startFromSample } from './journey.ts'
import { allEnded, send, snake, stopButton, testOn } from './turns.ts'

/** The paces of one server each: a common one, a slow model, and the fastest one there is. */
const common = testOn({ REPLAY_TOKENS_PER_SECOND: '1000', REPLAY_TTFT_MS: '300' })
const slow = testOn({ REPLAY_TOKENS_PER_SECOND: '20', REPLAY_TTFT_MS: '6000' })
const fast = testOn({ REPLAY_TOKENS_PER_SECOND: '3000', REPLAY_TTFT_MS: '150' })

const hud = (page: Page) => page.getByRole('button', { name: /^Speed of turn/ })
const conversation = (page: Page) => page.getByRole('region', { name: 'Conversation' })
const newest = (page: Page) => page.getByRole('button', { name: 'Newest' })

common('the status bar measures a turn, and says how', async ({ page }) => {
  await startFromSample(page, snake)
  await expect(page.getByText('Speed: nothing measured yet')).toBeVisible()
  const turn = await send(page, '/stream 3000')
  await expect(hud(page)).toContainText(/\d+ ms · ~[\d,]+ tok\/s · \d\.\d\d s/)
  await allEnded(page)
  await expect(turn).toContainText('3,000 tokens')
  await expect(hud(page)).not.toContainText('~')

  const [, first = '', speed = '', total = ''] =
    /First token ([\d,]+) ms, Speed ([\d,]+) tok\/s, Total ([\d.]+) s/.exec(
      (await hud(page).getAttribute('aria-label')) ?? '',
    ) ?? []
  const firstMs = Number(first.replace(',', ''))
  const tokensPerSecond = Number(speed.replace(',', ''))
  expect(firstMs).toBeGreaterThanOrEqual(300)
  expect(firstMs).toBeLessThan(1_500)
  expect(tokensPerSecond).toBeGreaterThan(850)
  expect(tokensPerSecond).toBeLessThan(1_150)
  expect(Number(total)).toBeCloseTo(firstMs / 1_000 + 2_999 / tokensPerSecond, 1)
  await expect(turn).toContainText(`${firstMs} ms to first token · ${speed} tok/s · ${total} s`)

  await hud(page).hover()
  const how = page.getByRole('tooltip')
  await expect(how).toContainText('request sent → first token, thinking included; measured on the server')
  await expect(how).toContainText('(tokens − 1) / (last − first token)')
  await expect(how).toContainText('tokens reported by the provider')
  await expect(how).toContainText('Provider completion')
  await expect(how).toContainText('gpt-oss-120b, recorded answer')
  await page.screenshot(shot('speed-tooltip'))
})

slow('a slow model is waited for in words, and nothing jumps', async ({ page }) => {
  await startFromSample(page, snake)
  const places = async () => ({
    composer: await composer(page).boundingBox(),
    hud: await page.getByRole('contentinfo').boundingBox(),
    conversation: await conversation(page).boundingBox(),
  })
  const turn = await send(page, '/stream 60')
  const before = await places()
  await expect(turn).toContainText('Asking gpt-oss-120b…')
  await expect(turn).toContainText(/Asking gpt-oss-120b… [2-5] s/)
  const waiting = turn.getByText('Asking gpt-oss-120b…')
  const from = await top(waiting)
  await page.screenshot(shot('slow-waiting'))
  await expect(waiting).toHaveCount(0)
  const answer = turn.getByRole('paragraph').nth(1)
  await expect(answer).toBeVisible()
  expect(Math.abs((await top(answer)) - from)).toBeLessThan(2)
  expect(await places()).toEqual(before)
  await expect(stopButton(page)).toBeVisible()
  await expect(hud(page)).toContainText(/6,\d{3} ms/)
  await page.screenshot(shot('slow-streaming'))
  await allEnded(page)
  await expect(turn).toContainText('60 tokens')
  await expect(hud(page)).toContainText(/ (19|20|21) tok\/s/)
})

fast('a fast answer stays at its end, unless the reader scrolls up', async ({ page }) => {
  await startFromSample(page, snake)
  const first = await send(page, '/stream 6000')
  await allEnded(page)
  await expect(first).toContainText('6,000 tokens')
  await expect(first.getByText('6,000 tokens')).toBeInViewport()
  await expect(newest(page)).toHaveCount(0)
  await page.screenshot(shot('fast-ended'))

  const second = await send(page, '/stream 9000')
  await expect(second).toContainText(/\w+ \w+/)
  await conversation(page).hover()
  await page.mouse.wheel(0, -3_000)
  await expect(newest(page)).toBeVisible()
  const read = await conversation(page).evaluate((element) => element.scrollTop)
  await allEnded(page)
  await expect(second).toContainText('9,000 tokens')
  expect(await conversation(page).evaluate((element) => element.scrollTop)).toBe(read)
  await newest(page).click()
  await expect(second.getByText('9,000 tokens')).toBeInViewport()
  await expect(newest(page)).toHaveCount(0)
})

async function top(of: Locator): Promise<number> {
  const box = await of.boundingBox()
  return box?.y ?? Number.NaN
}
