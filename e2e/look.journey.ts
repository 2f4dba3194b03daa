import type { Page } from '@playwright/test'
import { ask, code, composer, expect, newFile, shot, startEmpty, startFromSample, storedTexts, test } from './journey.ts'

const prompt = 'Let the snake pass through walls, and add a combo score with an on-screen meter'

test('nothing moves while a turn streams', async ({ page }) => {
  await startFromSample(page, /snake/i)
  await expect(page.getByText('export type Snake')).toBeVisible()
  const places = await watchPlaces(page)
  await ask(page, prompt)
  await expect(page.getByRole('group', { name: /^Review of/ })).toContainText('of 14')
  expect(await places()).toEqual({ composer: 1, tabs: 1, editor: 1, status: 1, files: 1 })
})

for (const theme of ['dark', 'light'] as const) {
  test(`the ${theme} theme, wide and narrow`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme })
    await page.goto('/')
    await expect(page.getByRole('button', { name: /snake/i })).toBeVisible()
    await page.screenshot(shot(`landing-${theme}`))
    await page.setViewportSize({ width: 390, height: 844 })
    expect(await sidewaysOverflow(page)).toBe(0)
    await page.screenshot(shot(`landing-${theme}-narrow`))

    await startFromSample(page, /snake/i)
    const panels = page.getByRole('navigation', { name: 'Panels' })
    await expect(page.getByText('export type Snake')).toBeVisible()
    await page.screenshot(shot(`editor-${theme}-narrow`))
    await panels.getByRole('button', { name: 'Files' }).click()
    await expect(page.getByRole('treeitem', { name: /game\.ts/ }).first()).toBeVisible()
    await page.screenshot(shot(`files-${theme}-narrow`))
    await panels.getByRole('button', { name: 'Chat' }).click()
    await ask(page, prompt)
    await page.screenshot(shot(`chat-${theme}-narrow`))
    await panels.getByRole('button', { name: 'Code' }).click()
    const bar = page.getByRole('group', { name: /^Review of/ })
    await expect(bar).toContainText('of 14')
    await page.screenshot(shot(`review-${theme}-narrow`))
    expect(await sidewaysOverflow(page)).toBe(0)
    await bar.getByRole('button', { name: 'Accept', exact: true }).click()
    await expect(bar).toContainText('of 13')
    await page.setViewportSize({ width: 1440, height: 900 })
    await expect(composer(page)).toBeVisible()
    await expect(bar).toContainText('of 13')
    await page.screenshot(shot(`review-${theme}`))
  })
}

test('what one is writing survives a change of the width of the window', async ({ page }) => {
  await startEmpty(page)
  await newFile(page, 'notes.txt')
  await page.keyboard.type('typed while wide')
  await composer(page).fill('a draft')
  await page.setViewportSize({ width: 390, height: 844 })
  const panels = page.getByRole('navigation', { name: 'Panels' })
  await panels.getByRole('button', { name: 'Chat' }).click()
  await expect(composer(page)).toHaveValue('a draft')
  await panels.getByRole('button', { name: 'Code' }).click()
  await expect(page.getByRole('code')).toContainText('typed while wide')
  await code(page).focus()
  await page.keyboard.press('Control+Z')
  await expect.poll(() => storedTexts(page)).toEqual([''])
  await page.setViewportSize({ width: 1440, height: 900 })
  await code(page).focus()
  await page.keyboard.press('Control+Y')
  await expect.poll(() => storedTexts(page)).toEqual(['typed while wide'])
  await expect(composer(page)).toHaveValue('a draft')
})

const sidewaysOverflow = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** Notes in every frame where the fixed parts of the workbench stand; tells how many places each of them had. */
async function watchPlaces(page: Page): Promise<() => Promise<Record<string, number>>> {
  const parts = {
    composer: await composer(page).elementHandle(),
    tabs: await page.getByRole('tablist').elementHandle(),
    editor: await page.getByRole('tabpanel').elementHandle(),
    status: await page.getByRole('contentinfo').elementHandle(),
    files: await page.getByRole('tree').elementHandle(),
  }
  const seen = await page.evaluateHandle((watched) => {
    const places = Object.entries(watched).map(([name, part]) => ({ name, part, found: new Set<string>() }))
    const look = () => {
      for (const { part, found } of places) found.add(JSON.stringify(part?.getBoundingClientRect()))
      requestAnimationFrame(look)
    }
    look()
    return places
  }, parts)
  return () => seen.evaluate((places) => Object.fromEntries(places.map(({ name, found }) => [name, found.size])))
}
