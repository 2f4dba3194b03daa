import { code, expect, newFile, storedTexts, startEmpty, test, tree } from './journey.ts'

test('two tabs that type at different places of a file converge, and undo takes back only what its own tab typed', async ({
  page,
  context,
}) => {
  await startEmpty(page)
  await newFile(page, 'poem.txt')
  await page.keyboard.type('top\nmiddle\nbottom')
  const other = await context.newPage()
  await other.goto(page.url())
  await tree(other).getByRole('treeitem', { name: 'poem.txt' }).click()
  await expect(other.getByRole('code')).toContainText('bottom')

  await code(page).focus()
  await page.keyboard.press('Control+Home')
  await code(other).focus()
  await other.keyboard.press('Control+End')
  await Promise.all([
    page.keyboard.type('above, written by one tab\n'),
    other.keyboard.type('\nbelow, written by the other tab'),
  ])
  const both = 'above, written by one tab\ntop\nmiddle\nbottom\nbelow, written by the other tab'
  await expect.poll(() => storedTexts(page)).toEqual([both])
  for (const tab of [page, other]) {
    await expect(tab.getByRole('code')).toContainText('above, written by one tab')
    await expect(tab.getByRole('code')).toContainText('below, written by the other tab')
  }

  // As often as there is anything to undo, and beyond.
  await other.keyboard.press('Control+Z')
  await expect(page.getByRole('code')).not.toContainText('below')
  for (let time = 0; time < 5; time++) await other.keyboard.press('Control+Z')
  await expect.poll(() => storedTexts(page)).toEqual(['above, written by one tab\ntop\nmiddle\nbottom'])
  await other.keyboard.press('Control+Y')
  await expect(page.getByRole('code')).toContainText('below, written by the other tab')

  for (let time = 0; time < 8; time++) await page.keyboard.press('Control+Z')
  await expect.poll(() => storedTexts(page)).toEqual(['\nbelow, written by the other tab'])
  for (const tab of [page, other]) await expect(tab.getByRole('code')).not.toContainText('above')
})

test('what is typed while the server is away is kept and stored when it is back', async ({ page, flint }) => {
  await startEmpty(page)
  await newFile(page, 'kept.txt')
  await page.keyboard.type('before. ')
  await expect.poll(() => storedTexts(page)).toEqual(['before. '])
  await flint.stop()
  await expect(page.getByText('Offline', { exact: true })).toBeVisible()
  await page.keyboard.type('while away.')
  await expect(page.getByText(/Offline · \d+ edits waiting/)).toBeVisible()
  await expect(page.getByRole('alert').filter({ hasText: 'The connection to the server is lost' })).toBeVisible()
  await flint.restart()
  await expect(page.getByRole('status').getByText('Saved', { exact: true })).toBeVisible()
  await expect.poll(() => storedTexts(page)).toEqual(['before. while away.'])
})
