import { readFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { FlintServer } from '../../e2e/flint-server.ts'
import { createSession, type JoinableSession } from '../create-session.ts'
import { startEmulator } from '../emulator.ts'
import { percentile } from '../percentiles.ts'
import { cpuSeconds } from '../process-cpu.ts'
import { until } from '../until.ts'
import { largeDocumentLine } from './large-document.ts'
import { Viewer } from './viewer.ts'

/**
 * What it costs the server that many turns stream at once to many viewers, one of whom stops reading for most of the time: share of a core,
 * memory, and whether anybody has a character too few or too many beside what is stored.
 */
const { values: options } = parseArgs({
  options: {
    turns: { type: 'string', default: '10' },
    viewers: { type: 'string', default: '10' },
    'tokens-per-second': { type: 'string', default: '3000' },
    seconds: { type: 'string', default: '10' },
  },
})
const [turns, viewersPerTurn, tokensPerSecond, seconds] = [
  Number(options.turns),
  Number(options.viewers),
  Number(options['tokens-per-second']),
  Number(options.seconds),
]
const print = (line: string) => void process.stdout.write(`${line}\n`)

const closing: (() => unknown)[] = []
try {
  const emulator = await startEmulator(['--tokens-per-second', String(tokensPerSecond), '--ttft-ms', '150'])
  closing.push(() => emulator.close())
  const flint = await FlintServer.start({ CEREBRAS_API_KEY: 'csk-bench-bench', CEREBRAS_BASE_URL: emulator.url })
  closing.push(() => flint.close())
  const sessions = await Promise.all(Array.from({ length: turns }, () => createSession(flint.url)))
  const rooms = await Promise.all(
    sessions.map((session) => Promise.all(Array.from({ length: viewersPerTurn }, () => Viewer.join(flint.url, session)))),
  )
  const viewers = rooms.flat()
  closing.push(() => viewers.forEach((viewer) => viewer.close()))
  const [stalled] = viewers
  if (stalled === undefined) throw new Error('at least one viewer is needed')

  const memoryMb = [await residentMb(flint.pid)]
  const before = { cpu: await cpuSeconds(flint.pid), atMs: performance.now() }
  await Promise.all(
    rooms.map(async ([asker]) => {
      const prompt = `/stream ${tokensPerSecond * seconds}`
      const asked = await asker?.ask('turn.start', { prompt, references: [], openFileIds: [] })
      if (asked?.ok !== true) throw new Error(`a turn was refused: ${asked?.error.code}`)
    }),
  )
  await until('the viewer that will stall has begun to read', () => stalled.text.length > 0)
  const resume = stalled.stall()
  await new Promise((resolve) => setTimeout(resolve, seconds * 500))
  memoryMb.push(await residentMb(flint.pid))
  await new Promise((resolve) => setTimeout(resolve, seconds * 400))
  const readBefore = stalled.text.length
  resume()
  await until('every viewer was told that its turn ended', () => viewers.every(({ ended }) => ended), (seconds + 60) * 1_000)
  const tookSeconds = (performance.now() - before.atMs) / 1_000
  const coreShare = ((await cpuSeconds(flint.pid)) - before.cpu) / tookSeconds
  memoryMb.push(await residentMb(flint.pid))

  let [lost, repeated, characters] = [0, 0, 0]
  for (const [index, room] of rooms.entries()) {
    const stored = await storedText(flint.url, sessions[index])
    characters += stored.length * room.length
    for (const viewer of room) {
      lost += viewer.lost + Math.max(0, stored.length - viewer.text.length)
      repeated += viewer.repeated + Math.max(0, viewer.text.length - stored.length)
      if (viewer.text.length === stored.length && viewer.text !== stored) lost += differing(viewer.text, stored)
    }
  }
  const rates = viewers.filter((viewer) => viewer !== stalled).map(({ frames }) => frames / tookSeconds)
  print(
    `${turns} turns of ${tokensPerSecond} tokens/s for ${seconds} s, ${viewersPerTurn} viewers each: ` +
      `${characters} characters in ${tookSeconds.toFixed(1)} s, ${percentile(rates, 0.5).toFixed(0)} frames/s to a viewer`,
  )
  print(
    `one viewer read nothing from ${readBefore} characters on for ${(seconds * 0.9).toFixed(1)} s, then the rest of ` +
      `${stalled.text.length} in ${stalled.frames} frames; it was cut off ${stalled.reconnects} times`,
  )
  print(`memory of the server: ${memoryMb.map((mb) => mb.toFixed(0)).join(' MB, ')} MB (start, middle, end)`)
  print(await largeDocumentLine({ tokensPerSecond, seconds }))
  print(`fan-out core_share=${coreShare.toFixed(2)} lost=${lost} repeated=${repeated}`)
} finally {
  for (const close of closing.toReversed()) await close()
}

/** The answer as somebody gets it who joins now. */
async function storedText(url: string, session: JoinableSession | undefined): Promise<string> {
  if (session === undefined) throw new Error('a turn without a session')
  const late = await Viewer.join(url, session)
  const joined = await late.ask('session.join', { sessionId: session.sessionId, cursors: [] })
  late.close()
  if (!joined.ok) throw new Error(`the stored text could not be read: ${joined.error.code}`)
  return joined.value.turns.map(({ text }) => text).join('')
}

function differing(one: string, other: string): number {
  return Array.from(one).filter((character, index) => character !== other[index]).length
}

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) / 1_000
}
