import AxeBuilder from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { ask, code, composer, expect, startFromSample, test, tree } from './journey.ts'

const prompt = 'Let the snake pass through walls, and add a combo score with an on-screen meter'

/** Violations of the levels that keep somebody out, on the whole page or in one part of it. */
async function seriousViolations(page: Page, part = 'html'): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).include(part).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(' ')} ${node.any[0]?.message ?? node.html}`))
}

async function useTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.getByRole('button', { name: `Use the ${theme} theme` }).click()
  await expect(page.getByRole('button', { name: `Use the ${theme === 'light' ? 'dark' : 'light'} theme` })).toBeVisible()
}

test('axe finds nothing serious on the landing page', async ({ page }) => {
  await startFromSample(page, /snake/i)
  await page.goto('/')
  await expect(page.getByRole('link', { name: /snake/i })).toBeVisible()
  const light = await seriousViolations(page)
  await useTheme(page, 'dark')
  const dark = await seriousViolations(page)
  expect({ light, dark }).toEqual({ light: [], dark: [] })
})

test('axe finds nothing serious in the workbench and what opens over it', async ({ page }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await startFromSample(page, /snake/i)
  await expect(page.getByText('export type Snake')).toBeVisible()
  const idle = await seriousViolations(page)
  await page.keyboard.press('F1')
  await expect(page.getByRole('dialog', { name: 'Run a command' })).toBeVisible()
  const palette = await seriousViolations(page, '[role=dialog]')
  await page.keyboard.type('keyboard shortcuts')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible()
  const dialog = await seriousViolations(page, '[role=dialog]')
  await page.keyboard.press('Escape')
  await tree(page).focus()
  await page.keyboard.press('Delete')
  await expect(page.getByRole('alertdialog')).toBeVisible()
  const question = await seriousViolations(page, '[role=alertdialog]')
  expect({ idle, palette, dialog, question }).toEqual({ idle: [], palette: [], dialog: [], question: [] })
})

test('axe finds nothing serious while hunks are reviewed', async ({ page }) => {
  await startFromSample(page, /snake/i)
  await ask(page, prompt)
  await expect(page.getByRole('group', { name: /^Review of/ })).toContainText('of 14')
  const light = await seriousViolations(page)
  await useTheme(page, 'dark')
  const dark = await seriousViolations(page)
  expect({ light, dark }).toEqual({ light: [], dark: [] })
})

test('axe finds nothing serious in the changes view and the comparison', async ({ page }) => {
  await startFromSample(page, /snake/i)
  await ask(page, prompt)
  await page.keyboard.press('Control+Shift+G')
  const turn = page.getByRole('treeitem', { name: /^Turn 1/ })
  const found: Record<string, string[]> = {}
  for (const theme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    await turn.hover()
    found[`changes, ${theme}`] = await seriousViolations(page, '[aria-label=Changes]')
    await turn.getByRole('button', { name: 'Compare with before this turn' }).click()
    const comparison = page.getByRole('region', { name: /^Comparison/ })
    await expect(comparison.getByRole('option').first()).toBeVisible()
    found[`comparison, ${theme}`] = await seriousViolations(page, 'section[aria-label^=Comparison]')
    await comparison.getByRole('button', { name: 'Close the comparison' }).click()
  }
  expect(Object.values(found).flat()).toEqual([])
})

test('the workbench is reached by keyboard: tab order, palette, dialogs, and the focus comes back', async ({ page }) => {
  await startFromSample(page, /snake/i)
  await expect(page.getByText('export type Snake')).toBeVisible()

  await composer(page).focus()
  await page.keyboard.press('F1')
  const field = page.getByRole('combobox')
  await expect(field).toBeFocused()
  await expect(field).toHaveValue('>')
  await page.keyboard.type('light')
  await expect(page.getByRole('option', { name: /dark and light/ })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(composer(page)).toBeFocused()

  await page.keyboard.press('Control+P')
  await page.keyboard.type('rend')
  await expect(page.getByRole('option').first()).toContainText('render.ts')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: 'render.ts', selected: true })).toBeVisible()

  // From the top of the page into the text, in the order in which it is read; Tab is a character there.
  await page.getByRole('link', { name: 'Flint: all sessions' }).focus()
  for (const stop of [
    page.getByRole('button', { name: 'Go to file or run a command' }),
    page.getByRole('button', { name: /theme$/ }),
    page.getByRole('button', { name: 'New file', exact: true }),
    tree(page),
    page.getByRole('tab', { name: 'render.ts' }),
    code(page),
  ])
    await tabTo(page, stop)
  await page.keyboard.press('Control+L')
  await expect(composer(page)).toBeFocused()
  await page.keyboard.type('what?')
  await tabTo(page, page.getByRole('button', { name: 'Send' }))
  await tabTo(page, page.getByRole('button', { name: /^Saved/ }))
  await page.keyboard.press('Control+1')
  await expect(code(page)).toBeFocused()
})

async function tabTo(page: Page, stop: Locator): Promise<void> {
  for (let presses = 0; presses < 15; presses++) {
    await page.keyboard.press('Tab')
    if (await stop.evaluate((element) => element === document.activeElement)) return
  }
  await expect(stop).toBeFocused()
}
