import { checkAlways, checkAtRest } from './invariants.ts'
import type { Plan, Step } from './plan.ts'
import { World } from './world.ts'

/** Runs a plan to its end. Resolves to what was wrong, or undefined. */
export async function runPlan(plan: Plan): Promise<Error | undefined> {
  const world = await World.open(plan)
  try {
    for (const step of plan.steps) {
      await world.run(step)
      checkAlways(world)
    }
    await world.heal()
    await checkAtRest(world)
    await world.restart()
    await world.heal()
    checkAlways(world)
    await checkAtRest(world)
    await world.close()
    return undefined
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

const mostRuns = 200

/** Leaves out whatever of a failing plan is not needed for it to fail. */
export async function shrunk(plan: Plan, fails: (plan: Plan) => Promise<boolean>): Promise<Plan> {
  let steps: Step[] = plan.steps
  let runs = 0
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < steps.length && runs < mostRuns;) {
      const fewer = steps.toSpliced(from, size)
      runs += 1
      if (await fails({ ...plan, steps: fewer })) steps = fewer
      else from += size
    }
  }
  return { ...plan, steps }
}
