import type { Page } from '@playwright/test'
import { code, composer, expect, shot, startFromSample, storedTexts } from './journey.ts'
import { snake, stopButton, testOn } from './turns.ts'

/** Stays in its middle for as long as the journey needs. */
const test = testOn({ MODEL_IDLE_TIMEOUT_MS: '60000' })

/** The lines in the editor; the chat has code too. */
const shown = (page: Page) => page.getByRole('tabpanel').getByRole('code')
const prompt = (page: Page) => page.getByRole('textbox', { name: /^Change lines? / })
const widget = (page: Page) => page.getByRole('group', { name: /^Edit lines? .* with the assistant/ })
const inlineTurn = (page: Page, number: number) => page.getByRole('article', { name: `Inline edit, turn ${number}` })

/** The lines of `togglePause` in the snake's `src/game.ts`, which a recording answers. */
async function selectTogglePause(page: Page): Promise<void> {
  await page.keyboard.press('Control+P')
  await page.keyboard.type('game.ts')
  await page.keyboard.press('Enter')
  await expect(code(page)).toBeFocused()
  await expect(code(page)).toHaveAttribute('aria-autocomplete', 'both')
  await page.keyboard.press('Control+G')
  await page.keyboard.type('49')
  await page.keyboard.press('Enter')
  for (let line = 0; line < 5; line += 1) await page.keyboard.press('Shift+ArrowDown')
}

for (const theme of ['dark', 'light'] as const) {
  test(`selected lines are changed in place, by keyboard (${theme})`, async ({ page }) => {
    await page.emulateMedia({ colorScheme: theme })
    await startFromSample(page, snake)
    await selectTogglePause(page)
    await page.keyboard.press('Control+K')
    await expect(prompt(page)).toBeFocused()
    await expect(widget(page)).toHaveAccessibleName('Edit lines 49 to 53 with the assistant')
    await page.screenshot(shot(`inline-edit-${theme}-prompt`))
    await page.keyboard.type('Rewrite this as a switch')
    await page.keyboard.press('Enter')
    await expect(shown(page)).toContainText("case 'playing':")
    await expect(widget(page).getByRole('button', { name: /^Accept/ })).toBeVisible()
    await expect(prompt(page)).toBeFocused()
    await page.screenshot(shot(`inline-edit-${theme}`))
    await expect(inlineTurn(page, 1)).toContainText('Inline edit')
    await expect(inlineTurn(page, 1)).toContainText('game.ts:49–60')
    await page.keyboard.press('Control+Enter')
    await expect(widget(page)).toBeHidden()
    await expect(code(page)).toBeFocused()
    await expect(inlineTurn(page, 1)).toContainText('accepted')
    await expect
      .poll(async () => (await storedTexts(page)).join(''))
      .toContain("    case 'over':\n    case 'won':\n      return game\n")
    await page.screenshot(shot(`inline-edit-${theme}-accepted`))
  })
}

test('Escape stops it, and then closes it; the lines are as they were', async ({ page }) => {
  await startFromSample(page, snake)
  await selectTogglePause(page)
  await page.keyboard.press('Control+K')
  await expect(prompt(page)).toBeFocused()
  await page.keyboard.type('/fault stall Rewrite this as a switch')
  await page.keyboard.press('Enter')
  await expect(shown(page)).toContainText("case 'playing':")
  await expect(widget(page)).toContainText('Writing…')
  // It is not the chat's turn: the composer neither stops nor redirects it.
  await expect(composer(page)).toHaveAttribute('placeholder', /^Ask for a change/)
  await expect(stopButton(page)).toHaveCount(1)
  await page.screenshot(shot('inline-edit-writing'))
  await page.keyboard.press('Escape')
  await expect(widget(page)).toContainText('Stopped. The lines are as they were.')
  await expect(shown(page)).not.toContainText("case 'playing':")
  await expect(prompt(page)).toHaveValue('/fault stall Rewrite this as a switch')
  await page.keyboard.press('Escape')
  await expect(widget(page)).toBeHidden()
  await expect(code(page)).toBeFocused()
})

test('what cannot be answered says so, and a rejected edit is gone', async ({ page }) => {
  await startFromSample(page, snake)
  await selectTogglePause(page)
  await page.keyboard.press('Control+K')
  await expect(prompt(page)).toBeFocused()
  await page.keyboard.type('Make it rhyme')
  await page.keyboard.press('Enter')
  await expect(widget(page)).toContainText('There is no recorded answer to this prompt for these lines')
  await page.screenshot(shot('inline-edit-no-answer'))
  await prompt(page).fill('Add a doc comment')
  await page.keyboard.press('Enter')
  await expect(shown(page)).toContainText('/** Pauses a game that is played')
  await expect(widget(page).getByRole('button', { name: /^Reject/ })).toBeVisible()
  await page.keyboard.press('Control+Shift+Backspace')
  await expect(widget(page)).toBeHidden()
  await expect(shown(page)).not.toContainText('/** Pauses a game that is played')
})

test('recorded inline edits are offered where they are', async ({ page }) => {
  await startFromSample(page, snake)
  await page.keyboard.press('Control+P')
  await page.keyboard.type('game.ts')
  await page.keyboard.press('Enter')
  await expect(code(page)).toHaveAttribute('aria-autocomplete', 'both')
  await expect(code(page)).toBeFocused()
  await page.keyboard.press('Control+Home')
  await page.keyboard.press('F1')
  await page.keyboard.type('Edit with the assistant')
  await page.keyboard.press('Enter')
  await expect(prompt(page)).toBeFocused()
  await page.screenshot(shot('inline-edit-offers'))
  const offer = widget(page).getByRole('button', { name: /^Rewrite as a switch · line / })
  await expect(offer).toContainText('line 49')
  // They move with what is written above them.
  await code(page).focus()
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
  await expect(offer).toContainText('line 50')
  await offer.click()
  await expect(widget(page)).toHaveAccessibleName('Edit lines 50 to 54 with the assistant')
  await expect(prompt(page)).toHaveValue('Rewrite this as a switch')
  await page.keyboard.press('Enter')
  await expect(shown(page)).toContainText("case 'playing':")
})
