import { readFile } from 'node:fs/promises'
import { enterFile, expect, newFile, shot, startEmpty, storedTexts, test, tree } from './journey.ts'

test('a folder is made, a file moves into it by mouse and by keyboard, is duplicated, and the empty folder stays', async ({
  page,
}) => {
  await startEmpty(page)
  await newFile(page, 'a.ts')
  await page.keyboard.type('moved')
  await newFile(page, 'b.ts')
  await tree(page).getByRole('treeitem', { name: 'a.ts' }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'New folder…' }).click()
  await page.getByRole('textbox', { name: 'Name of the new folder' }).fill('lib')
  await page.keyboard.press('Enter')
  await expect(tree(page).getByRole('treeitem')).toHaveText([/lib/, /a\.ts/, /b\.ts/])

  await tree(page)
    .getByRole('treeitem', { name: 'a.ts' })
    .dragTo(tree(page).getByRole('treeitem', { name: 'lib' }))
  await expect(tree(page).getByRole('treeitem', { name: 'a.ts' })).toHaveAttribute('aria-level', '2')
  await page.screenshot(shot('tree-moved'))

  await tree(page).getByRole('treeitem', { name: 'b.ts' }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Move to…' }).click()
  await page.keyboard.type('lib')
  await page.keyboard.press('Enter')
  await expect(tree(page).getByRole('treeitem', { name: 'b.ts' })).toHaveAttribute('aria-level', '2')

  await tree(page).getByRole('treeitem', { name: 'a.ts' }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Duplicate' }).click()
  await expect(tree(page).getByRole('treeitem', { name: 'a copy.ts' })).toBeVisible()
  await expect.poll(() => storedTexts(page)).toEqual(['', 'moved', 'moved'])

  for (const name of ['a.ts', 'a copy.ts', 'b.ts']) {
    await tree(page).getByRole('treeitem', { name, exact: true }).click()
    await tree(page).press('Delete')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
    await expect(tree(page).getByRole('treeitem', { name, exact: true })).toHaveCount(0)
  }
  await expect(tree(page).getByRole('treeitem')).toHaveText([/lib/])
  await page.reload()
  await expect(tree(page).getByRole('treeitem')).toHaveText([/lib/])
})

test('a file that is renamed while a colleague types in it loses nothing, and both rename at once without harm', async ({
  page,
  guest,
}) => {
  await startEmpty(page)
  await newFile(page, 'draft.md')
  const other = await guest(page, 'editor', 'Mara')
  await enterFile(other, 'draft.md')
  const sentence = 'every letter of this sentence has to arrive although the file moves'
  const rename = async (by: typeof page, from: string, to: string) => {
    await tree(by).getByRole('treeitem', { name: from }).click()
    await tree(by).press('F2')
    await by.getByRole('textbox', { name: `New name of ${from}` }).fill(to)
    await by.keyboard.press('Enter')
  }
  await Promise.all([
    other.keyboard.type(sentence, { delay: 25 }),
    (async () => {
      await rename(page, 'draft.md', 'plan.md')
      await expect(tree(page).getByRole('treeitem', { name: 'plan.md' })).toBeVisible()
      await rename(page, 'plan.md', 'final.md')
    })(),
  ])
  await expect(other.getByRole('tab', { name: 'final.md', selected: true })).toBeVisible()
  await expect.poll(() => storedTexts(page)).toEqual([sentence])
  await expect(page.getByRole('code')).toContainText(sentence)

  // Both have begun to write another name; the one who is slower keeps what they typed.
  for (const by of [page, other]) {
    await tree(by).getByRole('treeitem', { name: 'final.md' }).click()
    await tree(by).press('F2')
    await expect(by.getByRole('textbox', { name: 'New name of final.md' })).toBeFocused()
  }
  await page.keyboard.type('mine')
  await other.keyboard.type('yours')
  await other.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'New name of yours.md' })).toHaveValue('mine.md')
  await page.keyboard.press('Enter')
  for (const by of [page, other]) await expect(tree(by).getByRole('treeitem')).toHaveText([/mine\.md/])
  expect(await storedTexts(page)).toEqual([sentence])
})

test('files are added to a session, and all of it leaves as a zip and as a patch', async ({ page }) => {
  await startEmpty(page)
  await newFile(page, 'notes.txt')
  await page.keyboard.type('mine')
  await expect.poll(() => storedTexts(page)).toEqual(['mine'])
  const choose = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'More for all files' }).click()
  await page.getByRole('menuitem', { name: 'Add files or a zip…' }).click()
  await (
    await choose
  ).setFiles([
    { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('theirs\r\n') },
    { name: 'extra.txt', mimeType: 'text/plain', buffer: Buffer.from('extra') },
  ])
  const dialog = page.getByRole('dialog', { name: 'Add 2 files to the session' })
  await dialog.getByRole('radio', { name: /Keep both/ }).check()
  await page.screenshot(shot('add-files'))
  await dialog.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(tree(page).getByRole('treeitem')).toHaveText([/extra\.txt/, /notes copy\.txt/, /notes\.txt/])

  await page.getByRole('button', { name: 'More for all files' }).click()
  await page.getByRole('menuitem', { name: 'Export changes as a patch…' }).click()
  const patch = page.waitForEvent('download')
  await page.getByRole('dialog').getByRole('button', { name: 'Export', exact: true }).click()
  const text = await readFile(await (await patch).path(), 'utf8')
  expect(text).toContain('diff --git a/notes copy.txt b/notes copy.txt\nnew file mode 100644')
  expect(text).toContain('+theirs\r\n')
  expect(text).toContain('+mine\n\\ No newline at end of file')

  const zip = page.waitForEvent('download')
  await page.getByRole('button', { name: 'More for all files' }).click()
  await page.getByRole('menuitem', { name: 'Download as zip' }).click()
  expect((await zip).suggestedFilename()).toMatch(/\.zip$/)
})
