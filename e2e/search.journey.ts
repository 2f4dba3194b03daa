import { strToU8, zipSync } from 'fflate'
import { code, expect, newFile, shot, startEmpty, startFromSample, storedTexts, test, tree } from './journey.ts'
import type { Page } from '@playwright/test'

const search = (page: Page) => page.getByRole('region', { name: 'Search' })
const field = (page: Page) => search(page).getByRole('textbox', { name: 'Search in all files' })
const results = (page: Page) => page.getByRole('tree', { name: 'Search results' })

test('text is found in every file as it is typed, and a result leads to its place, by keyboard alone', async ({ page }) => {
  await startEmpty(page)
  await newFile(page, 'src/one.ts')
  await page.keyboard.type('first needle\nsecond\n')
  await newFile(page, 'two.md')
  await page.keyboard.type('a Needle here')
  await page.keyboard.press('Control+Shift+F')
  await expect(field(page)).toBeFocused()
  await page.keyboard.type('needle')
  await expect(search(page).getByRole('status')).toHaveText('2 results in 2 files')
  await expect(results(page).getByRole('treeitem')).toHaveCount(4)

  await page.keyboard.press('ArrowDown')
  await expect(results(page)).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: 'one.ts', selected: true })).toBeVisible()
  await expect(code(page)).toBeFocused()

  // What is typed afterwards is found too, without searching again by hand.
  await page.keyboard.press('Control+End')
  await page.keyboard.type('another needle')
  await expect(search(page).getByRole('status')).toHaveText('3 results in 2 files')

  await search(page).getByRole('button', { name: 'Match case' }).click()
  await expect(search(page).getByRole('status')).toHaveText('2 results in 1 file')
  await search(page).getByRole('button', { name: 'Regular expression' }).click()
  await field(page).fill('need(')
  await expect(search(page).getByRole('alert')).toContainText('Unterminated group')
  await field(page).fill('^a')
  await expect(search(page).getByRole('status')).toHaveText('2 results in 2 files')
  await search(page).getByRole('button', { name: 'Filter files' }).click()
  await search(page).getByRole('textbox', { name: 'Files to exclude' }).fill('*.md')
  await expect(search(page).getByRole('status')).toHaveText('1 result in 1 file')
})

test('what somebody creates or imports afterwards is found too', async ({ page, context }) => {
  await startEmpty(page)
  await newFile(page, 'one.ts')
  await page.keyboard.type('needle')
  await page.keyboard.press('Control+Shift+F')
  await page.keyboard.type('needle')
  await expect(search(page).getByRole('status')).toHaveText('1 result in 1 file')

  const other = await context.newPage()
  await other.goto(page.url())
  await newFile(other, 'two.ts')
  await other.keyboard.type('no. A needle')
  await expect(search(page).getByRole('status')).toHaveText('2 results in 2 files')

  const zip = Buffer.from(zipSync({ 'three.ts': strToU8('needle needle'), 'four.ts': strToU8('nothing') })).toString('base64')
  await other.evaluate(async (base64) => {
    const body = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    const headers = { 'content-type': 'application/zip', 'x-flint': '1' }
    const sessionId = location.pathname.split('/')[2]
    await fetch(`/api/sessions/${sessionId}/files?folder=&conflict=skip`, { method: 'POST', headers, body })
  }, zip)
  await expect(search(page).getByRole('status')).toHaveText('4 results in 3 files')
})

test('one place, a file and everything is replaced, with a preview, and taken back', async ({ page, context }) => {
  await startEmpty(page)
  await newFile(page, 'a.ts')
  await page.keyboard.type('foo = 1\nfoo = 2\nfoo = 3')
  await newFile(page, 'b.ts')
  await page.keyboard.type('foo = 4')
  const other = await context.newPage()
  await other.goto(page.url())
  await tree(other).getByRole('treeitem', { name: 'a.ts' }).click()
  await expect(other.getByRole('code')).toContainText('foo = 3')

  await page.keyboard.press('Control+Shift+H')
  await search(page).getByRole('button', { name: 'Regular expression' }).click()
  await field(page).fill(String.raw`foo = (\d)`)
  await search(page).getByRole('textbox', { name: 'Replace with' }).fill('bar($1)')
  await expect(results(page).getByRole('treeitem', { name: 'Line 2: foo = 2' })).toContainText('bar(2)')
  await page.screenshot(shot('search-replace'))

  await results(page).getByRole('treeitem', { name: 'Line 2: foo = 2' }).hover()
  await results(page).getByRole('button', { name: 'Replace in line 2' }).click()
  await expect.poll(() => storedTexts(page)).toEqual(['foo = 1\nbar(2)\nfoo = 3', 'foo = 4'])
  await expect(other.getByRole('code')).toContainText('bar(2)')
  await expect(search(page).getByRole('status')).toHaveText('3 results in 2 files')

  await search(page).getByRole('button', { name: 'Replace all' }).click()
  const question = page.getByRole('alertdialog', { name: 'Replace 3 places in 2 files?' })
  await question.getByRole('button', { name: 'Replace all' }).click()
  await expect.poll(() => storedTexts(page)).toEqual(['bar(1)\nbar(2)\nbar(3)', 'bar(4)'])
  await expect(search(page).getByRole('status')).toHaveText('Nothing was found.')

  await page
    .getByText('3 places replaced in 2 files')
    .locator('xpath=ancestor::li')
    .getByRole('button', { name: 'Undo' })
    .click()
  await expect.poll(() => storedTexts(page)).toEqual(['foo = 1\nbar(2)\nfoo = 3', 'foo = 4'])
})

test('an expression that takes too long is stopped, and told', async ({ page }) => {
  await startEmpty(page)
  await newFile(page, 'slow.txt')
  await page.keyboard.type(`${'a'.repeat(40)}!`)
  await page.keyboard.press('Control+Shift+F')
  await search(page).getByRole('button', { name: 'Regular expression' }).click()
  await field(page).fill('^(a+)+$')
  await expect(search(page).getByRole('status')).toContainText('the expression takes too long in slow.txt')
  await field(page).fill('a!')
  await expect(search(page).getByRole('status')).toHaveText('1 result in 1 file')
})

test('the search fits a narrow window, in both themes', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 800 })
  await startFromSample(page, /snake/i)
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Search' }).click()
  await field(page).fill('snake')
  await expect(search(page).getByRole('status')).toContainText('results in')
  await search(page).getByRole('button', { name: 'Show replace' }).click()
  await search(page).getByRole('textbox', { name: 'Replace with' }).fill('worm')
  await page.screenshot(shot('search-narrow'))
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.screenshot(shot('search-light'))
})
