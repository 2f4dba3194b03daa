import type { Locator, Page } from '@playwright/test'
import { ask, composer, expect, shot, startFromSample, test, tree } from './journey.ts'
import { longPrompt, reviewBar, snake } from './turns.ts'

const changes = (page: Page) => page.getByRole('tree', { name: 'Changes' })
const row = (page: Page, name: RegExp) => changes(page).getByRole('treeitem', { name })
const files = (page: Page) => row(page, /^[\w./-]+, \d+ hunk/)
const meter = (page: Page) => page.getByRole('contentinfo').getByRole('button', { name: /not looked at/ })

/** Asks for the recorded answer and opens the changes by keyboard. */
async function openChanges(page: Page) {
  await startFromSample(page, snake)
  await expect(page.getByText('export type Snake')).toBeVisible()
  await ask(page, longPrompt)
  await expect(reviewBar(page)).toContainText('of 14')
  await page.keyboard.press('Control+Shift+G')
  await expect(changes(page)).toBeFocused()
}

test('a turn is reviewed file by file and hunk by hunk in the changes view', async ({ page }) => {
  await openChanges(page)
  await expect(page.getByRole('button', { name: 'Changes, 14 to decide' })).toHaveAttribute('aria-pressed', 'true')
  await expect(row(page, /^Turn 1: Let the snake pass through walls.*, 14 hunks$/)).toBeVisible()
  await expect(files(page)).toHaveCount(7)
  await page.screenshot(shot('changes'))

  // A file with its button.
  const first = files(page).first()
  const path = ((await first.getAttribute('aria-label')) ?? '').split(',')[0] ?? ''
  await first.hover()
  await first.getByRole('button', { name: `Accept ${path}` }).click()
  await expect(files(page)).toHaveCount(6)
  await expect(row(page, new RegExp(`^${path},`))).toHaveCount(0)

  // A hunk with the keys, after looking at it.
  await page.getByRole('tree', { name: 'Changes' }).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  const hunk = changes(page).getByRole('treeitem', { selected: true })
  await expect(hunk).toHaveAccessibleName(/^Line \d+, /)
  await page.keyboard.press('Space')
  await expect(changes(page)).toBeFocused()
  await expect(page.getByRole('toolbar', { name: 'This hunk' })).toBeVisible()
  const before = await openHunks(page)
  await page.keyboard.press('Control+Shift+Backspace')
  await expect.poll(() => openHunks(page)).toBe(before - 1)

  // The rest of the turn.
  const turn = row(page, /^Turn 1/)
  await turn.hover()
  await turn.getByRole('button', { name: 'Accept turn 1' }).click()
  await expect(page.getByText('Nothing to review.')).toBeVisible()
  await expect(reviewBar(page)).toBeHidden()
  await expect(page.getByRole('button', { name: 'Changes', exact: true }).first()).toBeVisible()
})

test('the files before a turn are compared with what they are now', async ({ page }) => {
  await openChanges(page)
  await row(page, /^Turn 1/).hover()
  await row(page, /^Turn 1/)
    .getByRole('button', { name: 'Compare with before this turn' })
    .click()
  const comparison = page.getByRole('region', { name: 'Comparison with before turn 1' })
  await expect(comparison.getByRole('heading', { name: /Before turn 1 ↔ now/ })).toBeVisible()
  const list = comparison.getByRole('listbox', { name: 'Files that differ' })
  await expect(list).toBeFocused()
  await expect(list.getByRole('option')).toHaveCount(7)

  // A new file has nothing before it, a changed one both sides.
  await list.getByRole('option', { name: /combo-meter\.ts, new/ }).click()
  await expect(comparison.getByRole('code').last()).toContainText('export')
  await list
    .getByRole('option', { name: /game\.ts, changed/ })
    .first()
    .click()
  await expect(comparison.getByRole('code').last()).toContainText('combo')
  await page.screenshot(shot('compare'))
  await page.keyboard.press('F7')
  await page.keyboard.press('Shift+F7')

  await comparison.getByRole('button', { name: 'Show inline' }).click()
  await expect(comparison.getByRole('button', { name: 'Show side by side' })).toBeVisible()
  await page.screenshot(shot('compare-inline'))
  await page.keyboard.press('Escape')
  await expect(comparison).toBeHidden()

  // How it is shown is remembered; the chat's menu leads there too.
  await page.getByRole('article', { name: 'Turn 1' }).getByRole('button', { name: 'Actions for turn 1' }).click()
  await page.getByRole('menuitem', { name: 'Compare files with before this turn' }).click()
  await expect(comparison.getByRole('button', { name: 'Show side by side' })).toBeVisible()
  await comparison.getByRole('listbox').press('Escape')
  await expect(comparison).toBeHidden()
})

