import type { Documents } from '#documents/documents.ts'
import { takingTurns } from '#documents/taking-turns.ts'
import type { ChangesSinceBase } from '#protocol/http.ts'
import { pairFiles, pairMoved, type FilePair } from '#sessions/file-pairs.ts'
import type { BaseFiles } from '#store/base-records.ts'
import type { Store } from '#store/store.ts'
import { Comparison } from './checkpoint-pairs.ts'
import type { LineCounter } from './line-counting.ts'

type Change = ChangesSinceBase['changes'][number]
type Rooms = { store: Store; documents: Documents; countLines: LineCounter }

/** A comparison that has taken longer counts no more lines. */
const longestCountingMs = 5_000

/**
 * What differs between a base and now, by path. The work of others goes on in between. It is given up, and what was found so far is
 * returned, once `isWanted` says so. Rejects with `TurnRefused` `not_found` where the base goes meanwhile.
 */
export async function changesSince(
  rooms: Rooms,
  { sessionId, files: before }: BaseFiles,
  isWanted: () => boolean = () => true,
): Promise<ChangesSinceBase> {
  const [now, comparison] = await Promise.all([rooms.store.files(sessionId), Comparison.open(rooms, sessionId)])
  const began = performance.now()
  const countLines: LineCounter = async (text, live) =>
    performance.now() - began > longestCountingMs ? undefined : rooms.countLines(text, live)
  const others = takingTurns()
  const changes: Change[] = []
  for (const pair of pairMoved(pairFiles(before, now), [...comparison.versions.values()])) {
    if (!isWanted()) break
    const change = await changeOf(pair, comparison)
    if (change !== undefined) changes.push(await counted(change, countLines))
    await others()
  }
  return { changes: changes.toSorted((a, b) => (a.path < b.path ? -1 : 1)) }
}

/** A change, with the text that is there now. */
type Found = { change: Change; before: string | null; now: string | null }

async function changeOf({ before, now }: FilePair, comparison: Comparison): Promise<Found | undefined> {
  if (now === undefined) {
    if (before === undefined) return undefined
    const { fileId, path } = before
    const text = await comparison.textBefore(before)
    return { change: { fileId, path, kind: 'deleted', before: text }, before: text, now: '' }
  }
  const { fileId, path } = now
  if (before === undefined) {
    return { change: { fileId, path, kind: 'created', before: null }, before: '', now: await comparison.textNow(now) }
  }
  const isMoved = before.path !== path
  if (!isMoved && (await comparison.isSame(before, now))) return undefined
  const [text, live] = await Promise.all([comparison.textBefore(before), comparison.textNow(now)])
  const change: Change = isMoved
    ? { fileId, path, kind: 'renamed', pathBefore: before.path, before: text }
    : { fileId, path, kind: 'changed', before: text }
  return { change, before: text, now: live }
}

async function counted({ change, before, now }: Found, countLines: LineCounter): Promise<Change> {
  const lines = before === null || now === null ? undefined : await countLines(before, now)
  return lines === undefined ? change : { ...change, lines }
}
