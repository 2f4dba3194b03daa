import { createSeededRandom } from '#model/replay/seeded-random.ts'
import type { Role } from '#protocol/roles.ts'

/** Fates of the next write: `lose` is stored and told as failed, the last two take the process with it. */
export const fates = ['fail', 'lose', 'crash-before', 'crash-after'] as const
export type Fate = (typeof fates)[number]

/** `apply`: a proposal, at its first candidate. */
export const decisions = ['accept', 'reject', 'revert', 'redo', 'apply'] as const
export type Decision = (typeof decisions)[number]

/** `person`: whose tab; `at` and `to` in [0, 1): shares of a text's length, or of a list. */
export type Step =
  | { op: 'type' | 'paste'; person: number; file: number; at: number; length: number }
  | { op: 'delete'; person: number; file: number; at: number; length: number }
  | { op: 'break-line'; person: number; file: number; at: number }
  | { op: 'many-cursors'; person: number; file: number; at: number; to: number }
  | { op: 'undo' | 'redo'; person: number; file: number }
  | { op: 'assistant'; file: number; at: number; length: number }
  /** `answer`: the seed of what the model answers; `redirects`: instead of one's own turn that runs. */
  | { op: 'ask'; person: number; file: number; answer: number; redirects: boolean }
  | { op: 'ask-inline'; person: number; file: number; at: number; length: number; answer: number }
  | { op: 'answer'; reads: number }
  | { op: 'stop'; person: number }
  | { op: 'decide'; person: number; hunk: number; decision: Decision }
  | { op: 'create-file'; person: number; name: number }
  | { op: 'rename-file'; person: number; file: number; name: number }
  | { op: 'delete-file'; person: number; file: number }
  | { op: 'comment'; person: number; file: number; at: number; length: number }
  | { op: 'say'; person: number }
  | { op: 'deliver'; person: number; direction: 'up' | 'down'; count: number }
  | { op: 'repeat-push'; person: number }
  | { op: 'drop' | 'half-open' | 'reconnect' | 'new-tab'; person: number }
  /** Whoever lost the connection comes back, and everything on its way arrives. */
  | { op: 'calm' }
  | { op: 'everybody-leaves' }
  | { op: 'hold-disk' | 'fill-disk' | 'release-disk' }
  /** `of`: only of a write about a turn; of any where it is absent. */
  | { op: 'fate'; fate: Fate; of?: 'turn' }
  | { op: 'crash' }
  | { op: 'advance'; ms: number }
  | { op: 'role'; person: number; role: Exclude<Role, 'owner'> }
  | { op: 'remove'; person: number }

export type Plan = { seed: number; people: number; steps: Step[] }

type Maker = (random: Random) => Step
type Random = { whole(below: number): number; share(): number; person(): number; guest(): number }

/** How often each kind of step comes, relative to the others. */
const makers: [weight: number, make: Maker][] = [
  [24, ({ person, share, whole }) => ({ op: 'type', person: person(), file: share(), at: share(), length: 1 + whole(6) })],
  [9, ({ person, share, whole }) => ({ op: 'delete', person: person(), file: share(), at: share(), length: 1 + whole(12) })],
  [3, ({ person, share }) => ({ op: 'many-cursors', person: person(), file: share(), at: share(), to: share() })],
  [4, ({ person, share }) => ({ op: 'break-line', person: person(), file: share(), at: share() })],
  [0.5, ({ person, share }) => ({ op: 'paste', person: person(), file: share(), at: share(), length: 80_000 })],
  [5, ({ person, share }) => ({ op: 'undo', person: person(), file: share() })],
  [2, ({ person, share }) => ({ op: 'redo', person: person(), file: share() })],
  [3, ({ share, whole }) => ({ op: 'assistant', file: share(), at: share(), length: 1 + whole(30) })],
  [
    4,
    ({ person, share, whole }) => ({
      op: 'ask',
      person: person(),
      file: share(),
      answer: whole(1_000_000),
      redirects: whole(4) === 0,
    }),
  ],
  [
    1,
    ({ person, share, whole }) => ({
      op: 'ask-inline',
      person: person(),
      file: share(),
      at: share(),
      length: whole(12),
      answer: whole(1_000_000),
    }),
  ],
  [16, ({ whole }) => ({ op: 'answer', reads: 1 + whole(12) })],
  [1, ({ person }) => ({ op: 'stop', person: person() })],
  [
    3,
    ({ person, share, whole }) => ({
      op: 'decide',
      person: person(),
      hunk: share(),
      decision: decisions[whole(decisions.length)] ?? 'accept',
    }),
  ],
  [2, ({ person, whole }) => ({ op: 'create-file', person: person(), name: whole(4) })],
  [2, ({ person, share, whole }) => ({ op: 'rename-file', person: person(), file: share(), name: whole(4) })],
  [0.7, ({ person, share }) => ({ op: 'delete-file', person: person(), file: share() })],
  [5, ({ person, share, whole }) => ({ op: 'comment', person: person(), file: share(), at: share(), length: 1 + whole(8) })],
  [1, ({ person }) => ({ op: 'say', person: person() })],
  [26, ({ person, whole }) => ({ op: 'deliver', person: person(), direction: 'up', count: 1 + whole(6) })],
  [26, ({ person, whole }) => ({ op: 'deliver', person: person(), direction: 'down', count: 1 + whole(9) })],
  [3, ({ person }) => ({ op: 'repeat-push', person: person() })],
  [3, ({ person }) => ({ op: 'drop', person: person() })],
  [1, ({ person }) => ({ op: 'half-open', person: person() })],
  [5, ({ person }) => ({ op: 'reconnect', person: person() })],
  [1, ({ person }) => ({ op: 'new-tab', person: person() })],
  [14, () => ({ op: 'calm' })],
  [0.7, () => ({ op: 'everybody-leaves' })],
  [2, () => ({ op: 'hold-disk' })],
  [0.5, () => ({ op: 'fill-disk' })],
  [4, () => ({ op: 'release-disk' })],
  [2, ({ whole }) => ({ op: 'fate', fate: fates[whole(fates.length)] ?? 'fail' })],
  [2, ({ whole }) => ({ op: 'fate', fate: fates[whole(fates.length)] ?? 'fail', of: 'turn' })],
  [1, () => ({ op: 'crash' })],
  [8, ({ whole }) => ({ op: 'advance', ms: [5, 40, 400, 2_000, 30_000][whole(5)] ?? 5 })],
  [
    1,
    ({ guest, whole }) => ({
      op: 'role',
      person: guest(),
      role: (['viewer', 'reviewer', 'editor'] as const)[whole(3)] ?? 'editor',
    }),
  ],
  [0.3, ({ guest }) => ({ op: 'remove', person: guest() })],
]
const weights = makers.reduce((sum, [weight]) => sum + weight, 0)

/** A plan that depends on the seed alone. Person 0 is the owner. */
export function planOf(seed: number, { people = 3, steps = 110 }: { people?: number; steps?: number } = {}): Plan {
  const share = createSeededRandom(seed)
  const whole = (below: number) => Math.floor(share() * below)
  const random: Random = { share, whole, person: () => whole(people), guest: () => 1 + whole(people - 1) }
  return { seed, people, steps: Array.from({ length: steps }, () => pick(share() * weights)(random)) }
}

function pick(point: number): Maker {
  let passed = 0
  for (const [weight, make] of makers) {
    passed += weight
    if (point < passed) return make
  }
  throw new Error('the point lies beyond all weights')
}
