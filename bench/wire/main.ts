import { fork, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { startEmulator } from '../emulator.ts'
import { percentile } from '../percentiles.ts'
import { startTokenTap } from '../token-tap.ts'
import type { Order, Outcome } from './orders.ts'

/**
 * What the relay costs, beside the `ai` package in the same run. The emulator streams one-token events from a process of its
 * own; each contender runs in its own process and is ordered in turn. CPU is the contender's own, user and system, per event.
 */
const { values: options } = parseArgs({
  options: {
    events: { type: 'string', default: '200000' },
    rounds: { type: 'string', default: '3' },
    answers: { type: 'string', default: '300' },
  },
})
const events = Number(options.events)
const rounds = Number(options.rounds)
const answers = Number(options.answers)
const pacedEvents = 25_000

const children: ChildProcess[] = []
const oneByOne = ['--tokens-per-event', '1', '--ttft-ms', '0']
const flatOut = await startEmulator([...oneByOne, '--tokens-per-second', '0'])
const paced = await startEmulator([...oneByOne, '--tokens-per-second', '2500'])
let firstTokenAtNs: bigint | undefined
const tap = await startTokenTap(new URL(flatOut.url), () => {
  firstTokenAtNs ??= process.hrtime.bigint()
})
try {
  const names = ['flint', 'ai'] as const
  const flat = { flint: await startContender('flint', flatOut.url), ai: await startContender('ai', flatOut.url) }
  for (const name of names) await flat[name](`/stream ${Math.min(events, 20_000)}`) // warm
  const cpu = { flint: [] as number[], ai: [] as number[] }
  for (let round = 0; round < rounds; round += 1) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) {
      const { cpuUs } = await flat[name](`/stream ${events}`)
      cpu[name].push(cpuUs / events)
    }
  }
  for (const name of names)
    print(`${name} flat out: ${cpu[name].map((us) => us.toFixed(2)).join(', ')} CPU µs per event (${events} events)`)

  const slow = { flint: await startContender('flint', paced.url), ai: await startContender('ai', paced.url) }
  for (const name of names) {
    await slow[name]('/stream 2500')
    const { cpuUs } = await slow[name](`/stream ${pacedEvents}`)
    print(`${name} paced at 2,500 events/s: ${(cpuUs / pacedEvents).toFixed(2)} CPU µs per event (no aim)`)
  }

  const short = { flint: await startContender('flint', tap.url), ai: await startContender('ai', tap.url) }
  const added = { flint: [] as number[], ai: [] as number[] }
  for (const name of names) for (let warm = 0; warm < 30; warm += 1) await short[name]('/stream 20')
  for (let answer = 0; answer < answers; answer += 1) {
    for (const name of names) {
      firstTokenAtNs = undefined
      const { firstAtNs } = await short[name]('/stream 20')
      added[name].push(sinceTokenMs(BigInt(firstAtNs)))
    }
  }
  for (const name of names) {
    const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => percentile(added[name], share).toFixed(2))
    print(`${name} added to the first token: p50 ${p50} ms, p95 ${p95} ms, p99 ${p99} ms (${answers} answers)`)
  }

  const flintUs = percentile(cpu.flint, 0.5)
  const ratio = flintUs / percentile(cpu.ai, 0.5)
  const [p50, p99] = [0.5, 0.99].map((share) => percentile(added.flint, share).toFixed(2))
  print(`wire cpu_us=${flintUs.toFixed(2)} cpu_ratio=${ratio.toFixed(3)} ttft_p50_ms=${p50} ttft_p99_ms=${p99}`)
} finally {
  tap.close()
  for (const child of children) child.kill()
  for (const emulator of [flatOut, paced]) emulator.close()
}

/** From the first token of the newest answer at the tap to `atNs`. */
function sinceTokenMs(atNs: bigint): number {
  if (firstTokenAtNs === undefined) throw new Error('no token went by')
  return Number(atNs - firstTokenAtNs) / 1e6
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}

/** Starts a contender; the function it gives back orders one answer. */
async function startContender(
  name: string,
  baseUrl: string,
): Promise<(prompt: string) => Promise<Extract<Outcome, { ok: true }>>> {
  const child = fork(fileURLToPath(new URL('contender.ts', import.meta.url)), [name, baseUrl], {
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  children.push(child)
  await new Promise((resolve, reject) => {
    child.once('message', resolve)
    child.once('exit', (code) => reject(new Error(`${name} ended with code ${code}`)))
  })
  return (prompt) =>
    new Promise((resolve, reject) => {
      child.once('message', (outcome: Outcome) => {
        if (outcome.ok) resolve(outcome)
        else reject(new Error(`${name}: ${outcome.problem}`))
      })
      child.send({ prompt } satisfies Order)
    })
}
