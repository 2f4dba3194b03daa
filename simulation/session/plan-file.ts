import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Plan, Step } from './plan.ts'

/** Writes a plan as JSON lines, its head first; returns the path. */
export function savePlan({ steps, ...head }: Plan): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), 'flint-plan-')), `${head.seed}.jsonl`)
  writeFileSync(file, [head, ...steps].map((line) => `${JSON.stringify(line)}\n`).join(''))
  return file
}

export function loadPlan(file: string): Plan {
  const [head, ...steps] = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown)
  return { ...(head as Omit<Plan, 'steps'>), steps: steps as Step[] }
}

/** Leaves out what the failure does not need: halves first, then ever smaller runs of steps, at most `tries` times. */
export async function shrink(plan: Plan, fails: (plan: Plan) => Promise<boolean>, tries = 150): Promise<Plan> {
  let { steps } = plan
  let left = tries
  for (let run = Math.ceil(steps.length / 2); run >= 1 && left > 0; run = run === 1 ? 0 : Math.ceil(run / 2)) {
    for (let from = 0; from < steps.length && left > 0;) {
      const shorter = [...steps.slice(0, from), ...steps.slice(from + run)]
      left -= 1
      if (await fails({ ...plan, steps: shorter })) steps = shorter
      else from += run
    }
  }
  return { ...plan, steps }
}
