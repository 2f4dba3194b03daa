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
          // A refused request is told by the browser itself; whether the page says so is for the journey to check.
          if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) problems.push(message.text())
        })
      })
      await use()
      expect(problems).toEqual([])
    },
    { auto: true },
  ],
})

export { expect }

/** From the landing page into a new session of a sample. */
export async function startFromSample(page: Page, name: RegExp): Promise<void> {
  await page.goto('/')
  await page.getByRole('button', { name }).click()
  await page.waitForURL('**/s/*')
  await expect(page.getByRole('textbox', { name: /message|prompt|ask/i })).toBeVisible()
}
