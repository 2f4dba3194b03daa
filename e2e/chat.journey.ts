import type { Page } from '@playwright/test'
import { composer, expect, shot, startFromSample } from './journey.ts'
import { longPrompt, send, snake, testOn, turn } from './turns.ts'

/** Answers that take longer than anything here, so that other prompts have to wait; their first token is late too. */
const test = testOn({ REPLAY_TTFT_MS: '60000', REPLAY_TOKENS_PER_SECOND: '10', MODEL_IDLE_TIMEOUT_MS: '300000' })

const toPeople = (page: Page) => page.getByRole('textbox', { name: 'Message to the people' })
const messages = (page: Page) => page.getByRole('article', { name: /^Message from / })
const queue = (page: Page) => page.getByRole('list', { name: 'In the order in which they will run' }).getByRole('listitem')

async function say(page: Page, text: string): Promise<void> {
  await page.getByRole('radio', { name: 'People' }).check()
  await toPeople(page).fill(text)
  await toPeople(page).press('Enter')
}

test('two people write to each other: mention, place, edit, delete', async ({ page, guest }) => {
  await startFromSample(page, snake)
  const mara = await guest(page, 'reviewer', 'Mara Lind')
  // A reviewer writes to the people and cannot prompt.
  await expect(mara.getByRole('radio', { name: 'Assistant' })).toBeDisabled()
  await toPeople(mara).fill('The wall check is in **src/game.ts:21**, and `npm test` says\n\n```ts\nconst a = 1\n```')
  await toPeople(mara).press('Enter')
  await expect(messages(page).filter({ hasText: 'The wall check' })).toHaveAttribute('aria-label', 'Message from Mara Lind')
  await page.getByRole('button', { name: 'Open src/game.ts at line 21' }).click()
  await expect(page.getByRole('tab', { name: /game\.ts/ })).toHaveAttribute('aria-selected', 'true')

  // An @ at the very beginning of a prompt addresses the people.
  await composer(page).click()
  await page.keyboard.type('@mar')
  await page.getByRole('option', { name: 'Mara Lind' }).click()
  await expect(toPeople(page)).toHaveValue('@Mara Lind ')
  await page.keyboard.type('thanks')
  await page.keyboard.press('Enter')
  await expect(toPeople(page)).toHaveValue('')
  await expect(messages(mara).last()).toContainText('@Mara Lind thanks')
  await page.screenshot(shot('chat-two-people'))

  const own = messages(page).last()
  await own.hover()
  await own.getByRole('button', { name: /^Actions/ }).click()
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  const edit = page.getByRole('textbox', { name: 'Edit your message' })
  await expect(edit).toHaveValue('@Mara Lind thanks')
  await edit.fill('@Mara Lind many thanks')
  await edit.press('Enter')
  await expect(messages(mara).last()).toContainText('@Mara Lind many thanks')
  await expect(messages(mara).last()).toContainText('edited')

  await messages(mara).first().hover()
  await messages(mara)
    .first()
    .getByRole('button', { name: /^Actions/ })
    .click()
  await mara.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(messages(page).first()).toContainText('Message deleted')
  await page.reload()
  await expect(messages(page)).toHaveCount(2)
  await expect(messages(page).first()).toContainText('Message deleted')
})

test('prompts of others wait in sight, are moved, taken back and removed, and everyone sees who stopped', async ({
  page,
  guest,
}) => {
  await startFromSample(page, snake)
  const mara = await guest(page, 'editor', 'Mara Lind')
  await send(page, '/stream 10000')
  await expect(turn(mara, 1)).toBeVisible()
  for (const prompt of ['Hers first', 'Hers second', longPrompt]) {
    await composer(mara).fill(prompt)
    await composer(mara).press('Enter')
    await expect(queue(page).filter({ hasText: prompt })).toBeVisible()
  }
  await expect(queue(page)).toHaveText([/Hers first/, /Hers second/, /Let the snake/])
  await page.screenshot(shot('chat-queue'))

  // The owner lets the last one run next, from the keyboard.
  const last = queue(page)
    .last()
    .getByRole('button', { name: /^Actions/ })
  await last.focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'Run next' }).press('Enter')
  await expect(queue(mara)).toHaveText([/Let the snake/, /Hers first/, /Hers second/])
  await queue(mara)
    .first()
    .getByRole('button', { name: /^Actions/ })
    .focus()
  await mara.keyboard.press('Alt+ArrowDown')
  await expect(queue(page)).toHaveText([/Hers first/, /Let the snake/, /Hers second/])

  await queue(mara)
    .first()
    .getByRole('button', { name: /^Actions/ })
    .click()
  await mara.getByRole('menuitem', { name: 'Take back and edit' }).click()
  await expect(composer(mara)).toHaveValue('Hers first')
  await queue(page)
    .filter({ hasText: 'Hers second' })
    .getByRole('button', { name: /^Remove/ })
    .click()
  await expect(queue(page)).toHaveCount(1)
  await expect(mara.getByText(/removed a prompt of yours/)).toBeVisible()

  await mara.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(turn(page, 1)).toContainText('Stopped by Mara Lind.')
  await expect(turn(mara, 1)).toContainText('Stopped.')
  await expect(page.getByRole('article', { name: /^Turn / }).filter({ hasText: 'Let the snake' })).toContainText('Asking')
  await expect(queue(page)).toHaveCount(0)
})

test('a mention is told where the chat is not in sight, and what is written offline is sent afterwards', async ({
  page,
  guest,
  flint,
}) => {
  await startFromSample(page, snake)
  const mara = await guest(page, 'reviewer', 'Maximiliane von und zu Hohenstein-Langenburg')
  await page.getByRole('button', { name: 'Hide the chat' }).click()
  await mara.bringToFront()
  await toPeople(mara).click()
  await mara.keyboard.type('@')
  await mara.getByRole('option').first().click()
  await mara.keyboard.type('could you look at src/game.ts:21?')
  await mara.keyboard.press('Enter')
  await expect(page.getByText(/mentioned you$/)).toBeVisible()
  await page.bringToFront()
  await expect(page.getByRole('img', { name: '1 unread message, 1 for you' })).toBeVisible()
  await page.getByRole('button', { name: 'Show the chat' }).click()
  await expect(page.getByRole('separator', { name: 'New messages' })).toBeVisible()
  await expect(page.getByRole('img', { name: /unread/ })).toHaveCount(0)

  await flint.stop()
  await say(page, 'written while the server was away')
  const kept = page.getByRole('article', { name: 'Message of yours, not sent yet' })
  await expect(kept).toContainText('It is sent when the connection is back.')
  await flint.restart()
  await expect(messages(mara).last()).toContainText('written while the server was away')
  await expect(kept).toHaveCount(0)

  for (const theme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme: theme })
    await page.setViewportSize({ width: 1280, height: 800 })
    await page.screenshot(shot(`chat-people-${theme}`))
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: /Chat/ }).click()
    await page.screenshot(shot(`chat-people-${theme}-narrow`))
  }
})
