import { createServer, type AddressInfo } from 'node:net'
import type { Page } from '@playwright/test'
import { FlintServer } from './flint-server.ts'
import { expect, shot, startFromSample, test } from './journey.ts'
import { startService } from './model-service.ts'
import { allEnded, endNote, press, reviewBar, send, snake } from './turns.ts'

const prompt = 'Rename the function turn to steer everywhere'

/** An address at which nothing listens. */
async function closedPort(): Promise<string> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return `http://127.0.0.1:${port}`
}

async function chooseRecordedAnswers(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Model: / }).click()
  const menu = page.getByRole('menu')
  await expect(menu).toContainText('recorded answers')
  await page.screenshot(shot('backend-choice'))
  await menu.getByRole('menuitemcheckbox', { name: 'gpt-oss-120b' }).last().click()
  await expect(page.getByRole('button', { name: /^Model: gpt-oss-120b, recorded answers/ })).toBeVisible()
}

test('a service that cannot be reached is told in words, and the recorded answers still work', async ({ page }) => {
  const flint = await FlintServer.start({ CEREBRAS_API_KEY: 'csk-1234567890', CEREBRAS_BASE_URL: await closedPort() })
  try {
    await startFromSample(page, snake, flint.url)
    const turn = await send(page, prompt)
    await expect(turn).toContainText('gpt-oss-120b on Cerebras')
    await expect(endNote(turn)).toContainText('Cerebras could not be reached.')
    await expect(endNote(turn)).toContainText('Nothing was changed. Check the network of the machine that runs Flint')
    await expect(turn.getByText('recorded answer')).toHaveCount(0)
    await page.screenshot(shot('backend-unreachable'))
    await chooseRecordedAnswers(page)
    const again = await press(page, endNote(turn).getByRole('button', { name: 'Try again' }))
    await expect(again.getByText('recorded answer', { exact: true })).toBeVisible()
    await allEnded(page)
    await expect(reviewBar(page)).toContainText('of 7')
  } finally {
    await page.close()
    await flint.close()
  }
})

test('a wrong key is told in words, and never shown', async ({ page }) => {
  const service = await startService('csk-the-right-one')
  const flint = await FlintServer.start({ CEREBRAS_API_KEY: 'csk-a-wrong-one', CEREBRAS_BASE_URL: service.url })
  try {
    await startFromSample(page, snake, flint.url)
    const turn = await send(page, prompt)
    await expect(endNote(turn)).toContainText('Cerebras did not accept the API key.')
    await expect(endNote(turn)).toContainText('Nothing was changed. Restart Flint with a valid CEREBRAS_API_KEY, or choose')
    expect(await page.content()).not.toContain('csk-a-wrong-one')
    await page.screenshot(shot('backend-wrong-key'))
    await chooseRecordedAnswers(page)
    await send(page, prompt)
    await expect(reviewBar(page)).toContainText('of 7')
    await allEnded(page)
  } finally {
    await page.close()
    await flint.close()
    await service.stop()
  }
})

test('a live model answers as such, and its absence later is told', async ({ page }) => {
  const service = await startService('csk-the-right-one')
  const flint = await FlintServer.start({ CEREBRAS_API_KEY: 'csk-the-right-one', CEREBRAS_BASE_URL: service.url })
  try {
    await startFromSample(page, snake, flint.url)
    await expect(page.getByText('Ask for a change and watch it being written into your files.')).toBeVisible()
    await page.screenshot(shot('backend-live'))
    const turn = await send(page, '/stream 80')
    await allEnded(page)
    await expect(turn).toContainText('gpt-oss-120b on Cerebras')
    await expect(turn).toContainText('80 tokens')
    await expect(page.getByText('recorded answer')).toHaveCount(0)
    await service.stop()
    const next = await send(page, '/stream 80')
    await expect(endNote(next)).toContainText('Cerebras could not be reached.')
  } finally {
    await page.close()
    await flint.close()
    await service.stop()
  }
})
