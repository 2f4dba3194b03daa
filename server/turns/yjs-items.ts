import * as Y from 'yjs'

/** Items `clock … clock+length-1` that one client inserted. */
export type IdRange = { clientId: number; clock: number; length: number }

/** A run of live text whose ids follow one another. */
export type LiveRun = IdRange & { text: string }

/** New items that hold again what the items from `of` on (of the run's client) held. */
export type Restored = IdRange & { of: number }

/** Live text between two indexes, as runs of ids in document order. */
export function liveRuns(text: Y.Text, from: number, to: number): LiveRun[] {
  const runs: LiveRun[] = []
  let index = 0
  for (let item = text._start; item !== null && index < to; item = item.right) {
    if (item.deleted || !(item.content instanceof Y.ContentString)) continue
    const start = Math.max(from - index, 0)
    const end = Math.min(to - index, item.length)
    index += item.length
    if (start >= end) continue
    const last = runs.at(-1)
    const clock = item.id.clock + start
    const piece = item.content.str.slice(start, end)
    if (last !== undefined && last.clientId === item.id.client && last.clock + last.length === clock) {
      last.length += end - start
      last.text += piece
    } else {
      runs.push({ clientId: item.id.client, clock, length: end - start, text: piece })
    }
  }
  return runs
}

/** The parts of `run` that lie outside (`inside: false`) or inside the ranges, in the run's order. */
export function clip(run: LiveRun, ranges: readonly IdRange[], inside: boolean): LiveRun[] {
  const cuts = ranges
    .filter((range) => range.clientId === run.clientId)
    .map((range) => ({
      from: Math.max(range.clock, run.clock),
      to: Math.min(range.clock + range.length, run.clock + run.length),
    }))
    .filter(({ from, to }) => from < to)
    .toSorted((a, b) => a.from - b.from)
  const parts: LiveRun[] = []
  const push = (from: number, to: number): void => {
    if (from >= to) return
    const text = run.text.slice(from - run.clock, to - run.clock)
    parts.push({ clientId: run.clientId, clock: from, length: to - from, text })
  }
  let at = run.clock
  for (const { from, to } of cuts) {
    if (inside) push(Math.max(at, from), to)
    else push(at, from)
    at = Math.max(at, to)
  }
  if (!inside) push(at, run.clock + run.length)
  return parts
}

export function overlapsAny({ clientId, clock, length }: IdRange, ranges: readonly IdRange[]): boolean {
  return ranges.some(
    (range) => range.clientId === clientId && range.clock < clock + length && clock < range.clock + range.length,
  )
}

/** Deletes whatever of the range is still live, and returns it. Runs inside a transaction of the text's document. */
export function deleteRange(transaction: Y.Transaction, text: Y.Text, range: IdRange): LiveRun[] {
  const deleted: LiveRun[] = []
  const end = Math.min(range.clock + range.length, Y.getState(transaction.doc.store, range.clientId))
  for (let clock = range.clock; clock < end;) {
    let item = Y.getItemCleanStart(transaction, Y.createID(range.clientId, clock))
    if (item.id.clock + item.length > end) item = endingAt(transaction, range.clientId, end - 1)
    clock = item.id.clock + item.length
    if (!(item instanceof Y.Item) || item.deleted || !(item.content instanceof Y.ContentString)) continue
    deleted.push({ clientId: item.id.client, clock: item.id.clock, length: item.length, text: item.content.str })
    item.delete(transaction)
  }
  forgetSearchMarkers(text)
  return deleted
}

/**
 * Puts text back exactly where its deleted items stand, not merely at their index, so that pieces restored in any order end up
 * in their original order (what `Y.UndoManager` does). Returns the ids of the new items. Runs inside a transaction.
 */
export function restoreAt(transaction: Y.Transaction, text: Y.Text, run: LiveRun): Restored[] {
  const restored: Restored[] = []
  const { doc } = transaction
  for (let clock = run.clock; clock < run.clock + run.length;) {
    const last = run.clock + run.length - 1
    const found = Y.getItemCleanStart(transaction, Y.createID(run.clientId, clock))
    const left = found.id.clock + found.length - 1 > last ? endingAt(transaction, run.clientId, last) : found
    const piece = run.text.slice(clock - run.clock, left.id.clock + left.length - run.clock)
    const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID))
    const content = new Y.ContentString(piece)
    const right = left.right
    new Y.Item(id, left, left.lastId, right, right?.id ?? null, text, null, content).integrate(transaction, 0)
    restored.push({ clientId: id.client, clock: id.clock, length: piece.length, of: clock })
    clock = left.id.clock + left.length
  }
  forgetSearchMarkers(text)
  return restored
}

function endingAt(transaction: Y.Transaction, clientId: number, clock: number): Y.Item {
  return Y.getItemCleanEnd(transaction, transaction.doc.store, Y.createID(clientId, clock))
}

/** Yjs caches index positions and updates them only in its own index-based calls. */
function forgetSearchMarkers(text: Y.Text): void {
  if (text._searchMarker !== null) text._searchMarker.length = 0
}
