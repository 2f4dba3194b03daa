import { createSeededRandom } from '#model/replay/seeded-random.ts'
import { LoopLag } from '../loop-lag.ts'
import { percentile } from '../percentiles.ts'
import type { Peer, Replica } from '../peers/peer.ts'
import { cpuSeconds } from '../process-cpu.ts'
import { until } from '../until.ts'
import { Latencies } from './latencies.ts'

export type CollaborationSize = { clients: number; editsPerSecond: number; seconds: number }
type Percentiles = { p50: number; p95: number; p99: number }
export type CollaborationFigures = {
  propagation: Percentiles
  acknowledgement: Percentiles
  deliveries: number
  /** Processor time of the server per second, in ms. */
  cpuMsPerSecond: number
  /** The same of this process, in which all clients run. */
  clientsCpuMsPerSecond: number
  loopLag: Percentiles
}

const warmUpMs = 2_000

/** Clients type into one document at places of their own, each at its own pace, all seen with one clock. */
export async function measurePeer(
  peer: Peer,
  { clients, editsPerSecond, seconds }: CollaborationSize,
): Promise<CollaborationFigures> {
  const loopLag = await LoopLag.create()
  try {
    await peer.start(loopLag.environment)
    const replicas: Replica[] = []
    for (let number = 0; number < clients; number += 1) replicas.push(await peer.join(0))
    const latencies = new Latencies(replicas)
    const stopTyping = startTyping(replicas, latencies, editsPerSecond)
    await wait(warmUpMs)

    latencies.record()
    loopLag.begin(peer.pid)
    const before = { cpu: await cpuSeconds(peer.pid), clientsCpu: process.cpuUsage(), atMs: performance.now() }
    await wait(seconds * 1_000)
    const cpuSecondsTaken = (await cpuSeconds(peer.pid)) - before.cpu
    const clientsCpu = process.cpuUsage(before.clientsCpu)
    const elapsedMs = performance.now() - before.atMs
    const lag = await loopLag.end(peer.pid)
    stopTyping()
    await until('every edit has arrived everywhere', () => latencies.missing === 0)
    for (const replica of replicas) replica.close()
    return {
      propagation: percentiles(latencies.propagationMs),
      acknowledgement: percentiles(latencies.acknowledgementMs),
      deliveries: latencies.propagationMs.length,
      cpuMsPerSecond: (cpuSecondsTaken * 1_000) / (elapsedMs / 1_000),
      clientsCpuMsPerSecond: (clientsCpu.user + clientsCpu.system) / elapsedMs,
      loopLag: lag,
    }
  } finally {
    await loopLag.close()
  }
}

function startTyping(replicas: readonly Replica[], latencies: Latencies, editsPerSecond: number): () => void {
  const random = createSeededRandom(1)
  const pauseMs = (replicas.length * 1_000) / editsPerSecond
  const timers = replicas.map((replica, number) => {
    const type = () =>
      latencies.edit(replica, (text) =>
        text.insert(Math.floor(random() * (text.length + 1)), letters[Math.floor(random() * letters.length)] ?? ' '),
      )
    let every: ReturnType<typeof setInterval> | undefined
    const first = setTimeout(() => (every = setInterval(type, pauseMs)), (number * pauseMs) / replicas.length)
    return () => {
      clearTimeout(first)
      clearInterval(every)
    }
  })
  return () => {
    for (const stop of timers) stop()
  }
}

function percentiles(values: readonly number[]): Percentiles {
  return { p50: percentile(values, 0.5), p95: percentile(values, 0.95), p99: percentile(values, 0.99) }
}

const letters = 'etaoin shrdlu\n'
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
