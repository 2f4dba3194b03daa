import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { strToU8, zipSync } from 'fflate'
import { expect, newFile, shot, startEmpty, storedTexts, test } from './journey.ts'

const now = 'one\ntwo\nthree\n'
const comparison = (page: Page, base: string) => page.getByRole('region', { name: `Comparison with ${base}` })
const options = (page: Page) => page.getByRole('listbox', { name: 'Files that differ' }).getByRole('option')
const thread = (page: Page, where: string) => page.getByRole('region', { name: `Thread about ${where}` })

/** Opens the changes and compares with something from their menu; in a narrow window, where they are shown already. */
async function compareWith(page: Page, entry: string | RegExp): Promise<void> {
  await page.keyboard.press('Control+Shift+G')
  await page.getByRole('region', { name: 'Changes' }).getByRole('button', { name: 'Compare with…' }).click()
  await page.getByRole('menuitemcheckbox', { name: entry }).click()
}

/** Uses a zip of these files as a base, from the menu of the changes. */
async function useZip(page: Page, name: string, files: Record<string, string>): Promise<void> {
  await page.keyboard.press('Control+Shift+G')
  await page.getByRole('region', { name: 'Changes' }).getByRole('button', { name: 'Compare with…' }).click()
  const picking = page.waitForEvent('filechooser')
  await page.getByRole('menuitem', { name: 'Use a zip as base…' }).click()
  const zip = zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])))
  await (await picking).setFiles({ name, mimeType: 'application/zip', buffer: Buffer.from(zip) })
}

/** Enters the right side of a comparison, once it shows its file. */
async function enterSide(page: Page, base: string, text: string): Promise<void> {
  const side = comparison(page, base).getByRole('textbox', { name: /^Now/ })
  await expect(comparison(page, base).getByRole('code').last()).toContainText(text)
  await side.focus()
  await page.keyboard.press('Control+Home')
}

/** Keeps what the page asks its workers until `release`, as a machine that is busy does. */
async function holdWorkers(page: Page): Promise<{ release(): Promise<void> }> {
  await page.evaluate(() => {
    const held: (() => void)[] = []
    const { postMessage } = Worker.prototype
    Worker.prototype.postMessage = function (this: Worker, ...told: [unknown]) {
      held.push(() => postMessage.apply(this, told))
    } as typeof postMessage
    Object.assign(window, {
      releaseWorkers() {
        Worker.prototype.postMessage = postMessage
        for (const tell of held) tell()
      },
    })
  })
  return { release: () => page.evaluate(() => (window as unknown as { releaseWorkers(): void }).releaseWorkers()) }
}

async function startWithFile(page: Page): Promise<void> {
  await startEmpty(page)
  await newFile(page, 'list.txt')
  await page.keyboard.insertText(now)
  await expect.poll(() => storedTexts(page)).toEqual([now])
}

test('two people talk about changes since a zip, inside the comparison', async ({ page, guest }) => {
  await startWithFile(page)
  await useZip(page, 'release.zip', { 'app-main/list.txt': 'one\nthree\n', 'app-main/gone.txt': 'bye\n' })
  await expect(comparison(page, 'the zip release').getByRole('heading', { name: 'release (zip) ↔ now' })).toBeVisible()
  await expect(options(page)).toHaveCount(2)

  // Everybody has it as a base; a reviewer begins a thread on the right side.
  const reviewer = await guest(page, 'reviewer', 'Bea')
  await compareWith(reviewer, /^release \(zip\)/)
  await options(reviewer).filter({ hasText: 'list.txt' }).click()
  await enterSide(reviewer, 'the zip release', 'three')
  await reviewer.keyboard.press('ArrowDown')
  await reviewer.keyboard.press('Control+Alt+c')
  await expect(reviewer.getByRole('textbox', { name: 'Comment on line 2' })).toBeFocused()
  await reviewer.keyboard.type('Why is it here?')
  await reviewer.keyboard.press('Control+Enter')
  await expect(thread(reviewer, 'line 2').getByText('Why is it here?')).toBeVisible()
  await reviewer.screenshot(shot('compare-thread'))

  // The owner sees which file it is about, reads it there, and answers.
  await expect(options(page).and(page.getByRole('option', { name: 'list.txt, changed, 1 open thread' }))).toBeVisible()
  await page.getByRole('option', { name: /^list\.txt/ }).click()
  await page.keyboard.press('Alt+F9')
  await thread(page, 'line 2').getByRole('button', { name: 'Reply' }).click()
  await expect(page.getByRole('textbox', { name: 'Reply' })).toBeFocused()
  await page.keyboard.type('It was forgotten.')
  await page.keyboard.press('Control+Enter')
  await expect(thread(reviewer, 'line 2').getByText('It was forgotten.')).toBeVisible()
  await thread(page, 'line 2').getByRole('button', { name: 'Resolve' }).click()
  await expect(reviewer.getByRole('option', { name: 'list.txt, changed', exact: true })).toBeVisible()
})

