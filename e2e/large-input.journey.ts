import { limits } from '../protocol/limits.ts'
import { strToU8, zipSync } from 'fflate'
import { code, composer, expect, newFile, storedTexts, shot, startEmpty, test, tree } from './journey.ts'

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
  await expect(page.getByText('That would make the file too long')).toBeVisible()
  await expect(page.getByRole('code')).toContainText('what was there')
  await expect.poll(() => storedTexts(page)).toEqual(['what was there'])
})

test('a file of 5 MB opens, takes what is typed without stalling, and is stored', async ({ page }) => {
  const line = 'A line of ordinary length, of which there are very many in this file.\n'
  const text = line.repeat(Math.floor((limits.importFileBytes - 100) / line.length))
  const zip = Buffer.from(zipSync({ 'large.txt': strToU8(text) })).toString('base64')
  await page.goto('/')
  const sessionId = await page.evaluate(async (base64) => {
    const body = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
    const headers = { 'content-type': 'application/zip', 'x-flint': '1' }
    const response = await fetch('/api/sessions?name=large', { method: 'POST', headers, body })
    return ((await response.json()) as { sessionId: string }).sessionId
  }, zip)
  await page.goto(`/s/${sessionId}`)
  await tree(page).getByRole('treeitem', { name: 'large.txt' }).click()
  await expect(page.getByRole('code')).toContainText('A line of ordinary length')
  await expect(code(page)).toHaveAttribute('aria-autocomplete', 'both')
  await code(page).focus()
  await page.keyboard.press('Control+End')
  const stalls = page.evaluate(async () => {
    let [last, longest] = [performance.now(), 0]
    const end = last + 6_000
    while (last < end) {
      await new Promise(requestAnimationFrame)
      const now = performance.now()
      longest = Math.max(longest, now - last)
      last = now
    }
    return Math.round(longest)
  })
  await page.keyboard.type('typed at the very end', { delay: 40 })
  for (const key of ['Control+Home', 'PageDown', 'PageDown', 'Control+End']) await page.keyboard.press(key)
  test.info().annotations.push({ type: 'longest frame, ms', description: String(await stalls) })
  await expect.poll(async () => (await storedTexts(page))[0]?.slice(-21)).toBe('typed at the very end')
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
