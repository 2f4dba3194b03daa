import { chromium } from 'playwright'
import type { SessionTexts } from '#protocol/http.ts'
import { isProposal } from '#protocol/hunks.ts'
import { generatedEdits, generatedSources } from '#model/replay/generated-edits.ts'
import { FlintServer } from '../../e2e/flint-server.ts'
import { appendAtPace, serveBareMonaco } from '../bare-monaco.ts'
import { startEmulator } from '../emulator.ts'
import { recordFrames, type FrameRecord } from '../frame-recorder.ts'
import { describeFrames } from '../frame-times.ts'
import { percentile } from '../percentiles.ts'
import { writeBytesAsBrowsersDo } from '../browser-bytes.ts'
import { Person } from './person.ts'
import { cpuSeconds } from '../process-cpu.ts'
import { importFiles, shownTexts } from './review-page.ts'
import { until } from '../until.ts'
import { startViewerTap } from './viewer-tap.ts'

export type TurnSize = {
  tokensPerSecond: number
  seconds: number
  hunks: number
  files: number
  people: number
  chromium: string
}
export type TurnFigures = { p95FrameMs: number; floorMs: number; humanLost: number }

/**
 * One turn that changes many files while people type in them, seen in Chromium: what it costs the server and a viewer, how long frames
 * take beside bare Monaco with the same text in the same run, and whether a character that a person typed is missing anywhere.
 */
export async function measureTurn(size: TurnSize, print: (line: string) => void): Promise<TurnFigures> {
  const tokens = size.tokensPerSecond * size.seconds
  const files = generatedSources(size.files, size.hunks)
  const answer = generatedEdits(size.files, size.hunks, tokens).join('')
  const closing: (() => unknown)[] = []
  try {
    const emulator = await startEmulator(['--tokens-per-second', String(size.tokensPerSecond), '--ttft-ms', '150'])
    closing.push(() => emulator.close())
    const flint = await FlintServer.start({ CEREBRAS_API_KEY: 'csk-bench-bench', CEREBRAS_BASE_URL: emulator.url })
    closing.push(() => flint.close())
    const args = ['--disable-background-networking', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
    const browser = await chromium.launch({ executablePath: size.chromium, args })
    closing.push(() => browser.close())
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 } })
    // tsx names functions through a helper that does not exist in a page.
    await context.addInitScript('globalThis.__name = (named) => named')

    const bare = await serveBareMonaco()
    closing.push(() => bare.close())
    const floorPage = await context.newPage()
    await floorPage.goto(bare.url)
    const file = files.map(({ text }) => text).join('')
    const written = [...answer.matchAll(/=======\n([\s\S]*?)>>>>>>> REPLACE/g)].map(([, text]) => text).join('')
    const floor = await floorPage.evaluate(appendAtPace, { file, text: written, seconds: size.seconds })
    await floorPage.close()
    print(describeFrames('floor: bare Monaco', floor))

    const page = await context.newPage()
    const sessionId = await importFiles(page, flint.url, files)
    const cookie = (await context.cookies(flint.url)).map(({ name, value }) => `${name}=${value}`).join('; ')
    const tap = await startViewerTap(new URL(flint.url), cookie)
    closing.push(() => tap.close())
    writeBytesAsBrowsersDo()
    const people: Person[] = []
    for (let number = 0; number < size.people; number += 1) {
      // The bytes of the first one are counted; the others have a tap of their own.
      const own = number === 0 ? tap : await startViewerTap(new URL(flint.url), cookie)
      if (own !== tap) closing.push(() => own.close())
      const person = await Person.join(number, { url: own.url, sessionId })
      closing.push(() => person.close())
      people.push(person)
    }
    const [viewer] = people
    if (viewer === undefined) throw new Error('at least one person is needed')
    const storedTexts = async () => {
      const answered = await page.request.get(`${flint.url}/api/sessions/${sessionId}/texts`)
      return ((await answered.json()) as SessionTexts).texts
    }
    const seqs = async () => (await storedTexts()).reduce((sum, { seq }) => sum + seq, 0)

    const before = { seqs: await seqs(), bytes: tap.receivedBytes(), cpu: await cpuSeconds(flint.pid), at: performance.now() }
    await page.evaluate(recordFrames, { sentinel: answer.trimEnd().split('\n').at(-1) ?? '' })
    for (const person of people) person.startTyping()
    const composer = page.getByRole('textbox', { name: 'Message to the assistant' })
    await composer.fill(`/change-stream ${size.files} ${size.hunks} ${tokens}`)
    await composer.press('Enter')
    await until(
      'the turn ended',
      () => viewer.client.store.read().turns.at(-1)?.status === 'ended',
      (size.seconds + 90) * 1_000,
    )
    const seconds = (performance.now() - before.at) / 1_000
    const [cpu, bytes] = [(await cpuSeconds(flint.pid)) - before.cpu, tap.receivedBytes() - before.bytes]
    for (const person of people) person.stopTyping()
    const record = await page.evaluate(() => (window as unknown as { flintFrames: FrameRecord }).flintFrames)
    const frames = record.frames.slice(1)
    print(describeFrames('Flint: chat and editor', frames))

    const agree = async () => {
      const stored = await storedTexts()
      return people.every((person) => {
        const own = person.texts()
        return (
          person.client.store.read().saving.pending === 0 &&
          stored.every(({ fileId, text }) => (own.get(fileId) ?? text) === text)
        )
      })
    }
    await until('everybody has every edit', agree)
    const updates = (await seqs()) - before.seqs
    print(
      `turn of ${seconds.toFixed(1)} s: ${(updates / seconds).toFixed(0)} document updates/s, ` +
        `${(bytes / seconds / 1_000).toFixed(0)} kB/s to a viewer, server ${((cpu / seconds) * 100).toFixed(0)} % of a core`,
    )
    const hunks = Object.values(viewer.client.store.read().hunks)
    const proposals = hunks.filter(isProposal)
    const merged = hunks.filter((hunk) => hunk.merged === true).length
    print(
      `hunks: ${hunks.length} of ${size.hunks} blocks, ${hunks.length - proposals.length} applied (${merged} merged with what people ` +
        `typed), ${proposals.length} proposals${reasons(proposals.map(({ reason }) => reason ?? 'none'))}`,
    )

    const stored = (await storedTexts()).map(({ text }) => text).join('')
    const shown = (
      await shownTexts(
        page,
        files.map(({ path }) => path),
      )
    ).join('')
    const replicas = [stored, shown, ...people.map((person) => [...person.texts().values()].join(''))].map(
      (text) => new Set(text),
    )
    const typed = people.map((person) => person.typed).join('')
    const lost = [...typed].filter((character) => replicas.some((replica) => !replica.has(character)))
    print(`people: ${size.people} typed ${typed.length} characters, looked for in ${replicas.length} replicas`)
    return { p95FrameMs: percentile(frames, 0.95), floorMs: percentile(floor, 0.95), humanLost: lost.length }
  } finally {
    for (const close of closing.toReversed()) await close()
  }
}

function reasons(all: string[]): string {
  const counts = new Map<string, number>()
  for (const reason of all) counts.set(reason, (counts.get(reason) ?? 0) + 1)
  return counts.size === 0 ? '' : ` (${[...counts].map(([reason, count]) => `${count} ${reason}`).join(', ')})`
}