/** Opens the comparison with before turn 1, at the file of the game. */
async function compareGame(page: Page): Promise<Locator> {
  await row(page, /^Turn 1/).hover()
  await row(page, /^Turn 1/)
    .getByRole('button', { name: 'Compare with before this turn' })
    .click()
  const comparison = page.getByRole('region', { name: 'Comparison with before turn 1' })
  await comparison
    .getByRole('option', { name: /game\.ts, changed/ })
    .first()
    .click()
  await expect(comparison.getByRole('code').last()).toContainText('combo')
  return comparison
}

test('the comparison goes on with what is written while it is open', async ({ page, context }) => {
  await openChanges(page)
  const other = await context.newPage()
  await other.goto(page.url())
  await expect(tree(other)).toBeVisible()
  const comparison = await compareGame(page)

  await other
    .getByRole('treeitem', { name: /^game\.ts/ })
    .first()
    .click()
  const typed = other.getByRole('textbox', { name: 'Code' })
  await expect(other.getByText('export type Snake')).toBeVisible()
  await typed.focus()
  await other.keyboard.press('Control+Home')
  await other.keyboard.type('// written meanwhile\n')
  await expect(comparison.getByRole('code').last()).toContainText('written meanwhile')
})

test('what was not looked at is counted, led to, and remembered over a reload', async ({ page }) => {
  await openChanges(page)
  await expect(meter(page)).toBeVisible()
  // Read at once: the meter goes with the last hunk that was looked at, also between two questions to the page.
  const owed = () => meter(page).evaluateAll(([shown]) => Number(/^\d+/.exec(shown?.ariaLabel ?? '0')?.[0]))
  // What is on screen is looked at by itself.
  await expect.poll(owed).toBeLessThan(14)
  for (let least = await owed(); least > 0; least = await owed()) {
    await meter(page).click()
    await expect.poll(owed).toBeLessThan(least)
  }
  await expect(meter(page)).toBeHidden()
  await page.reload()
  await expect(reviewBar(page)).toContainText('of 14')
  await expect(meter(page)).toBeHidden()
})

for (const theme of ['dark', 'light'] as const) {
  test(`changes and comparison in the ${theme} theme, narrow`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme })
    await openChanges(page)
    await page.screenshot(shot(`changes-${theme}`))
    await page.setViewportSize({ width: 390, height: 844 })
    const panels = page.getByRole('navigation', { name: 'Panels' })
    await panels.getByRole('button', { name: 'Changes' }).click()
    await expect(row(page, /^Turn 1/)).toBeVisible()
    await page.screenshot(shot(`changes-${theme}-narrow`))
    await compareGame(page)
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    await page.screenshot(shot(`compare-${theme}-narrow`))
    await page.setViewportSize({ width: 1440, height: 900 })
    await expect(composer(page)).toBeVisible()
    await page.screenshot(shot(`compare-${theme}`))
  })
}

/** How many hunks wait for a decision, as the side panel's head says. */
async function openHunks(page: Page): Promise<number> {
  const told = await page
    .getByRole('region', { name: 'Changes' })
    .getByText(/to decide$/)
    .textContent()
  return Number(/^\d+/.exec(told ?? '')?.[0])
}
