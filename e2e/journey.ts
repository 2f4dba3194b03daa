import { expect, test as base, type BrowserContext, type Page } from '@playwright/test'
import type { LinkRole } from '../protocol/links.ts'
import type { SessionTexts } from '../protocol/http.ts'
import { FlintServer } from './flint-server.ts'
import { createLink, joinThroughLink } from './sharing.ts'

/**
 * What the browser itself tells of a refused request or connection, and of a worker's script that was to come while the server was away
 * (once with words, once empty); whether the page says so is for the journey to check.
 */
const toldByBrowser = /^(Failed to load resource|WebSocket connection to|NetworkError: Failed to execute 'importScripts'|$)/

/** Fails the journey on what a page throws or logs as an error. */
function watch(context: BrowserContext, problems: string[]): void {
  context.on('page', (page) => {
    page.on('pageerror', (error) => {
      const told = error.stack ?? String(error)
      if (!toldByBrowser.test(told)) problems.push(told)
    })
    page.on('console', (message) => {
      if (message.type() === 'error' && !toldByBrowser.test(message.text())) problems.push(message.text())
    })
  })
}

/** Another person, in a browser of their own, who comes into the session of `owner`'s page through a link. */
export type Guest = (owner: Page, role: LinkRole, name: string) => Promise<Page>

/**
 * Every journey has `flint`, a server shared by the journeys of one file, pages that fail on any page error, and `guest`, which brings
 * other people in.
 */
export const test = base.extend<{ watched: void; guest: Guest }, { flint: FlintServer }>({
  flint: [
    async ({}, use) => {
      const flint = await FlintServer.start()
      await use(flint)
      await flint.close()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ flint }, use) => use(flint.url),
  watched: [
    async ({ context }, use) => {
      const problems: string[] = []
      watch(context, problems)
      await use()
      expect(problems).toEqual([])
    },
    { auto: true },
  ],
  guest: async ({ browser }, use) => {
    const contexts: BrowserContext[] = []
    const problems: string[] = []
    await use(async (owner, role, name) => {
      const context = await browser.newContext()
      contexts.push(context)
      watch(context, problems)
      const page = await context.newPage()
      await joinThroughLink(page, await createLink(owner, role), name)
      return page
    })
    await Promise.all(contexts.map((context) => context.close()))
    expect(problems).toEqual([])
  },
})

export { expect }

/** The landing page, once it answers: what the server rendered can be seen before. */
export async function openLanding(page: Page): Promise<void> {
  await page.goto('/')
  await expect(page.getByRole('button', { name: /Empty session/ })).toBeEnabled()
}

/** From the landing page (`at` another server's) into a new session of a sample, until its files are there; in a narrow window, until a tab is. */
export async function startFromSample(page: Page, name: RegExp, at = '/'): Promise<void> {
  await page.goto(at)
  await page.getByRole('button', { name }).click()
  await page.waitForURL('**/s/*')
  await expect(tree(page).getByRole('treeitem').or(page.getByRole('tab')).first()).toBeVisible()
}

/** From the landing page into a new session without files. */
export async function startEmpty(page: Page): Promise<void> {
  await page.goto('/')
  await page.getByRole('button', { name: /Empty session/ }).click()
  await page.waitForURL('**/s/*')
  await expect(page.getByRole('status').getByText('Saved', { exact: true })).toBeVisible()
}

/** Makes a file and waits until what is typed goes into it. */
export async function newFile(page: Page, path: string): Promise<void> {
  await page.getByRole('button', { name: 'New file', exact: true }).click()
  await page.getByRole('textbox', { name: 'Path of the new file' }).fill(path)
  await page.keyboard.press('Enter')
  await expect(tree(page).getByRole('treeitem', { name: path.split('/').at(-1) ?? path, selected: true })).toBeVisible()
  await expect(code(page)).toBeFocused()
  // What Monaco says of an editor that takes text; `none` while the file is being opened.
  await expect(code(page)).toHaveAttribute('aria-autocomplete', 'both')
}

/** Opens a file from the tree and goes into it, once what is typed goes there. */
export async function enterFile(page: Page, name: string): Promise<void> {
  await tree(page).getByRole('treeitem', { name }).click()
  await expect(code(page)).toHaveAttribute('aria-autocomplete', 'both')
  await code(page).focus()
}

/** Cuts the page's browser off from the network, until the page says so. */
export async function goOffline(page: Page): Promise<void> {
  await page.context().setOffline(true)
  await expect(page.getByRole('status').getByText('Offline', { exact: true })).toBeVisible()
}

/** Resolves when the page says that there are edits which the server does not have. */
export async function editsWait(page: Page): Promise<void> {
  await expect(page.getByRole('status').getByText(/^Offline · \d+ edits? waiting$/)).toBeVisible()
}

/** Leaves a page as a person does who stays whenever the page says that something would be lost, and tries again. */
export async function leave(page: Page): Promise<void> {
  const gone = page.waitForEvent('close')
  page.on('dialog', (dialog) => {
    void dialog.dismiss().then(() => page.close({ runBeforeUnload: true }))
  })
  await page.close({ runBeforeUnload: true })
  await gone
}

export const tree = (page: Page) => page.getByRole('tree', { name: 'Files' })

/** Where code is typed; `getByRole('code')` is the whole editor with its lines. */
export const code = (page: Page) => page.getByRole('textbox', { name: 'Code' })

/** The texts of the session that the page shows, as the server has stored them, in alphabetical order. */
export async function storedTexts(page: Page): Promise<string[]> {
  const { origin, pathname } = new URL(page.url())
  const response = await page.request.get(`${origin}/api${pathname.replace('/s/', '/sessions/')}/texts`)
  const { texts } = (await response.json()) as SessionTexts
  return texts.map(({ text }) => text).sort()
}

export const composer = (page: Page) => page.getByRole('textbox', { name: 'Message to the assistant' })

/** Sends a prompt and resolves once the assistant has answered it. */
export async function ask(page: Page, prompt: string): Promise<void> {
  const turns = await page.getByRole('article', { name: /^Turn / }).count()
  await composer(page).fill(prompt)
  await composer(page).press('Enter')
  const turn = page.getByRole('article', { name: `Turn ${turns + 1}` })
  await expect(turn).toBeVisible()
  await expect(turn.getByText(/to first token|Stopped|Try again/).first()).toBeVisible()
}

/** Where screenshots of a run go; not part of the repository. */
export const shot = (name: string) => ({ path: `test-results/screens/${name}.png` })
