import { parseArgs } from 'node:util'
import { strToU8, zipSync } from 'fflate'
import { chromium, type CDPSession, type Page } from 'playwright'
import { generatedMixture } from '#model/replay/generated-text.ts'
import { FlintServer } from '../../e2e/flint-server.ts'
import { appendAtPace, serveBareMonaco } from '../bare-monaco.ts'
import { startEmulator } from '../emulator.ts'
import { recordFrames, type FrameRecord } from '../frame-recorder.ts'
import { describeFrames } from '../frame-times.ts'
import { percentile } from '../percentiles.ts'
import { startTokenTap } from '../token-tap.ts'
import { lostCharacters } from './lost-characters.ts'

/**
 * What people see while a model streams into chat and editor at once: frame times, main-thread share, how long after the last
 * token everything is visible, and whether a character was lost. The floor is bare Monaco with the same text in the same run.
 */
const { values: options } = parseArgs({
  options: {
    'tokens-per-second': { type: 'string', default: '3000' },
    seconds: { type: 'string', default: '10' },
    lines: { type: 'string', default: '5000' },
    chromium: { type: 'string', default: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium' },
  },
})
const tokensPerSecond = Number(options['tokens-per-second'])
const seconds = Number(options.seconds)
const tokens = tokensPerSecond * seconds
const path = 'big.ts'

const answer = generatedMixture(path, tokens).join('')
const written = [...answer.matchAll(/=======\n([\s\S]*?)>>>>>>> REPLACE/g)].map((block) => block[1]).join('')
const file = Array.from(
  { length: Number(options.lines) },
  (_, line) => `export const line${line} = { at: ${line}, label: 'line ${line}' }\n`,
).join('')

const closing: (() => unknown)[] = []
try {
  const emulator = await startEmulator(['--tokens-per-second', String(tokensPerSecond), '--ttft-ms', '150'])
  closing.push(() => emulator.close())
  // The moment of the last token, on this machine's clock.
  let lastTokenAtEpochMs = Number.NaN
  const tap = await startTokenTap(new URL(emulator.url), () => {
    lastTokenAtEpochMs = performance.timeOrigin + performance.now()
  })
  closing.push(() => tap.close())
  const flint = await FlintServer.start({ CEREBRAS_API_KEY: 'csk-bench-bench', CEREBRAS_BASE_URL: tap.url })
  closing.push(() => flint.close())
  const bare = await serveBareMonaco()
  closing.push(() => bare.close())
  const args = ['--disable-background-networking', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
  const browser = await chromium.launch({ executablePath: options.chromium, args })
  closing.push(() => browser.close())

  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
  // tsx names functions through a helper that does not exist in a page.
  await context.addInitScript('globalThis.__name = (named) => named')
  const floorPage = await context.newPage()
  await floorPage.goto(bare.url)
  const floor = await floorPage.evaluate(appendAtPace, { file, text: written, seconds })
  await floorPage.close()
  print(describeFrames('floor: bare Monaco', floor))

  const page = await context.newPage()
  await openSession(page, flint.url)
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Performance.enable')
  const before = await taskSeconds(devtools)
  const sentinel = answer.trimEnd().split('\n').at(-1)?.slice(-40) ?? ''
  await page.evaluate(recordFrames, { sentinel })
  const composer = page.getByRole('textbox', { name: 'Message to the assistant' })
  await composer.fill(`/append-stream ${path} ${tokens}`)
  await composer.press('Enter')
  await page.waitForFunction(
    () => (window as unknown as { flintFrames: FrameRecord }).flintFrames.visibleAtEpochMs !== undefined,
    undefined,
    {
      timeout: (seconds + 60) * 1_000,
    },
  )
  const after = await taskSeconds(devtools)
  const record = await page.evaluate(() => (window as unknown as { flintFrames: FrameRecord }).flintFrames)
  const frames = record.frames.slice(1)
  print(describeFrames('Flint: chat and editor', frames))
  print(`main thread: ${(((after.task - before.task) / (after.at - before.at)) * 100).toFixed(1)} %`)
  const visibleMs = (record.visibleAtEpochMs ?? Number.NaN) - lastTokenAtEpochMs

  const lost = await lostCharacters(page, { file: file + written, answer })
  print(`answer of ${answer.length} characters, ${written.length} of them into a file of ${options.lines} lines`)
  const [p95, floor95] = [frames, floor].map((times) => percentile(times, 0.95).toFixed(1))
  print(`stream p95_frame_ms=${p95} floor_ms=${floor95} visible_ms=${visibleMs.toFixed(0)} lost=${lost}`)
} finally {
  for (const close of closing.toReversed()) await close()
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

async function taskSeconds(devtools: CDPSession): Promise<{ task: number; at: number }> {
  const { metrics } = await devtools.send('Performance.getMetrics')
  const value = (name: string) => metrics.find((metric) => metric.name === name)?.value ?? Number.NaN
  return { task: value('TaskDuration'), at: value('Timestamp') }
}

/** Imports the file as a person would, opens it, and waits until the editor shows it. */
async function openSession(page: Page, url: string): Promise<void> {
  await page.goto(url)
  const zip = Buffer.from(zipSync({ [path]: strToU8(file) }))
  const picker = page.getByLabel('Zip or files to open')
  await picker.setInputFiles({ name: 'bench.zip', mimeType: 'application/zip', buffer: zip })
  await page.waitForURL('**/s/*')
  await page.getByRole('treeitem', { name: path }).click()
  await page.locator('.monaco-editor .view-line').first().waitFor()
  // The first check of a large file by the language service is not what is measured.
  await page.waitForTimeout(4_000)
}
