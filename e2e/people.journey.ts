import type { Page } from '@playwright/test'
import { code, expect, newFile, shot, startFromSample, startEmpty, test, tree } from './journey.ts'
import { snake } from './turns.ts'

const openFile = (page: Page, name: string) => tree(page).getByRole('treeitem', { name }).click()
const shownFile = (page: Page) => page.getByRole('tab', { selected: true })
const follow = (page: Page, name: string) => page.getByRole('button', { name: `Follow ${name}`, exact: true }).first()
const following = (page: Page, name: string) => page.getByRole('status').filter({ hasText: `Following ${name}` })
const firstLineShown = (page: Page) =>
  page.getByRole('tabpanel').locator('.line-numbers').first().textContent({ timeout: 2_000 })

test('two people see each other’s cursors, names and files', async ({ page, guest }) => {
  await startEmpty(page)
  await newFile(page, 'poem.txt')
  await page.keyboard.type('one\ntwo\nthree')
  const mara = await guest(page, 'editor', 'Mara')
  await expect(page.getByText('Mara joined')).toBeVisible()
  await openFile(mara, 'poem.txt')
  await expect(mara.getByRole('code')).toContainText('three')
  await expect(mara.getByRole('img', { name: /^Cursor of / })).toBeVisible()

  // Typing moves the flag with the cursor, which is where the text is.
  await code(mara).focus()
  await mara.keyboard.press('Control+End')
  await mara.keyboard.type(' and four')
  const cursor = page.getByRole('img', { name: 'Cursor of Mara' })
  await expect(page.getByRole('code')).toContainText('three and four')
  await expect(cursor.getByText('Mara')).toBeVisible()
  await expect(tree(page).getByRole('treeitem', { name: /poem\.txt.*Mara is here/ })).toBeVisible()
  await expect(page.getByRole('tab', { name: /poem\.txt.*Mara is here/ })).toBeVisible()

  await page.getByRole('button', { name: 'People', exact: true }).click()
  const everyone = page.getByRole('list', { name: 'Everyone in this session' })
  const row = everyone.getByRole('listitem').filter({ hasText: 'Mara' })
  await expect(row).toContainText('guest')
  await expect(row).toContainText('poem.txt:3')
  await page.screenshot(shot('people-dark'))

  await mara.close()
  await expect(cursor).toBeHidden()
  await expect(row).toContainText('not here')
  await expect(page.getByText('Mara left')).toBeVisible()
})

test('pairing: the view follows the other over files and scroll, until one’s own key', async ({ page, guest }) => {
  await startFromSample(page, snake)
  const mara = await guest(page, 'viewer', 'Mara')
  await openFile(page, 'render.ts')
  const ownName =
    (await mara.getByRole('list', { name: 'People in this session' }).getByRole('button').nth(1).getAttribute('aria-label')) ??
    ''
  const name = ownName.replace('Follow ', '')
  await follow(mara, name).click()
  await expect(following(mara, name)).toBeVisible()
  await expect(shownFile(mara)).toHaveAttribute('title', /render\.ts$/)

  await openFile(page, 'game.ts')
  await expect(shownFile(mara)).toHaveAttribute('title', /game\.ts$/)
  await code(page).focus()
  await page.keyboard.press('Control+End')
  await expect(mara.getByRole('img', { name: `Cursor of ${name}` })).toBeInViewport()
  await expect.poll(() => firstLineShown(mara)).not.toBe('1')
  await mara.screenshot(shot('follow-person'))

  // Own key: the view stays, whatever the other does.
  await code(mara).focus()
  await mara.keyboard.press('ArrowUp')
  await expect(following(mara, name)).toBeHidden()
  await openFile(page, 'render.ts')
  await expect(page.getByRole('tab', { selected: true })).toHaveAttribute('title', /render\.ts$/)
  await expect(tree(mara).getByRole('treeitem', { name: /render\.ts.* is here/ })).toBeVisible()
  await expect(shownFile(mara)).toHaveAttribute('title', /game\.ts$/)

  // Opening a file by oneself ends it too, and so does Escape from anywhere.
  await follow(mara, name).click()
  await expect(shownFile(mara)).toHaveAttribute('title', /render\.ts$/)
  await openFile(mara, 'input.ts')
  await expect(following(mara, name)).toBeHidden()
  await follow(mara, name).click()
  await expect(following(mara, name)).toBeVisible()
  await mara.keyboard.press('Escape')
  await expect(following(mara, name)).toBeHidden()
})

test('who brings everyone to them asks, and the others go or follow', async ({ page, guest }) => {
  await startFromSample(page, snake)
  const mara = await guest(page, 'reviewer', 'Mara')
  await openFile(mara, 'input.ts')
  await openFile(page, 'render.ts')
  await code(page).focus()
  await page.keyboard.press('Control+End')
  await page.getByRole('button', { name: 'People', exact: true }).click()
  await page.getByRole('button', { name: 'Bring everyone to me' }).click()
  await expect(page.getByText('Asked Mara to come to where you are')).toBeVisible()

  const asked = mara.getByRole('listitem').filter({ hasText: /asks you to look at .*render\.ts:\d+/ })
  await expect(asked).toBeVisible()
  // Nobody is moved who did not ask for it.
  await expect(shownFile(mara)).toHaveAttribute('title', /input\.ts$/)
  await mara.screenshot(shot('gathering'))
  await asked.getByRole('button', { name: 'Go there' }).click()
  await expect(shownFile(mara)).toHaveAttribute('title', /render\.ts$/)

  await page.getByRole('button', { name: 'Bring everyone to me' }).click()
  await asked.getByRole('button', { name: 'Follow' }).click()
  await expect(mara.getByRole('status').filter({ hasText: 'Following ' })).toBeVisible()
  // A reviewer may come, not call.
  await mara.getByRole('button', { name: 'People', exact: true }).click()
  await expect(mara.getByText('Editors can ask everyone to come')).toBeVisible()
})

test('two who follow each other stay where they are, and whoever moves leads', async ({ page, guest }) => {
  await startFromSample(page, snake)
  const mara = await guest(page, 'editor', 'Mara')
  await openFile(mara, 'input.ts')
  await openFile(page, 'render.ts')
  await follow(page, 'Mara').click()
  await expect(shownFile(page)).toHaveAttribute('title', /input\.ts$/)
  await mara
    .getByRole('list', { name: 'People in this session' })
    .getByRole('button', { name: /^Follow / })
    .click()
  await expect(following(page, 'Mara')).toBeVisible()
  await openFile(page, 'game.ts')
  await expect(following(page, 'Mara')).toBeHidden()
  await expect(shownFile(mara)).toHaveAttribute('title', /game\.ts$/)
})
