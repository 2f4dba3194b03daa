import type { Page } from '@playwright/test'
import { expect, shot, startFromSample } from './journey.ts'
import { allEnded, longPrompt, send, snake, testOn } from './turns.ts'

const test = testOn({ REPLAY_TOKENS_PER_SECOND: '130', REPLAY_TTFT_MS: '50' })

const shown = (page: Page) => page.getByRole('tab', { selected: true })
const followButton = (page: Page, name: 'Follow' | 'Stop following') =>
  page.getByRole('button', { name: `${name} the assistant`, exact: true })

test('the view follows what the assistant writes, until the person looks elsewhere, and again on demand', async ({ page }) => {
  await startFromSample(page, snake)
  const turn = await send(page, longPrompt)
  await expect(followButton(page, 'Stop following')).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByRole('tab', { selected: true, name: /the assistant is writing here/ })).toBeVisible()

  // A click into the text keeps the view there, although the assistant goes on elsewhere.
  await page.getByRole('tabpanel').getByRole('code').click()
  await expect(followButton(page, 'Follow')).toHaveAttribute('aria-pressed', 'false')
  const clicked = (await shown(page).getAttribute('title')) ?? ''
  await expect(page.getByRole('treeitem', { name: /combo-meter\.ts/ })).toBeVisible()
  await expect(shown(page)).toHaveAttribute('title', clicked)
  expect(clicked).not.toContain('combo-meter')

  await followButton(page, 'Follow').click()
  await expect(shown(page)).toHaveAttribute('title', 'src/combo-meter.ts')
  await page.screenshot(shot('follow'))
  // So does scrolling.
  await page.getByRole('tabpanel').getByRole('code').hover()
  await page.mouse.wheel(0, -200)
  await expect(followButton(page, 'Follow')).toBeVisible()
  await expect(page.getByRole('tab', { name: /render\.ts/ })).toBeVisible()
  await expect(shown(page)).toHaveAttribute('title', 'src/combo-meter.ts')
  await allEnded(page)
  await expect(shown(page)).toHaveAttribute('title', 'src/combo-meter.ts')

  // A card of the chat leads to its hunk.
  await turn.getByRole('button', { name: /src\/grid\.ts/ }).click()
  await expect(shown(page)).toHaveAttribute('title', 'src/grid.ts')
  await expect(page.getByText('Brings a cell that is one step off the board')).toBeInViewport()
})
