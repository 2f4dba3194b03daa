import { readdirSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { loadPlan, savePlan, shrink } from './plan-file.ts'
import { planOf, type Plan } from './plan.ts'
import { runPlan } from './run-plan.ts'

/** SESSION_PLAN=<file> replays a plan that was saved; other seeds with SESSION_SEED=… (the first) and SESSION_PLANS=… (how many). */
const planFile = process.env['SESSION_PLAN']
const firstSeed = Number(process.env['SESSION_SEED'] ?? 1)
const plans = Number(process.env['SESSION_PLANS'] ?? 240)

/** Plans that have failed once, each named for what was wrong. */
const pinned = fileURLToPath(new URL('./pinned', import.meta.url))

/** Yjs tells on the console that it met its own client id in somebody else's edits. */
let clientIdChanges = 0

beforeEach(() => {
  clientIdChanges = 0
  vi.spyOn(console, 'log').mockImplementation((...words: unknown[]) => {
    if (words.join(' ').includes('Changed the client-id')) clientIdChanges += 1
  })
})
afterEach(() => void vi.restoreAllMocks())

async function problemsOf(plan: Plan): Promise<string[]> {
  clientIdChanges = 0
  const problems = await runPlan(plan)
  return clientIdChanges > 0 ? [...problems, 'Yjs changed a client id'] : problems
}

/** What is wrong with a plan, made as short as it can be; empty where nothing is. */
async function complaint(plan: Plan): Promise<string> {
  if ((await problemsOf(plan)).length === 0) return ''
  const short = await shrink(plan, async (shorter) => (await problemsOf(shorter)).length > 0)
  const files = `replay it with SESSION_PLAN=${savePlan(short)} (all of its steps: ${savePlan(plan)})`
  return `seed ${plan.seed}: ${(await problemsOf(short)).join('\n')}\n${short.steps.length} steps; ${files}`
}

const perTest = 20
const starts = Array.from({ length: Math.ceil(plans / perTest) }, (_, index) => firstSeed + index * perTest)

test.runIf(planFile !== undefined)('the plan of the file breaks nothing', async () => {
  expect(await complaint(loadPlan(planFile ?? ''))).toBe('')
})

test.runIf(planFile === undefined).each(readdirSync(pinned))('[I1] to [I10] hold for %s', async (file) => {
  expect(await complaint(loadPlan(path.join(pinned, file)))).toBe('')
})

test.runIf(planFile === undefined).each(starts)(
  '[I1] to [I10] hold whatever breaks, 20 seeds from %i',
  { timeout: 300_000 },
  async (from) => {
    for (let seed = from; seed < Math.min(from + perTest, firstSeed + plans); seed += 1)
      expect(await complaint(planOf(seed))).toBe('')
  },
)
