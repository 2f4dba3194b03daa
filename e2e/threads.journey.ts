import type { Page } from '@playwright/test'
import { code, expect, newFile, shot, startEmpty, startFromSample, storedTexts, test, tree } from './journey.ts'

// Without indentation, of which the editor would add some to what is inserted.
const before = '// The total\nlet sum = 0\nfor (const item of items) sum += item.price\nreturn sum\n// The end\n'

const thread = (page: Page, where: string) => page.getByRole('region', { name: `Thread about ${where}` })
const threads = (page: Page) => page.getByRole('region', { name: 'Threads' })

/** A session with one file, which the page shows. */
async function startWithFile(page: Page): Promise<void> {
  await startEmpty(page)
  await newFile(page, 'total.txt')
  await page.keyboard.insertText(before)
  await expect.poll(() => storedTexts(page)).toEqual([before])
}

/** Begins a comment on a line with the key, and types on without a look at the form. */
async function commentOnLine(page: Page, line: number, words: string): Promise<void> {
  await code(page).focus()
  await page.keyboard.press('Control+Home')
  for (let at = 1; at < line; at += 1) await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Control+Alt+c')
  await page.keyboard.type(words)
  await expect(page.getByRole('textbox', { name: `Comment on line ${line}` })).toHaveValue(words)
}

async function openFile(page: Page): Promise<void> {
  await tree(page).getByRole('treeitem', { name: 'total.txt' }).click()
  await expect(page.getByRole('code')).toContainText('let sum')
}

test('a review from a link to a resolved suggestion, by two people', async ({ page, guest }) => {
  await startWithFile(page)
  const reviewer = await guest(page, 'reviewer', 'Bea')
  await openFile(reviewer)

  await commentOnLine(reviewer, 4, 'Round **once**, at the end.')
  await reviewer.getByRole('button', { name: 'Suggest other lines' }).click()
  await reviewer.getByRole('textbox', { name: 'Suggested lines' }).fill('return Math.round(sum)')
  await reviewer.getByRole('button', { name: 'Comment', exact: true }).click()
  await expect(thread(reviewer, 'line 4').getByText('once')).toBeVisible()
  await expect(thread(reviewer, 'line 4').getByRole('button', { name: 'Apply suggestion' })).toBeHidden()

  // The owner types above it meanwhile; the thread moves with its line.
  await code(page).focus()
  await page.keyboard.press('Control+Home')
  await page.keyboard.type('// Prices are in cents.\n')
  await page.keyboard.press('Control+Alt+r')
  await threads(page)
    .getByRole('button', { name: /Bea: Round once, at the end/ })
    .click()
  await expect(threads(page).getByText('line 5')).toBeVisible()
  const shown = thread(page, 'line 4')
  await shown.getByRole('button', { name: 'Reply' }).click()
  await page.keyboard.type('Good point.')
  await page.keyboard.press('Control+Enter')
  await expect(thread(reviewer, 'line 4').getByText('Good point.')).toBeVisible()
  await page.screenshot(shot('thread'))

  await shown.getByRole('button', { name: 'Apply suggestion' }).click()
  const after = `// Prices are in cents.\n${before.replace('return sum', 'return Math.round(sum)')}`
  await expect.poll(() => storedTexts(page)).toEqual([after])
  await expect(thread(reviewer, 'line 4').getByText(/Applied by/)).toBeVisible()
  await expect(thread(reviewer, 'line 4').getByText('Resolved')).toBeVisible()
  await expect(reviewer.getByRole('code')).toContainText('Math.round(sum)')
})

