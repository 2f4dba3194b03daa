import type { Page } from '@playwright/test'
import {
  editsWait,
  enterFile,
  expect,
  goOffline,
  newFile,
  shot,
  startEmpty,
  storedTexts,
  test,
  tree,
  type Guest,
} from './journey.ts'
import { reviewBar } from './turns.ts'

/** A session with one file, whose end a colleague has the cursor at. */
async function startTogether(page: Page, guest: Guest): Promise<Page> {
  await startEmpty(page)
  await newFile(page, 'draft.md')
  await page.keyboard.type('A plan.')
  const mara = await guest(page, 'editor', 'Mara')
  await enterFile(mara, 'draft.md')
  await mara.keyboard.press('Control+End')
  return mara
}

async function deleteFile(page: Page, name: string): Promise<void> {
  await tree(page).getByRole('treeitem', { name }).click()
  await tree(page).press('Delete')
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click()
  await expect(tree(page).getByRole('treeitem', { name })).toHaveCount(0)
}

test('what was written offline in a file that is gone is kept, and comes back where its writer wants it', async ({
  page,
  guest,
}) => {
  const mara = await startTogether(page, guest)
  await goOffline(mara)
  await mara.keyboard.type(' And a better one.')
  await editsWait(mara)
  await deleteFile(page, 'draft.md')
  await mara.context().setOffline(false)

  const notice = mara.getByRole('status').filter({ hasText: 'Edits of yours in draft.md could not be stored.' })
  await expect(notice).toBeVisible()
  await mara.screenshot(shot('kept-edits-notice'))
  await notice.getByRole('button', { name: 'Look at them' }).click()
  const dialog = mara.getByRole('dialog', { name: 'Edits that could not be stored' })
  await expect(dialog.getByText('the file was deleted meanwhile')).toBeVisible()
  await mara.screenshot(shot('kept-edits'))
  await dialog.getByRole('button', { name: 'Put back as my edit' }).click()
  await expect.poll(() => storedTexts(page)).toEqual(['A plan. And a better one.'])
  await expect(tree(page).getByRole('treeitem', { name: 'draft.md' })).toBeVisible()
})

test('what an editor writes offline and may not write any more on return, editors see as a proposal', async ({
  page,
  guest,
}) => {
  const mara = await startTogether(page, guest)
  await goOffline(mara)
  await mara.keyboard.type(' And a better one.')
  await editsWait(mara)
  await page.getByRole('button', { name: 'Share the session' }).click()
  const share = page.getByRole('dialog', { name: 'Share this session' })
  await share.getByRole('combobox', { name: 'Role of Mara' }).selectOption('Reviewer')
  await page.keyboard.press('Escape')
  await mara.context().setOffline(false)

  await expect(mara.getByText(/Editors see (it|them) as a proposal\./)).toBeVisible()
  expect(await storedTexts(page)).toEqual(['A plan.'])
  await expect(page.getByText('Edits by Mara from before their role changed')).toBeVisible()
  await page.screenshot(shot('offered-edits'))
  await page.getByRole('group', { name: 'Proposal for draft.md' }).getByRole('button', { name: 'Apply anyway' }).click()
  await expect.poll(() => storedTexts(page)).toEqual(['A plan. And a better one.'])
  await expect(mara.getByRole('code')).toContainText('And a better one.')
  // It is reviewed like any other change.
  await reviewBar(page)
    .getByRole('button', { name: /^Accept/ })
    .first()
    .click()
  await expect(reviewBar(page)).toBeHidden()
})

test('a file that is deleted while a colleague types in it takes nothing with it that they could still want', async ({
  page,
  guest,
}) => {
  const mara = await startTogether(page, guest)
  const line = await overSlowLine(mara)
  await enterFile(mara, 'draft.md')
  await mara.keyboard.press('Control+End')
  line.hold()
  await mara.keyboard.type(' Written while somebody deletes it.')
  await expect(mara.getByRole('status').getByText(/^Saving/)).toBeVisible()
  await deleteFile(page, 'draft.md')
  await expect(tree(mara).getByRole('treeitem')).toHaveCount(0)
  await mara.screenshot(shot('deleted-while-typing'))
  await expect(mara.getByRole('tab')).toHaveCount(0)
  line.release()
  // What was on its way when the file went is offered back.
  await mara.getByRole('button', { name: 'Look at them' }).click()
  await expect(mara.getByRole('dialog').getByText('the file was deleted meanwhile')).toBeVisible()
  await mara.getByRole('dialog').getByRole('button', { name: 'Put back as my edit' }).click()
  await expect.poll(() => storedTexts(page)).toEqual(['A plan. Written while somebody deletes it.'])
})

/** Loads the page again over a line on which what it sends can be held up, while everything still reaches it. */
async function overSlowLine(page: Page): Promise<{ hold: () => void; release: () => void }> {
  const held: (() => void)[] = []
  let holds = false
  await page.routeWebSocket(/socket\.io/, (browser) => {
    const server = browser.connectToServer()
    browser.onMessage((message) => {
      if (holds) held.push(() => server.send(message))
      else server.send(message)
    })
  })
  await page.reload()
  return {
    hold: () => {
      holds = true
    },
    release: () => {
      holds = false
      for (const send of held.splice(0)) send()
    },
  }
}
