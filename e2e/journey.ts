import { expect, test as base, type Page } from '@playwright/test'
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

/** From the landing page into a new session of a sample, until its files are there. */
export async function startFromSample(page: Page, name: RegExp): Promise<void> {
  await page.goto('/')
  await page.getByRole('button', { name }).click()
  await page.waitForURL('**/s/*')
  await expect(page.getByRole('tree', { name: /files/i }).getByRole('treeitem').first()).toBeVisible()
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
