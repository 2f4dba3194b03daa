import type { Page } from '@playwright/test'
import { expect, shot, startFromSample, storedTexts } from './journey.ts'
import { allEnded, decisions, endNote, longPrompt, press, rejectAll, reviewBar, send, snake, testOn } from './turns.ts'

const test = testOn({ MODEL_IDLE_TIMEOUT_MS: '400', REPLAY_TOKENS_PER_SECOND: '6000', REPLAY_TTFT_MS: '20' })

/** A recorded answer, and how many hunks it makes. */
type Asked = { prompt: string; hunks: number }
/** Its middle is inside the creation of a file, behind 8 complete hunks. */
const long: Asked = { prompt: longPrompt, hunks: 14 }
const short: Asked = { prompt: 'Rename the function turn to steer everywhere', hunks: 7 }

/** Faults that refuse the request, as they are told. */
const refusals: Record<string, RegExp> = {
  wrong_key: /did not accept the API key/,
  not_authenticated: /did not accept the API key/,
  payment_required: /asks for payment/,
  model_not_found: /does not offer this model/,
  wrong_api_format: /refused the request/,
  context_length: /longer than this model can read/,
  requests_minute: /limit of requests .* reached.*Try again in \d+ s/,
  tokens_minute: /limit of tokens .* reached.*Try again in \d+ s/,
  requests_day: /day's limit .* used up.*Try again in 12 h/,
  tokens_day: /day's limit .* used up.*Try again in 12 h/,
  'queue_exceeded:no-retry': /more requests than it can serve/,
}

/** Faults that are over after one more request, and oddities that do no harm. */
const harmless = [
  'queue_exceeded',
  'server_error',
  'unavailable',
  'no_done:finished',
  'empty_deltas',
  'null_choices',
  'tool_calls',
  'tool_calls:whole',
  'slow_first_byte:900',
  'split_bytes',
  'misquote',
]

/** Faults that cut an answer off, as they are told. One that is in no list is treated as such, and has to be told in words too. */
const cuts: Record<string, RegExp> = {
  error_in_stream: /had an error of its own in the middle/,
  'error_in_stream:named': /had an error of its own in the middle/,
  reset: /broke in the middle of the answer/,
  no_done: /ended the answer without finishing it/,
  length: /reached its length limit/,
  content_filter: /withheld the rest of the answer/,
  stall: /stopped sending in the middle of the answer/,
  garbage: /sent something in the middle of the answer that does not belong there/,
}

const withArgument: Record<string, string[]> = {
  queue_exceeded: ['queue_exceeded', 'queue_exceeded:no-retry'],
  error_in_stream: ['error_in_stream', 'error_in_stream:named'],
  no_done: ['no_done', 'no_done:finished'],
  tool_calls: ['tool_calls', 'tool_calls:whole'],
  slow_first_byte: ['slow_first_byte:900'],
}

test('the faults that the backend lists are refusals, cuts and harmless ones', async ({ page }) => {
  await startFromSample(page, snake)
  const faults = await listedFaults(page)
  expect(faults.toSorted()).toEqual([...Object.keys(refusals), ...Object.keys(cuts), ...harmless].toSorted())
})

test('an answer that is cut off keeps its complete hunks, leaves no half one, and goes on or starts over', async ({ page }) => {
  await startFromSample(page, snake)
  const faults = (await listedFaults(page)).filter((fault) => refusals[fault] === undefined && !harmless.includes(fault))
  const texts = await textsBeforeAndAfter(page, long)
  for (const fault of faults) {
    await test.step(fault, async () => {
      const broken = await send(page, `/fault ${fault} ${long.prompt}`)
      await allEnded(page)
      await page.screenshot(shot(`fault-${fault.replace(':', '-')}`))
      const words = await wordsOf(page)
      expect(words).toMatch(cuts[fault] ?? /./)
      expect(words).toMatch(/\. 8 complete hunks stay(, the unfinished one was taken back)?\. [A-Z]/)
      await expect(reviewBar(page)).toContainText('of 8')
      const stored = (await storedTexts(page)).join('\n')
      expect(stored).toContain('return combo.stepsLeft / COMBO_STEPS\n}\n')
      expect(stored).not.toContain('drawComboMeter')
      await expect(page.getByRole('treeitem', { name: /combo-meter\.ts/ })).toHaveCount(0)

      const goOn = endNote(broken).getByRole('button', { name: 'Continue' })
      await wayOut(page, (await goOn.isVisible()) ? 'Continue' : 'Try again', long, texts)
    })
  }

  const broken = await send(page, `/fault reset ${long.prompt}!`)
  await allEnded(page)
  await expect(endNote(broken)).toContainText('Trying again rejects its 8 undecided hunks first.')
  await wayOut(page, 'Try again', long, texts)
  await expect(broken.getByText('to review')).toHaveCount(0)
})

