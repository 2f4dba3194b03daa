import { networkInterfaces } from 'node:os'
import type { Page } from '@playwright/test'
import { FlintServer } from './flint-server.ts'
import { code, enterFile, expect, newFile, shot, startEmpty, storedTexts, test, tree } from './journey.ts'
import { createLink, joinThroughLink } from './sharing.ts'

test('[L1] a guest comes in through a link with a name of their own, and the secret stays nowhere', async ({
  page,
  browser,
}) => {
  await startEmpty(page)
  await newFile(page, 'shared.txt')
  await page.keyboard.type('hello ')
  const link = await createLink(page, 'editor')
  const mara = await browser.newPage()
  const sent: string[] = []
  mara.on('request', (request) => sent.push(request.url(), JSON.stringify(request.headers())))
  await joinThroughLink(mara, link, 'Mara')
  await expect(page.getByRole('button', { name: 'Follow Mara' })).toBeVisible()
  await enterFile(mara, 'shared.txt')
  await mara.keyboard.press('Control+End')
  await mara.keyboard.type('from Mara')
  await expect.poll(() => storedTexts(page)).toEqual(['hello from Mara'])

  const kept = await mara.evaluate(() =>
    JSON.stringify([location.href, localStorage, sessionStorage, document.cookie, history.state]),
  )
  const secret = new URL(link).hash.slice(1)
  expect(secret).toMatch(/^[\w-]{24}$/)
  expect([kept, ...sent].filter((text) => text.includes(secret))).toEqual([])
  await mara.close()
})

const share = (page: Page) => page.getByRole('dialog', { name: 'Share this session' })

