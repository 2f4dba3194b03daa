import { code, enterFile, expect, newFile, storedTexts, startEmpty, startFromSample, test, tree } from './journey.ts'

test('a file is created, written, renamed and deleted by keyboard alone', async ({ page }) => {
  await startEmpty(page)

  await page.keyboard.press('Control+Alt+N')
  await expect(page.getByRole('textbox', { name: 'Path of the new file' })).toBeFocused()
  await page.keyboard.type('docs/notes.md')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: 'notes.md', selected: true })).toBeVisible()
  await expect(tree(page).getByRole('treeitem')).toHaveText([/docs/, /notes\.md/])

  // A new file takes the focus: what is typed next stands in it.
  await expect(code(page)).toBeFocused()
  await expect(code(page)).toHaveAttribute('aria-autocomplete', 'both')
  await page.keyboard.type('first line\nsecond line')
  await expect(page.getByRole('status').getByText('Saved', { exact: true })).toBeVisible()
  await expect.poll(() => storedTexts(page)).toEqual(['first line\nsecond line'])
  await page.reload()
  await expect(page.getByRole('code')).toContainText('second line')

  await page.keyboard.press('Control+Shift+E')
  await expect(tree(page)).toBeFocused()
  await page.keyboard.press('End')
  await page.keyboard.press('F2')
  await expect(page.getByRole('textbox', { name: 'New name of notes.md' })).toBeFocused()
  await page.keyboard.type('plan')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: 'plan.md', selected: true })).toBeVisible()
  await expect(page.getByRole('code')).toContainText('second line')
  expect(await storedTexts(page)).toEqual(['first line\nsecond line'])

  // Focus starts on Cancel, so Enter alone deletes nothing.
  await expect(tree(page)).toBeFocused()
  await page.keyboard.press('Delete')
  const question = page.getByRole('alertdialog', { name: 'Delete plan.md?' })
  await expect(question.getByRole('button', { name: 'Cancel' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(question).toBeHidden()
  await expect(tree(page).getByRole('treeitem')).toHaveCount(2)
  await page.keyboard.press('Delete')
  await page.keyboard.press('Tab')
  await expect(question.getByRole('button', { name: 'Delete' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab')).toHaveCount(0)

  // Its folder stays until it is deleted too.
  await expect(tree(page).getByRole('treeitem')).toHaveText([/docs/])
  await tree(page).press('Delete')
  await page.getByRole('alertdialog', { name: 'Delete docs?' }).getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('region', { name: 'Files' })).toContainText('No files yet')
  await expect.poll(() => storedTexts(page)).toEqual([])
})

test('a name that cannot be is refused with words, and nothing is created', async ({ page }) => {
  await startFromSample(page, /snake/i)
  const before = await tree(page).getByRole('treeitem').allTextContents()
  await tree(page).getByRole('treeitem', { name: 'game.ts' }).first().click()
  await page.getByRole('button', { name: 'New file', exact: true }).click()
  const field = page.getByRole('textbox', { name: 'Path of the new file' })
  const refusal = page.getByRole('alert').filter({ hasText: /\S/ })

  for (const [path, words] of [
    ['game.ts', 'A file with this path exists already.'],
    ['game.ts/inside.ts', '“src/game.ts” is a file, not a folder.'],
    ['../outside.ts', 'A path cannot contain . or .. as a folder.'],
    ['/etc/passwd', 'The path starts inside the session, without a leading slash.'],
    ['C:/windows.ts', 'The path starts inside the session, without a leading slash.'],
    ['.git/hooks/pre-commit', '“.git” is a name that some systems keep for themselves.'],
    [`${'x'.repeat(300)}.ts`, 'The name is too long.'],
  ] as const) {
    await field.fill(path)
    await expect(refusal).toHaveText(words)
    await field.press('Enter')
    await expect(field).toBeFocused()
  }
  await field.press('Escape')
  await expect(field).toBeHidden()
  expect(await tree(page).getByRole('treeitem').allTextContents()).toEqual(before)
})

test('renaming a file or its folder while it is open keeps the tab and the text, in every tab of the session', async ({
  page,
  context,
}) => {
  await startEmpty(page)
  await newFile(page, 'lib/one.ts')
  await page.keyboard.type('export const one = 1')
  await newFile(page, 'two.ts')
  const other = await context.newPage()
  await other.goto(page.url())
  await tree(other).getByRole('treeitem', { name: 'one.ts' }).click()
  await expect(other.getByRole('code')).toContainText('export const one = 1')

  await tree(page).getByRole('treeitem', { name: 'one.ts' }).click()
  await tree(page).press('F2')
  await page.getByRole('textbox', { name: 'New name of one.ts' }).fill('two.ts')
  await expect(page.getByRole('alert').filter({ hasText: 'exists already' })).toBeVisible()
  await page.getByRole('textbox', { name: 'New name of one.ts' }).fill('first.ts')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('tab', { name: 'first.ts', selected: true })).toBeVisible()
  await expect(other.getByRole('tab', { name: 'first.ts', selected: true })).toBeVisible()

  await tree(page).getByRole('treeitem', { name: 'lib' }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Rename' }).click()
  await page.getByRole('textbox', { name: 'New name of lib' }).fill('src')
  await page.keyboard.press('Enter')
  await expect(tree(other).getByRole('treeitem')).toHaveText([/src/, /first\.ts/, /two\.ts/])

  // The other tab goes on typing in what is now another path.
  await code(other).focus()
  await other.keyboard.press('Control+End')
  await other.keyboard.type(' + 1')
  await expect(page.getByRole('code')).toContainText('export const one = 1 + 1')
  await expect.poll(() => storedTexts(page)).toEqual(['', 'export const one = 1 + 1'])
})

test('the cursor stands at the beginning of a file whose stored text comes later than its document', async ({ page }) => {
  await startFromSample(page, /^Snake/)
  let release = () => {}
  const released = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/texts', async (route) => {
    await released
    await route.continue()
  })
  await page.reload()
  await enterFile(page, 'game.ts')
  await expect(page.getByRole('code')).toContainText('export const COLUMNS')
  await expect(page.getByRole('contentinfo').getByText('1:1', { exact: true })).toBeVisible()
  release()
})
