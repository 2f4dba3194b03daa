import { expect, test as base, type Page } from '@playwright/test'
import type { SessionTexts } from '../protocol/http.ts'
import { FlintServer } from './flint-server.ts'

/** Every journey has `flint`, a server shared by the journeys of one file, and pages that fail on any page error. */
export const test = base.extend<{ watched: void }, { flint: FlintServer }>({
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
      context.on('page', (page) => {
        page.on('pageerror', (error) => problems.push(error.stack ?? String(error)))
        page.on('console', (message) => {
          // A refused request or connection is told by the browser itself; whether the page says so is for the journey to check.
          if (message.type() === 'error' && !/^(Failed to load resource|WebSocket connection to)/.test(message.text()))
            problems.push(message.text())
        })
      })
      await use()
      expect(problems).toEqual([])
    },
    { auto: true },
  ],
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

export const tree = (page: Page) => page.getByRole('tree', { name: 'Files' })

/** Where code is typed; `getByRole('code')` is the whole editor with its lines. */
export const code = (page: Page) => page.getByRole('textbox', { name: 'Code' })

/** The texts of the session that the page shows, as the server has stored them, in alphabetical order. */
export async function storedTexts(page: Page): Promise<string[]> {
  const response = await page.request.get(`/api${new URL(page.url()).pathname.replace('/s/', '/sessions/')}/texts`)
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
  await expect(turn.getByText(/to first token|Stopped|Try again/).first()).toBeVisible({ timeout: 30_000 })
}

/** Where screenshots of a run go; not part of the repository. */
export const shot = (name: string) => ({ path: `test-results/screens/${name}.png` })
