import { broken, brokenByRestart } from './invariants.ts'
import type { Plan } from './plan.ts'
import { World } from './world.ts'

/** Runs a plan to its end and returns what was broken on the way, or then. */
export async function runPlan(plan: Plan): Promise<string[]> {
  const world = await World.create(plan)
  try {
    await world.run(plan.steps)
    await world.becomeQuiet()
    const problems = await broken(world)
    await world.restart()
    problems.push(...(await brokenByRestart(world)))
    await world.becomeQuiet()
    problems.push(...(await broken(world)), ...(await world.leavesNothing()))
    return [...world.witness.violations, ...problems]
  } catch (error) {
    return [...world.witness.violations, `${error instanceof Error ? error.stack : String(error)}`]
  } finally {
    await world.close()
  }
}