test('what is said is edited, answered with a reaction and deleted, and its thread resolved and reopened, in sight of both', async ({
  page,
  guest,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await startWithFile(page)
  const reviewer = await guest(page, 'reviewer', 'Bea')
  await openFile(reviewer)
  await commentOnLine(reviewer, 2, 'Why not const?')
  await reviewer.keyboard.press('Control+Enter')
  await page.keyboard.press('Control+Alt+r')
  await threads(page)
    .getByRole('button', { name: /Bea: Why not const/ })
    .click()
  const [mine, theirs] = [thread(page, 'line 2'), thread(reviewer, 'line 2')]
  const chooseOf = async (at: Page, button: string, entry: string) => {
    await thread(at, 'line 2').getByRole('button', { name: button }).last().click()
    await at.getByRole('menuitem', { name: entry }).click()
  }

  await chooseOf(page, 'React', 'Thumbs up')
  await theirs.getByRole('button', { name: /^Thumbs up/ }).click()
  await expect(mine.getByRole('button', { name: /^Thumbs up: .*, Bea$/ })).toHaveText(/2$/)
  await chooseOf(reviewer, 'More', 'Edit')
  await reviewer.getByRole('textbox', { name: 'Edit the comment' }).fill('Why not *const*? It changes, I see.')
  await reviewer.keyboard.press('Control+Enter')
  await expect(mine.getByText('It changes, I see.')).toBeVisible()
  await chooseOf(page, 'More', 'Earlier versions')
  await expect(mine.getByRole('region', { name: 'Earlier versions' })).toContainText('Why not const?')
  await page.screenshot(shot('comment-edited'))

  await mine.getByRole('button', { name: 'Reply' }).click()
  await page.keyboard.type('Never mind.')
  await page.keyboard.press('Control+Enter')
  for (const at of [mine, theirs]) await expect(at.getByText('Never mind.')).toBeVisible()
  await chooseOf(page, 'More', 'Delete')
  await expect(theirs.getByText('Never mind.')).toBeHidden()
  await expect(theirs.getByText(/^A comment by .* was deleted\.$/)).toBeVisible()
  await theirs.getByRole('button', { name: 'Resolve' }).click()
  await expect(mine.getByText('Resolved', { exact: true })).toBeVisible()
  await mine.getByRole('button', { name: 'Reopen' }).click()
  await expect(theirs.getByText('Open', { exact: true })).toBeVisible()
})

test('pending comments are seen by nobody else until the review is submitted', async ({ page, guest }) => {
  await startWithFile(page)
  const reviewer = await guest(page, 'reviewer', 'Bea')
  await openFile(reviewer)
  await commentOnLine(reviewer, 2, 'Why not reduce?')
  await reviewer.getByRole('button', { name: 'Start a review' }).click()
  await expect(thread(reviewer, 'line 2').getByText('Pending')).toBeVisible()
  await commentOnLine(reviewer, 1, 'Types are missing.')
  await reviewer.keyboard.press('Control+Enter')
  await expect(thread(reviewer, 'line 1').getByText('Pending')).toBeVisible()

  await page.keyboard.press('Control+Alt+r')
  await expect(threads(page).getByText('Nobody has begun a conversation')).toBeVisible()

  await reviewer.keyboard.press('Control+Alt+r')
  await expect(threads(reviewer).getByText('2 pending comments, seen only by you')).toBeVisible()
  await threads(reviewer).getByRole('status').getByRole('button', { name: 'Submit review…' }).click()
  const dialog = reviewer.getByRole('dialog', { name: 'Submit the review' })
  await dialog.getByRole('textbox', { name: 'Summary' }).fill('Two things.')
  await dialog.getByRole('radio', { name: 'Request changes' }).check()
  await dialog.getByRole('button', { name: 'Submit review' }).click()

  await expect(threads(page).getByRole('button', { name: /Bea: Why not reduce/ })).toBeVisible()
  await expect(threads(page).getByRole('button', { name: /Bea: Types are missing/ })).toBeVisible()
  await expect(threads(page).getByRole('region', { name: 'Reviews' }).getByText('requested changes')).toBeVisible()
  await page.screenshot(shot('threads-panel'))
})

test('the assistant reviews a file, and its remarks are threads that somebody accepts or dismisses', async ({ page }) => {
  await startFromSample(page, /^Todo/)
  await tree(page).getByRole('treeitem', { name: 'storage.ts' }).click()
  await expect(page.getByRole('code')).toContainText('loadTodos')
  await page.keyboard.press('F1')
  await page.keyboard.type('Ask the assistant to review this file')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Alt+r')
  await threads(page)
    .getByRole('button', { name: /^Suggested/ })
    .click()
  const remark = threads(page).getByRole('button', { name: /Assistant: JSON.parse throws/ })
  const first = threads(page).getByRole('button', { name: /Assistant: The key/ })
  for (const told of [remark, first]) await expect(told).toBeVisible()
  // By keyboard through what waits to be decided, then from the list.
  await page.keyboard.press('Alt+F9')
  await expect(thread(page, 'line 3').getByRole('button', { name: 'Accept' })).toBeVisible()
  await remark.click()
  await thread(page, 'line 7').getByRole('button', { name: 'Accept' }).click()
  await expect(thread(page, 'line 7').getByText('Open')).toBeVisible()
  await first.click()
  await thread(page, 'line 3').getByRole('button', { name: 'Dismiss' }).click()
  await expect(first).toBeHidden()
  await page.screenshot(shot('assistant-review'))
})

test('of changed files the chosen ones are reviewed, by a reviewer whom the owner lets ask', async ({ page, guest }) => {
  await startFromSample(page, /^Todo/)
  for (const [name, shown] of [
    ['todos.ts', 'export'],
    ['storage.ts', 'loadTodos'],
  ] as const) {
    await tree(page).getByRole('treeitem', { name }).click()
    await expect(page.getByRole('code')).toContainText(shown)
    await code(page).focus()
    await page.keyboard.press('Control+End')
    await page.keyboard.type('// changed\n')
  }
  await expect(page.getByRole('status').getByText('Saved', { exact: true })).toBeVisible()

  const reviewer = await guest(page, 'reviewer', 'Bea')
  await reviewer.keyboard.press('F1')
  await reviewer.keyboard.type('Compare with the start of the session')
  await reviewer.keyboard.press('Enter')
  const review = reviewer.getByRole('button', { name: 'Ask the assistant to review these changes' })
  await expect(reviewer.getByRole('listbox', { name: 'Files that differ' }).getByRole('option')).toHaveCount(2)
  await expect(review).toBeHidden()

  await page.keyboard.press('F1')
  await page.keyboard.type('Share the session')
  await page.keyboard.press('Enter')
  const sharing = page.getByRole('dialog', { name: 'Share this session' })
  await sharing.getByRole('switch', { name: /^Reviewers may ask the assistant/ }).click()
  await sharing.getByRole('switch', { name: /^Reviewers may ask the assistant/, checked: true }).scrollIntoViewIfNeeded()
  await page.screenshot(shot('share-asking'))

  await review.click()
  const dialog = reviewer.getByRole('dialog', { name: 'Ask the assistant to review these changes' })
  await dialog.getByRole('checkbox', { name: 'src/todos.ts' }).uncheck()
  await reviewer.screenshot(shot('ask-review'))
  await dialog.getByRole('button', { name: 'Review 1 file' }).click()
  await expect(reviewer.getByRole('option', { name: /storage\.ts, changed, 2 suggested threads/ })).toBeVisible()
  await reviewer.keyboard.press('Control+Alt+r')
  await threads(reviewer)
    .getByRole('button', { name: /^Suggested/ })
    .click()
  await expect(threads(reviewer).getByRole('button', { name: /Assistant: The key says where/ })).toBeVisible()

  // A folder, from its menu in the tree.
  await page.keyboard.press('Escape')
  await tree(page).getByRole('treeitem', { name: 'src', exact: true }).click({ button: 'right' })
  await page.getByRole('menuitem', { name: 'Ask the assistant to review…' }).click()
  await expect(page.getByRole('dialog', { name: 'Ask the assistant to review files' }).getByRole('checkbox')).toHaveCount(9)
})
