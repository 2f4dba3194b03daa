import { ask, code, composer, expect, shot, startFromSample, storedTexts, test } from './journey.ts'

const prompt = 'Let the snake pass through walls, and add a combo score with an on-screen meter'

test('from a sample to reviewed hunks that survive a reload and a restart', async ({ page, flint }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
  await page.screenshot(shot('landing'))
  await startFromSample(page, /snake/i)
  await expect(page.getByRole('tab', { name: /game\.ts/ })).toBeVisible()
  await expect(page.getByText('export type Snake')).toBeVisible()
  await page.screenshot(shot('workbench'))

  // Hunks stream in while the turn runs.
  await composer(page).fill(prompt)
  await composer(page).press('Enter')
  await expect(page.getByRole('button', { name: 'Stop', exact: true })).toBeVisible()
  await expect(page.getByText('recorded answer', { exact: true }).first()).toBeVisible()
  const turn = page.getByRole('article', { name: 'Turn 1' })
  await expect(turn.getByText(/tok\/s/)).toBeVisible()
  const bar = page.getByRole('group', { name: /^Review of/ })
  await expect(bar).toContainText('of 14')
  await page.screenshot(shot('review'))
  // The picture in the README is what this journey saw: UPDATE_README=1 npm run journeys -- first-turn
  if (process.env['UPDATE_README'] === '1') await page.screenshot({ path: 'docs/workbench.png' })

  // Reject one, accept the rest.
  await page
    .getByRole('treeitem', { name: /game\.ts/ })
    .first()
    .click()
  await bar.getByRole('button', { name: /^Reject(?! all)/ }).click()
  await expect(bar).toContainText('of 13')
  await bar.getByRole('button', { name: /^Accept all/ }).click()
  await expect(bar).toBeHidden()
  await expect(turn.getByText('to review')).toHaveCount(0)
  await expect(turn.getByText(/accepted/).first()).toBeVisible()
  await page.screenshot(shot('decided'))

  const files = () => page.getByRole('treeitem').allTextContents()
  const before = await files()
  expect(before.join()).toContain('combo-meter.ts')
  await page.reload()
  await expect(turn).toContainText('Let the snake pass through walls')
  await expect(page.getByRole('treeitem', { name: /combo-meter\.ts/ })).toBeVisible()
  expect(await files()).toEqual(before)

  await flint.restart()
  await page.reload()
  await expect(turn).toContainText('Let the snake pass through walls')
  await expect(page.getByRole('treeitem', { name: /combo-meter\.ts/ })).toBeVisible()
})

test('a prompt without a recording says so and offers those that have one', async ({ page }) => {
  await startFromSample(page, /todo/i)
  await ask(page, 'Translate everything into Klingon')
  const turn = page.getByRole('article', { name: 'Turn 1' })
  await expect(turn).toContainText('no recorded answer')
  await expect(turn).toContainText('CEREBRAS_API_KEY')
  const offers = page.getByRole('list', { name: 'Prompts with a recorded answer' })
  await expect(offers.getByRole('button').first()).toBeVisible()
  await page.screenshot(shot('no-recording'))
})

test('a recorded answer that no longer fits offers a fresh sample', async ({ page }) => {
  await startFromSample(page, /snake/i)
  await page.getByRole('tab', { name: /game\.ts/ }).click()
  await expect(code(page)).toBeFocused()
  await expect(code(page)).toHaveAttribute('aria-autocomplete', 'both')
  await page.keyboard.press('Control+A')
  await page.keyboard.type('// Nothing of it is left.')
  await expect.poll(async () => (await storedTexts(page)).join('')).not.toContain('export type Snake')
  await ask(page, prompt)
  const turn = page.getByRole('article', { name: 'Turn 1' })
  await expect(turn.getByText('not applied').first()).toBeVisible()
  await page.screenshot(shot('proposals'))
  const session = page.url()
  await turn.getByRole('button', { name: 'Start from a fresh sample' }).click()
  await page.waitForURL((url) => url.href !== session && url.pathname.startsWith('/s/'))
})
