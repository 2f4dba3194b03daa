import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, test } from '@playwright/test'

const root = fileURLToPath(new URL('..', import.meta.url))

test('[D3] a server that is killed five times while twenty people type loses nothing that it acknowledged', async () => {
  const harness = spawn(process.execPath, ['--import', 'tsx', 'bench/crash/main.ts', '--kills', '5', '--peers', 'flint'], {
    cwd: root,
    env: { ...process.env, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [output] = await Promise.all([text(harness.stdout), once(harness, 'exit')])
  // The output names the seed and the workload of a run that failed.
  expect(output).toMatch(/^crash kills=5 acked=[1-9]\d* lost=0 diverged=0 /m)
  const syncs = /flushes to disk: (\d+) for (\d+) batches/.exec(output)
  if (syncs !== null) expect(Number(syncs[1])).toBeGreaterThanOrEqual(Number(syncs[2]))
})
