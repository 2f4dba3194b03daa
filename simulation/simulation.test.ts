import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import { planFromLines, planOf, planToLines, type Plan } from './plan.ts'
import { runPlan, shrunk } from './run-plan.ts'

/** Plans of every run; other seeds with SIMULATION_SEED=… (the first of them) and SIMULATION_PLANS=… (how many). */
const firstSeed = Number(process.env.SIMULATION_SEED ?? 1)
const plans = Number(process.env.SIMULATION_PLANS ?? 200)
/** Seeds that have failed once. */
const pinned: number[] = []

/** What is wrong with a plan: made as short as it can be, and stored so that SIMULATION_PLAN=<file> runs it again. */
async function complaint(plan: Plan): Promise<string | undefined> {
  const failure = await runPlan(plan)
  if (failure === undefined) return undefined
  const short = await shrunk(plan, async (fewer) => (await runPlan(fewer))?.message === failure.message)
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'flint-simulation-')), `seed-${plan.seed}.jsonl`)
  writeFileSync(file, planToLines(short))
  return `seed ${plan.seed}: ${failure.message}\n${short.steps.length} steps in ${file}\n${failure.stack}`
}

/** Yjs says so when two documents write under one id; it must never have to. */
async function withoutWarnings(run: () => Promise<void>): Promise<void> {
  const told = [vi.spyOn(console, 'log'), vi.spyOn(console, 'warn')].map((spy) => spy.mockImplementation(() => {}))
  try {
    await run()
    expect(told.flatMap((spy) => spy.mock.calls).filter((words) => words.join(' ').includes('client-id'))).toEqual([])
  } finally {
    for (const spy of told) spy.mockRestore()
  }
}

const file = process.env.SIMULATION_PLAN
const wanted = file === undefined ? [...pinned, ...Array.from({ length: plans }, (_, at) => firstSeed + at)] : []

test.runIf(file !== undefined)('the plan of the file holds', () =>
  withoutWarnings(async () => {
    expect((await runPlan(planFromLines(readFileSync(file ?? '', 'utf8'))))?.stack).toBeUndefined()
  }),
)

test.runIf(wanted.length > 0)(
  `${wanted.length} plans hold every invariant: nothing acknowledged is lost, and all see the same`,
  { timeout: 600_000 },
  () =>
    withoutWarnings(async () => {
      for (const seed of wanted) expect(await complaint(planOf(seed))).toBeUndefined()
    }),
)

test('a plan is the same whenever its seed is, and after it was stored', () => {
  expect(planOf(7)).toEqual(planOf(7))
  expect(planFromLines(planToLines(planOf(7)))).toEqual(planOf(7))
})

test('a failing plan is made as short as it can be', async () => {
  const plan = planOf(3)
  const [first, second] = [plan.steps[4], plan.steps[11]]
  const fails = async ({ steps }: Plan) => steps.includes(first ?? { do: 'hold' }) && steps.includes(second ?? { do: 'hold' })
  expect((await shrunk(plan, fails)).steps).toEqual([first, second])
})
