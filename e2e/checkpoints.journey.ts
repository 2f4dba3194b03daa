import type { Locator, Page } from '@playwright/test'
import { ask, code, composer, expect, shot, startFromSample, storedTexts, test } from './journey.ts'
import { longPrompt, reviewBar, snake, turn } from './turns.ts'

const second = 'Write tests for the score and the saved best'
const texts = async (page: Page) => (await storedTexts(page)).join('\n')
const dialog = (page: Page) => page.getByRole('dialog', { name: /^Restore what was before turn/ })

/** Opens the dialog from a turn's menu, by keyboard. */
async function askToRestore(page: Page, number: number): Promise<Locator> {
  await page.getByRole('button', { name: `Actions for turn ${number}` }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Restore what was before this turn…' }).focus()
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toBeVisible()
  return dialog(page)
}

test('files and conversation go back to before a turn, and what people wrote since stays', async ({ page, flint }) => {
  await startFromSample(page, snake)
  const untouched = await storedTexts(page)
  await ask(page, longPrompt)
  await reviewBar(page).getByRole('button', { name: 'Accept all' }).click()
  await expect(reviewBar(page)).toBeHidden()
  await ask(page, second)
  await page.getByRole('tab', { name: /README\.md/ }).click()
  await expect(code(page)).toBeFocused()
  await expect(code(page)).toHaveAttribute('aria-autocomplete', 'both')
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('Ours: ')
  await expect.poll(() => texts(page)).toContain('Ours: # Snake')

  const choice = await askToRestore(page, 1)
  await expect(choice).toContainText('this turn and the one after it is taken back')
  await expect(choice.getByRole('radio', { name: /^Files and conversation/ })).toBeFocused()
  await page.screenshot(shot('restore'))
  await page.keyboard.press('Enter')
  await expect(dialog(page)).toBeHidden()
  await expect(page.getByText('Restored what was before turn 1')).toBeVisible()
  await expect(page.getByText('2 turns are no longer part of the conversation.')).toBeVisible()
  await page.screenshot(shot('restored'))

  for (const number of [1, 2]) {
    await expect(turn(page, number)).toContainText('rolled back')
    await expect(page.getByRole('button', { name: `Actions for turn ${number}` })).toHaveCount(0)
  }
  await expect(page.getByRole('treeitem', { name: /combo|score\.test/ })).toHaveCount(0)
  const restored = untouched.map((text) => text.replace(/^# Snake/, 'Ours: # Snake')).sort()
  await expect.poll(() => storedTexts(page)).toEqual(restored)

  // A turn after it is number 3, and a crash changes nothing of this.
  await flint.restart()
  await page.reload()
  await expect(turn(page, 2)).toContainText('rolled back')
  expect(await storedTexts(page)).toEqual(restored)
  await ask(page, longPrompt)
  await expect(reviewBar(page)).toContainText('of 14')
})

test('the files go back without the conversation, or the conversation without the files', async ({ page }) => {
  await startFromSample(page, snake)
  const untouched = await texts(page)
  await ask(page, longPrompt)
  const answered = await texts(page)

  await askToRestore(page, 1)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(dialog(page).getByRole('radio', { name: /^Conversation only/ })).toBeChecked()
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 turn is no longer part of the conversation.')).toBeVisible()
  await expect(turn(page, 1)).toContainText('rolled back')
  expect(await texts(page)).toBe(answered)
  await reviewBar(page).getByRole('button', { name: 'Accept all' }).click()
  await expect(reviewBar(page)).toBeHidden()

  await ask(page, second)
  await expect(page.getByRole('treeitem', { name: /score\.test\.ts/ })).toBeVisible()
  await askToRestore(page, 2)
  await page.keyboard.press('ArrowDown')
  await expect(dialog(page).getByRole('radio', { name: /^Files only/ })).toBeChecked()
  await page.keyboard.press('Enter')
  await expect(page.getByText('Restored what was before turn 2')).toBeVisible()
  await expect(page.getByRole('treeitem', { name: /score\.test\.ts/ })).toHaveCount(0)
  await expect.poll(() => texts(page)).toBe(answered)
  expect(answered).not.toBe(untouched)
  await expect(turn(page, 2)).not.toContainText('rolled back')
  await expect(composer(page)).toBeEnabled()
})
