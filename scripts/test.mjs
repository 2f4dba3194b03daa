import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { check, readReport } from './check.mjs'
import { build, checkNode, findBrowser, installDependencies } from './set-up.mjs'
import { runBin, say } from './steps.mjs'

/** `npm test`: the whole check, the build and the browser journeys; the last line counts all of it. */
checkNode()
await installDependencies()
const counts = await check()
await build()
const browser = await findBrowser()
say('browser journeys')
const folder = await mkdtemp(path.join(tmpdir(), 'flint-test-'))
const report = path.join(folder, 'journeys.json')
await runBin('@playwright/test/cli.js', ['test', '--reporter=list,json'], {
  env: { ...process.env, CHROMIUM_PATH: browser, PLAYWRIGHT_JSON_OUTPUT_NAME: report },
})
const journeys = await readReport(report)
await rm(folder, { recursive: true })
counts.passed += journeys?.stats.expected ?? 0
counts.failed += journeys === undefined ? 1 : journeys.stats.unexpected + journeys.stats.flaky + journeys.errors.length
process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`)
process.exitCode = counts.failed === 0 ? 0 : 1