test('a comment that is begun before the two texts are compared is not lost, and its line is in sight', async ({ page }) => {
  const lines = Array.from({ length: 60 }, (_, index) => `line ${index + 1}`)
  await startEmpty(page)
  await newFile(page, 'list.txt')
  await page.keyboard.insertText(lines.join('\n'))
  await expect.poll(() => storedTexts(page)).toEqual([lines.join('\n')])
  await useZip(page, 'other.zip', { 'other.txt': 'other\n' })
  await options(page).filter({ hasText: 'other.txt' }).click()
  await useZip(page, 'release.zip', { 'list.txt': lines.slice(0, -1).join('\n'), 'other.txt': 'other\n' })
  await options(page).filter({ hasText: 'other.txt' }).click()

  const workers = await holdWorkers(page)
  await options(page).filter({ hasText: 'list.txt' }).click()
  await enterSide(page, 'the zip release', 'line 3')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Control+Alt+c')
  await page.keyboard.type('Typed at once')
  const field = page.getByRole('textbox', { name: 'Comment on line 2' })
  await expect(field).toHaveValue('Typed at once')
  await workers.release()
  await expect(page.getByText(/hidden lines/).first()).toBeVisible()
  await expect(field).toBeInViewport()
  await expect(comparison(page, 'the zip release').getByRole('code').last()).toContainText('line 2')
  await page.screenshot(shot('compare-early-comment'))
  await page.keyboard.press('Control+Enter')
  await expect(thread(page, 'line 2').getByText('Typed at once')).toBeVisible()

  // What is selected while a thread is open stays selected when a comment about it is begun, and given up.
  await page.keyboard.press('End')
  await page.keyboard.press('Shift+ArrowUp')
  for (const time of ['first', 'second']) {
    await page.keyboard.press('Control+Alt+c')
    await expect(page.getByRole('textbox', { name: 'Comment on lines 1–2' }), `the ${time} time`).toBeFocused()
    await page.getByRole('button', { name: 'Cancel' }).click()
  }
})

test('the changes since a zip leave as a patch, and a zip that is removed is no base any more', async ({ page, guest }) => {
  await startWithFile(page)
  await useZip(page, 'release.zip', { 'list.txt': 'one\nthree\n' })
  await expect(options(page)).toHaveCount(1)
  const exported = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export these changes as a patch' }).click()
  expect(await readFile(await (await exported).path(), 'utf8')).toContain(
    '--- a/list.txt\n+++ b/list.txt\n@@ -1,2 +1,3 @@\n one\n+two\n three\n',
  )

  // The same bases where all files are exported.
  await page.keyboard.press('F1')
  await page.keyboard.type('Export the changes as a patch')
  await page.keyboard.press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Export the changes as a patch' })
  await dialog.getByRole('combobox', { name: 'Changes since' }).selectOption({ label: 'release (zip) · 1 file' })
  await page.screenshot(shot('export-patch'))
  const again = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export', exact: true }).click()
  expect(await readFile(await (await again).path(), 'utf8')).toContain('+two\n')

  const viewer = await guest(page, 'viewer', 'Vera')
  await compareWith(viewer, /^release \(zip\)/)
  await expect(options(viewer)).toHaveCount(1)
  await comparison(page, 'the zip release').getByRole('button', { name: 'release (zip)' }).click()
  await page.screenshot({ ...shot('base-menu'), animations: 'disabled' })
  await page.getByRole('menuitem', { name: 'Remove release (zip)…' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove' }).click()
  await expect(comparison(page, 'the start of the session')).toBeVisible()
  await expect(comparison(viewer, 'a zip').getByRole('alert')).toContainText('nothing stored to compare with')
})

for (const theme of ['dark', 'light'] as const) {
  test(`a thread in the comparison in the ${theme} theme, wide and narrow`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme })
    await page.setViewportSize({ width: 1280, height: 800 })
    await startWithFile(page)
    await useZip(page, 'release.zip', { 'list.txt': 'one\nthree\n', 'notes/todo.md': '# Later\n' })
    await page.getByRole('option', { name: /^list\.txt/ }).click()
    await enterSide(page, 'the zip release', 'three')
    await page.keyboard.press('Control+Alt+c')
    await expect(page.getByRole('textbox', { name: 'Comment on line 1' })).toBeFocused()
    await page.keyboard.type('This one stays.')
    await page.keyboard.press('Control+Enter')
    await expect(thread(page, 'line 1').getByText('This one stays.')).toBeVisible()
    await page.screenshot(shot(`compare-thread-${theme}`))
    await page.setViewportSize({ width: 390, height: 844 })
    await expect(thread(page, 'line 1').getByText('This one stays.')).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0)
    await page.screenshot(shot(`compare-thread-${theme}-narrow`))
  })
}
