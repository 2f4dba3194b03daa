import type { Hunk } from '#protocol/hunks.ts'

const byTurn = new WeakMap<Record<string, Hunk>, Map<string, Hunk[]>>()
const none: Hunk[] = []

/**
 * The hunks of a turn in the order in which they were opened. The state's `hunks` are sorted out once for each of its values,
 * so that many cards may ask in every frame; the same turn of the same value is the same array.
 */
export function hunksOfTurn(hunks: Record<string, Hunk>, turnId: string): readonly Hunk[] {
  const known = byTurn.get(hunks)
  if (known !== undefined) return known.get(turnId) ?? none
  const turns = new Map<string, Hunk[]>()
  for (const hunk of Object.values(hunks)) {
    const list = turns.get(hunk.turnId)
    if (list === undefined) turns.set(hunk.turnId, [hunk])
    else list.push(hunk)
  }
  byTurn.set(hunks, turns)
  return turns.get(turnId) ?? none
}