test('[L4] [L6] an owner makes a link, raises a guest’s role, lowers it, and removes them with their link', async ({
  page,
  browser,
}) => {
  await startEmpty(page)
  await newFile(page, 'shared.txt')
  await page.keyboard.type('hello ')
  await page.getByRole('button', { name: 'Share the session' }).click()
  await share(page).getByLabel('Role', { exact: true }).selectOption('Reviewer')
  await share(page).getByRole('button', { name: 'Create link' }).click()
  const link = await share(page).getByRole('textbox', { name: 'The new link' }).inputValue()
  await page.screenshot(shot('share-dialog'))

  const mara = await browser.newPage()
  await mara.goto(link)
  await expect(mara.getByText('You are invited as a reviewer.')).toBeVisible()
  await mara.screenshot(shot('join-page'))
  await joinThroughLink(mara, link, 'Mara')
  await tree(mara).getByRole('treeitem', { name: 'shared.txt' }).click()
  await expect(mara.getByText('You can read this file')).toBeVisible()

  const role = share(page).getByRole('combobox', { name: 'Role of Mara' })
  await role.selectOption('Editor')
  await expect(code(mara)).toHaveAttribute('aria-autocomplete', 'both')
  await code(mara).focus()
  await mara.keyboard.press('Control+End')
  await mara.keyboard.type('from Mara')
  await expect.poll(() => storedTexts(page)).toEqual(['hello from Mara'])

  await role.selectOption('Viewer')
  await expect(mara.getByText('You can read this file')).toBeVisible()
  await share(page).getByRole('button', { name: 'Remove Mara' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove and replace the link' }).click()
  await expect(mara.getByRole('heading', { name: 'You are not in this session any more' })).toBeVisible()
  await expect(share(page).getByRole('textbox', { name: 'The new link' })).not.toHaveValue(link)
  await mara.goto('about:blank')
  await mara.goto(link)
  await expect(mara.getByRole('heading', { name: 'This link was revoked' })).toBeVisible()
  await mara.screenshot(shot('link-revoked'))
  await mara.close()
})

test('[L5] where owners let people in, a joiner waits until one says yes', async ({ page, browser }) => {
  await startEmpty(page)
  const link = await createLink(page, 'editor')
  await page.getByRole('button', { name: 'Share the session' }).click()
  await share(page)
    .getByRole('switch', { name: /Let people in one by one/ })
    .click()
  await expect(share(page).getByRole('switch', { name: /Let people in one by one/ })).toBeChecked()
  await page.keyboard.press('Escape')
  const [ada, eve] = [await (await browser.newContext()).newPage(), await (await browser.newContext()).newPage()]
  for (const [guest, name] of [
    [ada, 'Ada'],
    [eve, 'Eve'],
  ] as const) {
    await guest.goto(link)
    await guest.getByRole('textbox', { name: 'Your name' }).fill(name)
    await guest.getByRole('button', { name: 'Ask to join' }).click()
    await expect(guest.getByRole('heading', { name: 'Waiting to be let in' })).toBeVisible()
  }
  await page.screenshot(shot('joiners'))
  await page.getByRole('button', { name: 'Let Ada in' }).click()
  await page.getByRole('button', { name: 'Decline Eve' }).click()
  await expect(ada.getByRole('status').getByText('Saved', { exact: true })).toBeVisible()
  await expect(eve.getByRole('heading', { name: 'You were not let in' })).toBeVisible()
  await Promise.all([ada.context().close(), eve.context().close()])
})

test('[L9] an owner whose browser forgot them comes back with the recovery code', async ({ page, browser, flint }) => {
  await startEmpty(page)
  await page.getByRole('button', { name: 'Share the session' }).click()
  await share(page).getByRole('button', { name: 'Make a recovery code' }).click()
  const recovery = await share(page).getByRole('textbox', { name: 'Recovery code' }).inputValue()
  const other = await (await browser.newContext()).newPage()
  await other.goto(page.url())
  await other.getByRole('link', { name: 'Enter a recovery code' }).click()
  await other.getByRole('textbox', { name: 'Recovery code' }).fill('0000-0000')
  await other.getByRole('button', { name: 'Come back' }).click()
  await expect(other.getByRole('alert').filter({ hasText: 'No owner has this code' })).toBeVisible()
  await other.getByRole('textbox', { name: 'Recovery code' }).fill(recovery.toLowerCase())
  await other.getByRole('button', { name: 'Come back' }).click()
  await expect(other.getByRole('textbox', { name: 'Your new recovery code' })).not.toHaveValue(recovery)
  await other.screenshot(shot('recovered'))
  await other.getByRole('link', { name: 'Open the session' }).click()
  await expect(other.getByRole('button', { name: 'Share the session' })).toBeVisible()
  await expect(page.getByRole('heading', { name: 'You are in this session from another browser now' })).toBeVisible()
  expect(other.url()).toContain(flint.url)
  await other.context().close()
})

/** An address of this machine at which others in the network could reach it. */
const lanAddress = Object.values(networkInterfaces())
  .flat()
  .find((address) => address !== undefined && address.family === 'IPv4' && !address.internal)?.address

test('[L1] a guest joins over plain http in the network, through the password, without what browsers keep for https', async ({
  browser,
}) => {
  test.skip(lanAddress === undefined, 'this machine is in no network')
  const flint = await FlintServer.start({ HOST: '0.0.0.0', ACCESS_PASSWORD: 'a password to give' })
  const contexts = [await browser.newContext(), await browser.newContext()]
  try {
    const at = `http://${lanAddress}:${new URL(flint.url).port}`
    const [owner, guest] = await Promise.all(contexts.map((context) => context.newPage()))
    if (owner === undefined || guest === undefined) throw new Error('no pages')
    const enter = async (page: Page) => {
      await page.getByRole('textbox', { name: 'Password' }).fill('a password to give')
      await page.getByRole('button', { name: 'Enter' }).click()
    }
    await owner.goto(at)
    await enter(owner)
    await owner.getByRole('button', { name: /Empty session/ }).click()
    await newFile(owner, 'lan.txt')
    expect(await owner.evaluate(() => window.isSecureContext)).toBe(false)
    await owner.getByRole('button', { name: 'Share the session' }).click()
    await share(owner).getByRole('button', { name: 'Create link' }).click()
    await expect(share(owner).getByText('Not encrypted')).toBeVisible()
    await share(owner).getByRole('button', { name: 'Copy', exact: true }).click()
    await expect(share(owner).getByRole('button', { name: 'Copied' })).toBeVisible()
    const link = await share(owner).getByRole('textbox', { name: 'The new link' }).inputValue()
    expect(link.startsWith(`${at}/s/`)).toBe(true)

    await guest.goto(link)
    await enter(guest)
    await expect(guest.getByText('Not encrypted')).toBeVisible()
    await guest.screenshot(shot('join-over-http'))
    await guest.getByRole('textbox', { name: 'Your name' }).fill('Mara')
    await guest.getByRole('button', { name: 'Join', exact: true }).click()
    await enterFile(guest, 'lan.txt')
    await guest.keyboard.type('over the wire')
    await expect.poll(() => storedTexts(owner)).toEqual(['over the wire'])
    expect(new URL(guest.url()).hash).toBe('')
  } finally {
    await Promise.all(contexts.map((context) => context.close()))
    await flint.close()
  }
})
