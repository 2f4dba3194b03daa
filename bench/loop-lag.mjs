import { writeFileSync } from 'node:fs'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { isMainThread } from 'node:worker_threads'

/**
 * Loaded into a server before it starts (`NODE_OPTIONS=--import`): the first SIGUSR2 begins to measure how late its event loop is, the
 * second writes p50, p95, p99 and the longest in milliseconds to the file that LOOP_LAG_FILE names. Then it can begin anew.
 */
const file = process.env.LOOP_LAG_FILE
const resolutionMs = 1
if (isMainThread && file !== undefined) {
  const lag = monitorEventLoopDelay({ resolution: resolutionMs })
  let measuring = false
  process.on('SIGUSR2', () => {
    measuring = !measuring
    if (measuring) {
      lag.reset()
      lag.enable()
      return
    }
    lag.disable()
    const ms = (share) => Math.max(0, lag.percentile(share) / 1e6 - resolutionMs)
    writeFileSync(file, JSON.stringify({ p50: ms(50), p95: ms(95), p99: ms(99), longest: ms(100) }))
  })
}