test('a request that is refused changes nothing, says what to do, and can be asked again', async ({ page }) => {
  await startFromSample(page, snake)
  const texts = await textsBeforeAndAfter(page, short)
  for (const [fault, told] of Object.entries(refusals)) {
    await test.step(fault, async () => {
      await send(page, `/fault ${fault} ${short.prompt}`)
      await allEnded(page)
      await page.screenshot(shot(`fault-${fault.replace(':', '-')}`))
      const words = await wordsOf(page)
      expect(words).toMatch(told)
      expect(words).toMatch(/\. Nothing was changed\. [A-Z]/)
      await expect(decisions(page)).toHaveCount(0)
      expect(await storedTexts(page)).toEqual(texts.before)
      await wayOut(page, 'Try again', short, texts)
    })
  }
})

test('a fault that does no harm, or is over after one more request, is not seen', async ({ page }) => {
  await startFromSample(page, snake)
  const texts = await textsBeforeAndAfter(page, short)
  for (const fault of harmless) {
    await test.step(fault, async () => {
      const asked = await send(page, `/fault ${fault} ${short.prompt}`)
      await allEnded(page)
      await expect(asked).toContainText('to first token')
      await expect(endNote(asked)).toHaveCount(0)
      await isWhole(page, short, texts)
    })
  }
})

/** The faults by their names, as the backend's own answer lists them, in the variants that differ. */
async function listedFaults(page: Page): Promise<string[]> {
  const list = await send(page, '/fault')
  await expect(list).toContainText('to first token')
  const prompts = await list.getByRole('code').allTextContents()
  return prompts.flatMap((text) => /^\/fault ([a-z_]+)$/.exec(text)?.[1] ?? []).flatMap((name) => withArgument[name] ?? [name])
}

type Texts = { before: string[]; after: string[] }

async function textsBeforeAndAfter(page: Page, { prompt, hunks }: Asked): Promise<Texts> {
  const before = await storedTexts(page)
  await send(page, prompt)
  await expect(reviewBar(page)).toContainText(`of ${hunks}`)
  await allEnded(page)
  const after = await storedTexts(page)
  await rejectAll(page)
  await expect.poll(() => storedTexts(page)).toEqual(before)
  return { before, after }
}

/** The sentences of a failed turn's note; they hold no code and nothing that was not filled in. */
async function wordsOf(page: Page): Promise<string> {
  const [happened, safeAndToDo] = await endNote(page.getByRole('article').last()).getByRole('paragraph').allTextContents()
  const words = `${happened} ${safeAndToDo?.trim()}`
  expect(words).toMatch(/^[A-Z].+\.$/)
  expect(words).toMatch(/[Tt]ry again|Continue|choose another model|Ask in other words|Close files/)
  expect(words).not.toMatch(/[a-z]_[a-z]|undefined|null|NaN/)
  return words
}

async function wayOut(page: Page, way: 'Continue' | 'Try again', asked: Asked, texts: Texts): Promise<void> {
  const next = await press(page, page.getByRole('button', { name: way, exact: true }))
  await allEnded(page)
  await expect(endNote(next)).toHaveCount(0)
  await expect(next.getByText('not applied')).toHaveCount(0)
  await isWhole(page, asked, texts)
}

/** All of the answer stands in the files; then everything is as before. */
async function isWhole(page: Page, { hunks }: Asked, { before, after }: Texts): Promise<void> {
  await expect(reviewBar(page)).toContainText(`of ${hunks}`)
  expect(await storedTexts(page)).toEqual(after)
  await rejectAll(page)
  await expect.poll(() => storedTexts(page)).toEqual(before)
}
