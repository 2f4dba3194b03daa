import type { Page } from '@playwright/test'
import {
  code,
  editsWait,
  enterFile,
  expect,
  goOffline,
  leave,
  newFile,
  shot,
  startEmpty,
  storedTexts,
  test,
} from './journey.ts'

const lost = (page: Page) => page.getByRole('alert').filter({ hasText: 'The connection to the server is lost' })
const saving = (page: Page) => page.getByRole('status')

test('[B3] what somebody writes offline comes together with what the others wrote meanwhile, also after their tab was closed', async ({
  page,
  guest,
}) => {
  await startEmpty(page)
  await newFile(page, 'poem.txt')
  await page.keyboard.type('first line\nlast line')
  const mara = await guest(page, 'editor', 'Mara')
  await enterFile(mara, 'poem.txt')
  await expect(mara.getByRole('code')).toContainText('last line')
  const network = mara.context()

  await goOffline(mara)
  await mara.keyboard.press('Control+End')
  await mara.keyboard.type('\nwritten on the train')
  await editsWait(mara)
  await expect(lost(mara)).toBeVisible()
  await mara.screenshot(shot('offline'))
  await code(page).focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('above, by the others\n')
  await expect.poll(() => storedTexts(page)).toEqual(['above, by the others\nfirst line\nlast line'])

  await network.setOffline(false)
  const both = 'above, by the others\nfirst line\nlast line\nwritten on the train'
  await expect.poll(() => storedTexts(page)).toEqual([both])
  await expect(lost(mara)).toBeHidden()
  await expect(saving(mara).getByText('Saved', { exact: true })).toBeVisible()
  for (const one of [page, mara]) {
    await expect(one.getByRole('code')).toContainText('above, by the others')
    await expect(one.getByRole('code')).toContainText('written on the train')
  }

  // The tab ends with edits that wait; what comes next in that browser sends them.
  await goOffline(mara)
  await mara.keyboard.type(' and in the tunnel')
  await editsWait(mara)
  const address = mara.url()
  await leave(mara)
  await network.setOffline(false)
  expect(await storedTexts(page)).toEqual([both])
  const again = await network.newPage()
  await again.goto(address)
  await expect.poll(() => storedTexts(page)).toEqual([`${both} and in the tunnel`])
  await expect(page.getByRole('code')).toContainText('and in the tunnel')
  await enterFile(again, 'poem.txt')
  await expect(again.getByRole('code')).toContainText('and in the tunnel')
  await expect(saving(again).getByText('Saved', { exact: true })).toBeVisible()
})

test('a tab that is closed while the server is away leaves its edits to the next one', async ({ page, flint }) => {
  await startEmpty(page)
  await newFile(page, 'kept.txt')
  await page.keyboard.type('before. ')
  await expect.poll(() => storedTexts(page)).toEqual(['before. '])
  await flint.stop()
  await expect(saving(page).getByText('Offline', { exact: true })).toBeVisible()
  await page.keyboard.type('while away.')
  await editsWait(page)
  const address = page.url()
  const next = await page.context().newPage()
  await leave(page)
  await flint.restart()
  await next.goto(address)
  await expect.poll(() => storedTexts(next)).toEqual(['before. while away.'])
  await expect(saving(next).getByText('Saved', { exact: true })).toBeVisible()
})
