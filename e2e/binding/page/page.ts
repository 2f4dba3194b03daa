import fc from 'fast-check'
import { BoundEditor } from './bound-editor.ts'
import { staleColours } from '../stale-colours.ts'
import { plan, type Plan, type Step } from './plans.ts'

export type PlansAsked = { runs: number; seed: number; path?: string | undefined; mostMs: number }
export type PlansReport = {
  runs: number
  /** Edits and selections that were looked at: a run that looks at nothing shows nothing. */
  looks: number
  /** Seed, path and the smallest plan that fails; undefined when none does. */
  failure: string | undefined
}

const problems: string[] = []
addEventListener('error', ({ message }) => {
  if (!message.includes(staleColours)) problems.push(message)
})
addEventListener('unhandledrejection', ({ reason }) => problems.push(String(reason)))

let looks = 0
const stepsPerPause = 10

Object.assign(globalThis, {
  async checkPlans({ runs, seed, path, mostMs }: PlansAsked): Promise<PlansReport> {
    looks = 0
    const result = await fc.check(fc.asyncProperty(plan, keeps), {
      numRuns: runs,
      seed,
      ...(path === undefined ? {} : { path }),
      interruptAfterTimeLimit: mostMs,
      markInterruptAsFailure: true,
      includeErrorInReport: true,
    })
    return { runs: result.numRuns, looks, failure: result.failed ? await fc.asyncDefaultReportMessage(result) : undefined }
  },
})

/** Throws what is wrong after the first step that leaves something wrong. */
async function keeps(one: Plan): Promise<void> {
  problems.length = 0
  const bound = new BoundEditor(one)
  try {
    await look(bound, 'the binding was made')
    for (const [index, step] of one.steps.entries()) {
      bound.take(step)
      await look(bound, `step ${index} (${step.kind})`, step)
      if (index % stepsPerPause === stepsPerPause - 1) await pause()
    }
    await pause()
    bound.take({ kind: 'show' })
    await look(bound, 'the page was shown again', { kind: 'show' })
    const apart = await bound.exchangeAll()
    await look(bound, 'everything was exchanged')
    if (apart.length > 0) throw new Error(`replicas differ: ${JSON.stringify(apart)}`)
  } finally {
    bound.dispose()
  }
}

/** Where nothing is to be put right later, a fault that is mended in a microtask counts as well: nobody may ever see it. */
async function look(bound: BoundEditor, after: string, step?: Step): Promise<void> {
  const isLater = step === undefined || bound.isPutRightLater || putRightLater.has(step.kind)
  const seen = isLater ? undefined : bound.fault()
  await Promise.resolve()
  const fault = seen ?? bound.fault() ?? problems[0]
  looks += 1
  if (fault !== undefined) throw new Error(`after ${after}: ${fault}`)
}

/** Lets frames, timers and what Monaco puts off have their turn. */
function pause(): Promise<void> {
  const { port1, port2 } = new MessageChannel()
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}

const putRightLater: ReadonlySet<Step['kind']> = new Set([
  'set line ends to CRLF',
  'set line ends to LF',
  'append CRLF',
  'replace model text',
])
