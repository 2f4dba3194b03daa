import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import type * as Y from 'yjs'
import { z } from 'zod'
import { createSeededRandom } from '#model/replay/seeded-random.ts'

/** `[position, deleted, inserted]`, in UTF-16 units of the text as it was when somebody typed it. */
type Patch = [number, number, string]

/** What people typed, one entry per moment. `length` of the text before each, so that it can be typed into another text as well. */
export type Workload = { name: string; moments: { length: number; patches: Patch[] }[] }

const trace = z.object({
  startContent: z.string(),
  txns: z.array(z.object({ patches: z.array(z.tuple([z.number(), z.number(), z.string()])) })),
})

/** The editing traces (`*.json.gz`) of a folder, else typing that `seed` makes. */
export async function loadWorkloads(folder: string | undefined, seed: number): Promise<Workload[]> {
  if (folder === undefined) return [generated(seed)]
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json.gz')).toSorted()
  if (names.length === 0) throw new Error(`${folder} holds no editing trace (*.json.gz)`)
  return Promise.all(
    names.map(async (name) => {
      const parsed = trace.parse(JSON.parse(gunzipSync(await readFile(path.join(folder, name))).toString('utf8')))
      return { name: name.replace('.json.gz', ''), moments: withLengths(parsed.startContent.length, parsed.txns) }
    }),
  )
}

/** Types the patches of one moment at the same share of this text. */
export function typeInto(text: Y.Text, { length, patches }: Workload['moments'][number]): void {
  for (const [position, deleted, inserted] of patches) {
    const at = Math.min(text.length, Math.round((position / Math.max(1, length)) * text.length))
    const removed = Math.min(deleted, text.length - at)
    if (removed > 0) text.delete(at, removed)
    if (inserted !== '') text.insert(at, inserted)
  }
}

function withLengths(start: number, moments: { patches: Patch[] }[]): Workload['moments'] {
  let length = start
  return moments.map(({ patches }) => {
    const before = length
    for (const [, deleted, inserted] of patches) length += inserted.length - deleted
    return { length: before, patches }
  })
}

/** Bursts of typing with corrections, at places that wander, and now and then something pasted. */
function generated(seed: number): Workload {
  const random = createSeededRandom(seed)
  const whole = (below: number) => Math.floor(random() * below)
  const moments: { patches: Patch[] }[] = []
  let length = 0
  let at = 0
  while (moments.length < 20_000) {
    at = whole(length + 1)
    for (let keys = 5 + whole(40); keys > 0; keys -= 1) {
      const kind = random()
      const deleted = kind < 0.12 && at > 0 ? 1 : 0
      const inserted =
        deleted > 0 ? '' : kind > 0.995 ? 'pasted '.repeat(1 + whole(60)) : kind > 0.95 ? '\n' : letters[whole(letters.length)]
      const position = at - deleted
      moments.push({ patches: [[position, deleted, inserted ?? '']] })
      at = position + (inserted?.length ?? 0)
      length += (inserted?.length ?? 0) - deleted
    }
  }
  return { name: `generated typing, seed ${seed}`, moments: withLengths(0, moments) }
}

const letters = 'etaoin shrdlucmfwypvbgkjqxz (){}=.;'
