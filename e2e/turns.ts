import { expect, type Locator, type Page } from '@playwright/test'
import { FlintServer } from './flint-server.ts'
import { composer, test } from './journey.ts'

/** Journeys on a server with an environment of its own. */
export function testOn(environment: Record<string, string>) {
  return test.extend<object, { flint: FlintServer }>({
    flint: [
      async ({}, use) => {
        const flint = await FlintServer.start(environment)
        await use(flint)
        await flint.close()
      },
      { scope: 'worker' },
    ],
  })
}

/** Not the button of a session that was made of it. */
export const snake = /^Snake A canvas game/

/** A recorded answer about the snake that changes seven files in 14 hunks. */
export const longPrompt = 'Let the snake pass through walls, and add a combo score with an on-screen meter'

export const turn = (page: Page, number: number) => page.getByRole('article', { name: `Turn ${number}`, exact: true })

/** Asks with Enter; the turn that the prompt starts, as soon as it is there. */
export async function send(page: Page, prompt: string): Promise<Locator> {
  const next = turn(page, (await page.getByRole('article', { name: /^Turn / }).count()) + 1)
  await composer(page).fill(prompt)
  await composer(page).press('Enter')
  await expect(next).toBeVisible()
  return next
}

/** Presses a button that starts a turn. */
export async function press(page: Page, button: Locator): Promise<Locator> {
  const next = turn(page, (await page.getByRole('article', { name: /^Turn / }).count()) + 1)
  await button.click()
  await expect(next).toBeVisible()
  return next
}

export const stopButton = (page: Page) => page.getByRole('button', { name: 'Stop', exact: true })

/** Resolves when no turn runs any more. */
export async function allEnded(page: Page, timeout = 20_000): Promise<void> {
  await expect(stopButton(page)).toBeHidden({ timeout })
}

/** What a turn says that did not come to its end: what happened, what is safe, what to do. */
export const endNote = (of: Locator) => of.getByRole('group', { name: 'How the turn ended' })

export const reviewBar = (page: Page) => page.getByRole('group', { name: /^Review of/ })

/** Takes back the hunks that nobody has decided, of which there are several. */
export async function rejectAll(page: Page): Promise<void> {
  await reviewBar(page).getByRole('button', { name: 'Reject all' }).click()
  await expect(decisions(page)).toHaveCount(0)
}

/** The buttons of the review bar that decide; without an undecided hunk there are none, though a reject may still be undone. */
export function decisions(page: Page): Locator {
  return reviewBar(page).getByRole('button', { name: /^(Accept|Reject)/ })
}
