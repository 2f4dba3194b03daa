import { pathToFileURL } from 'node:url'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { checkNode, installDependencies } from './set-up.mjs'
import { run, runBin, say } from './steps.mjs'

const typeProjects = ['protocol', 'server', '.', 'e2e', 'bench', 'scripts', 'simulation']

/** The steps that need no build and no browser; each counts as one test. */
const steps = [
  ['format', () => runBin('oxfmt/bin/oxfmt', ['--check'])],
  ['lint and boundaries', () => runBin('oxlint/bin/oxlint', ['--type-aware', '--deny-warnings'])],
  ...typeProjects.map((project) => [`types of ${project}`, () => runBin('typescript/bin/tsc', ['-p', project])]),
  ['dead code', () => runBin('knip/bin/knip.js', [])],
]

/** Runs format, lint, boundaries, types, dead code and the unit tests. Resolves with counts. */
export async function check() {
  const counts = { passed: 0, failed: 0 }
  await run(process.execPath, ['node_modules/next/dist/bin/next', 'typegen'], { quiet: true })
  for (const [name, step] of steps) {
    say(`check: ${name}`)
    const ok = (await step()) === 0
    counts[ok ? 'passed' : 'failed'] += 1
    if (!ok) say(`check: ${name} FAILED`)
  }
  say('check: unit tests')
  const folder = await mkdtemp(path.join(tmpdir(), 'flint-check-'))
  const report = path.join(folder, 'unit.json')
  await runBin('vitest/vitest.mjs', ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`])
  const unit = await readReport(report)
  await rm(folder, { recursive: true })
  counts.passed += unit?.numPassedTests ?? 0
  // A file that does not load has no tests of its own: count it, so that it cannot hide.
  counts.failed +=
    unit === undefined
      ? 1
      : unit.numFailedTests +
        unit.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length
  return counts
}

/** A runner's JSON report, or undefined where it wrote none. */
export async function readReport(file) {
  return readFile(file, 'utf8').then(JSON.parse, () => undefined)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  checkNode()
  await installDependencies()
  const counts = await check()
  say(`${counts.passed} passed, ${counts.failed} failed`)
  process.exitCode = counts.failed === 0 ? 0 : 1
}
