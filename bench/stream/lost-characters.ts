import type { Page } from 'playwright'

/**
 * Characters of the answer that are not where a person would look for them: the file in the editor, as select all and copy gives
 * it, and the conversation, as it reads. White space in prose is folded, because markdown folds it.
 */
export async function lostCharacters(page: Page, wanted: { file: string; answer: string }): Promise<number> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.locator('.monaco-editor .view-lines').first().click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('ControlOrMeta+c')
  const shown = await page.evaluate(() => navigator.clipboard.readText())
  const prose = wanted.answer.replace(/\S+\n```ts\n<<<<<<< SEARCH[\s\S]*?>>>>>>> REPLACE\n```/g, '')
  const read = await page.evaluate(() =>
    [...document.querySelectorAll('[aria-label="Conversation"] .chat-prose')].map((part) => part.textContent).join(' '),
  )
  const fold = (text: string) => text.replace(/\s+/g, '')
  return difference(shown, wanted.file) + difference(fold(read), fold(prose))
}

/** 0 for equal texts; else how many characters are not shared by a common beginning and end. */
function difference(one: string, other: string): number {
  if (one === other) return 0
  let start = 0
  while (start < Math.min(one.length, other.length) && one[start] === other[start]) start += 1
  let end = 0
  while (end < Math.min(one.length, other.length) - start && one.at(-1 - end) === other.at(-1 - end)) end += 1
  return Math.max(one.length, other.length) - start - end
}
