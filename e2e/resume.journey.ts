import type { Page } from '@playwright/test'
import { expect, goOffline, shot, startFromSample } from './journey.ts'
import { endNote, send, snake, stopButton, testOn, turn } from './turns.ts'

/** About thirteen seconds of an answer at the speed that Flint is made for. */
const prompt = '/stream 40000'

const test = testOn({ REPLAY_TOKENS_PER_SECOND: '3000', MODEL_IDLE_TIMEOUT_MS: '60000' })

/** What the page shows of the answer, without who asked and what was measured. */
const answer = async (page: Page) =>
  (await turn(page, 1).getByRole('paragraph').allTextContents()).filter((paragraph) => paragraph !== prompt).join('\n')

/** How far the answer has come on a page, in characters. */
const shown = async (page: Page) => (await answer(page)).length

const ended = (page: Page) => expect(stopButton(page)).toBeHidden({ timeout: 60_000 })

test('a turn at 3,000 tokens/s outlives the tab that asked, and all end with the same text: who lost the network, who reloaded, who came later', async ({
  page,
  context,
  guest,
}) => {
  await startFromSample(page, snake)
  const mara = await guest(page, 'reviewer', 'Mara')
  const ben = await guest(page, 'viewer', 'Ben')
  await send(page, prompt)
  await expect.poll(() => shown(mara)).toBeGreaterThan(200)
  await goOffline(mara)
  const address = page.url()
  await page.close()
  await ben.reload()
  const before = await shown(mara)
  await mara.context().setOffline(false)
  await expect.poll(() => shown(mara)).toBeGreaterThan(before)
  await expect(stopButton(mara).or(turn(mara, 1).getByText('to first token'))).toBeVisible()
  const back = await context.newPage()
  await back.goto(address)
  await Promise.all([mara, ben, back].map(ended))
  await expect(turn(back, 1)).toContainText('to first token')
  const whole = await answer(back)
  expect(whole.length).toBeGreaterThan(100_000)
  expect(await answer(mara)).toBe(whole)
  expect(await answer(ben)).toBe(whole)
  await back.reload()
  await expect(turn(back, 1)).toContainText('to first token')
  expect(await answer(back)).toBe(whole)
})

test('a server that dies in a turn at 3,000 tokens/s leaves the same text with everybody, and says that the turn was interrupted', async ({
  page,
  guest,
  flint,
}) => {
  await startFromSample(page, snake)
  const mara = await guest(page, 'viewer', 'Mara')
  // What the editor loads when it is needed has come.
  for (const one of [page, mara]) await expect(one.getByRole('code')).toContainText('export type Snake')
  await send(page, prompt)
  // Several pieces of it are on disk by then.
  await expect.poll(() => shown(mara)).toBeGreaterThan(5_000)
  await flint.restart()
  for (const one of [page, mara])
    await expect(endNote(turn(one, 1))).toContainText('The server restarted in the middle of this answer.')
  await page.screenshot(shot('resume-interrupted'))
  const kept = await answer(page)
  expect(await answer(mara)).toBe(kept)
  await mara.reload()
  await expect(endNote(turn(mara, 1))).toBeVisible()
  expect(await answer(mara)).toBe(kept)
})
