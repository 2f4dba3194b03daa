import { runFlint } from './flint-contender.ts'
import { runAiSdk } from './ai-sdk-contender.ts'
import type { Order, Outcome } from './orders.ts'

/**
 * One contender in a process of its own, so that its CPU time is nobody else's. The parent orders answers one after the other:
 * `node contender.ts flint|ai BASE_URL`.
 */
const [name, baseUrl = ''] = process.argv.slice(2)
const run = name === 'flint' ? runFlint(baseUrl) : runAiSdk(baseUrl)

process.on('message', (order: Order) => {
  const started = process.cpuUsage()
  run(order.prompt).then(
    ({ characters, firstAtNs }) => {
      const { user, system } = process.cpuUsage(started)
      const outcome: Outcome = { ok: true, cpuUs: user + system, characters, firstAtNs: String(firstAtNs) }
      process.send?.(outcome)
    },
    (error: unknown) => process.send?.({ ok: false, problem: String(error) } satisfies Outcome),
  )
})
process.on('disconnect', () => process.exit(0))
process.send?.('ready')
