import { limits } from '../protocol/limits.ts'
import { composer, expect, newFile, storedTexts, shot, startEmpty, test } from './journey.ts'

test('a paste of 1 MB arrives, is stored and survives a reload', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await startEmpty(page)
  await newFile(page, 'large.txt')
  const line = 'Sphinx of black quartz, judge my vow – 👋🏽 0123456789\n'
  const text = line.repeat(Math.ceil(1_000_000 / line.length)) + 'the very end'
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text)

  const push = page.waitForResponse((response) => /\/documents\/[^/]+\/push$/.test(response.url()))
  await page.keyboard.press('Control+V')
  expect((await push).status()).toBe(200)
  await expect(page.getByRole('code')).toContainText('the very end')
  await expect(page.getByRole('status').getByText('Saved', { exact: true })).toBeVisible()
  const stored = async () => (await storedTexts(page))[0] === text
  await expect.poll(stored).toBe(true)

  // Typing goes on behind it, in order.
  await page.keyboard.type('!')
  await expect.poll(async () => (await storedTexts(page))[0]?.endsWith('the very end!')).toBe(true)
  await page.reload()
  await expect(page.getByRole('code')).toContainText('Sphinx of black quartz')
  expect((await storedTexts(page))[0] === `${text}!`).toBe(true)
})

test('a paste that would make the file too long is taken back with words', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await startEmpty(page)
  await newFile(page, 'full.txt')
  await page.keyboard.type('what was there')
  await page.evaluate(
    (length) =>
      navigator.clipboard.writeText(
        'x'
          .repeat(99)
          .concat('\n')
          .repeat(length / 100),
      ),
    limits.documentLength,
  )
  await page.keyboard.press('Control+V')
  await expect(page.getByText('That would make the file too long')).toBeVisible({ timeout: 15_000 })
  await expect(page.getByRole('code')).toContainText('what was there')
  await expect.poll(() => storedTexts(page)).toEqual(['what was there'])
})

test('a prompt above the limit is refused with words and stays in the composer', async ({ page }) => {
  await startEmpty(page)
  const prompt = 'why? '.repeat(limits.promptLength / 5 + 1)
  await composer(page).fill(prompt)
  await expect(page.getByRole('region', { name: 'Chat' })).toContainText('That message is too long')
  await page.screenshot(shot('prompt-too-long'))
  await composer(page).press('Enter')
  await expect(page.getByRole('button', { name: 'Send' })).toBeDisabled()
  await expect(page.getByRole('article', { name: /^Turn / })).toHaveCount(0)
  expect((await composer(page).inputValue()).length).toBe(prompt.length)

  // Pasting more than the limit cuts nothing off unseen.
  await composer(page).fill('')
  await page.evaluate((length) => navigator.clipboard.writeText('y'.repeat(length)), limits.promptLength + 1_000)
  await composer(page).press('Control+V')
  expect((await composer(page).inputValue()).length).toBe(limits.promptLength + 1_000)
})
