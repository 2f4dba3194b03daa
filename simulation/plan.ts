import type { Role } from '#protocol/roles.ts'
import { Random } from './random.ts'

/** How the next write to the store goes wrong. */
export type Fault =
  /** The process ends before, or after, the commit; nobody is answered. */
  | 'crash before commit'
  | 'crash after commit'
  /** The writer thread ends after the commit, or the database refuses; the process goes on. */
  | 'uncertain'
  | 'refused'

/**
 * One thing that happens. Numbers choose among what is there at that moment (modulo), so that every part of a plan can be left out. `peer`
 * and `file` name a tab and a file that way.
 */
export type Step =
  | { do: 'insert'; peer: number; file: number; at: number; text: string }
  | { do: 'delete'; peer: number; file: number; at: number; length: number }
  | { do: 'everywhere'; peer: number; file: number; text: string }
  | { do: 'paste'; peer: number; file: number; at: number; length: number }
  | { do: 'undo' | 'redo'; peer: number; file: number }
  | { do: 'assistant'; file: number; at: number; text: string }
  | { do: 'create'; path: number }
  | { do: 'rename'; file: number; path: number }
  | { do: 'remove'; file: number }
  | { do: 'role'; peer: number; role: Role }
  | { do: 'revoke'; peer: number }
  | { do: 'send' | 'receive'; peer: number; count: number }
  | { do: 'repeat'; peer: number }
  | { do: 'cut' | 'half-open' | 'connect'; peer: number }
  | { do: 'fault'; fault: Fault }
  | { do: 'hold' | 'release' }
  | { do: 'compact'; file: number }
  | { do: 'crash while compacting'; file: number; after: number }
  | { do: 'time'; ms: number }

export type Plan = { seed: number; peers: number; steps: Step[] }

const letters = 'abcdefghijklmnopqrstuvwxyz'
const faults = ['crash before commit', 'crash after commit', 'uncertain', 'refused'] as const

type Maker = (random: Random, peers: number) => Step

const place = (random: Random, peers: number) => ({ peer: random.below(peers), file: random.below(8), at: random.below(400) })
const written = (random: Random) => letters.slice(0, 1 + random.below(6)) + (random.below(3) === 0 ? '\n' : '🐍')

/** What happens how often. */
const makers: readonly [weight: number, make: Maker][] = [
  [18, (random, peers) => ({ do: 'insert', ...place(random, peers), text: written(random) })],
  [8, (random, peers) => ({ do: 'delete', ...place(random, peers), length: 1 + random.below(20) })],
  [2, (random, peers) => ({ do: 'everywhere', peer: random.below(peers), file: random.below(8), text: written(random) })],
  [1, (random, peers) => ({ do: 'paste', ...place(random, peers), length: 100_000 })],
  [4, (random, peers) => ({ do: 'undo', peer: random.below(peers), file: random.below(8) })],
  [2, (random, peers) => ({ do: 'redo', peer: random.below(peers), file: random.below(8) })],
  [4, (random) => ({ do: 'assistant', file: random.below(8), at: random.below(400), text: written(random) })],
  [2, (random) => ({ do: 'create', path: random.below(6) })],
  [2, (random) => ({ do: 'rename', file: random.below(8), path: random.below(6) })],
  [1, (random) => ({ do: 'remove', file: random.below(8) })],
  [2, (random, peers) => ({ do: 'role', peer: random.below(peers), role: random.oneOf(['viewer', 'reviewer', 'editor']) })],
  [1, (random, peers) => ({ do: 'revoke', peer: random.below(peers) })],
  [22, (random, peers) => ({ do: 'send', peer: random.below(peers), count: 1 + random.below(5) })],
  [22, (random, peers) => ({ do: 'receive', peer: random.below(peers), count: 1 + random.below(5) })],
  [3, (random, peers) => ({ do: 'repeat', peer: random.below(peers) })],
  [3, (random, peers) => ({ do: 'cut', peer: random.below(peers) })],
  [2, (random, peers) => ({ do: 'half-open', peer: random.below(peers) })],
  [6, (random, peers) => ({ do: 'connect', peer: random.below(peers) })],
  [5, (random) => ({ do: 'fault', fault: random.oneOf(faults) })],
  [2, () => ({ do: 'hold' })],
  [4, () => ({ do: 'release' })],
  [3, (random) => ({ do: 'compact', file: random.below(8) })],
  [1, (random) => ({ do: 'crash while compacting', file: random.below(8), after: random.below(3) })],
  [12, (random) => ({ do: 'time', ms: random.oneOf([20, 40, 200, 1_100, 6_000, 3_600_000]) })],
]

const total = makers.reduce((sum, [weight]) => sum + weight, 0)

export function planOf(seed: number): Plan {
  const random = new Random(seed)
  const peers = 2 + random.below(3)
  const steps = Array.from({ length: 20 + random.below(60) }, () => {
    let at = random.below(total)
    const chosen = makers.find(([weight]) => (at -= weight) < 0)
    if (chosen === undefined) throw new Error('the weights add up')
    return chosen[1](random, peers)
  })
  return { seed, peers, steps }
}

/** One line for the plan, then one per step. */
export function planToLines({ steps, ...plan }: Plan): string {
  return [plan, ...steps].map((line) => `${JSON.stringify(line)}\n`).join('')
}

export function planFromLines(lines: string): Plan {
  const [plan, ...steps] = lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as unknown)
  return { ...(plan as Omit<Plan, 'steps'>), steps: steps as Step[] }
}
