import * as Y from 'yjs'
import { limits } from '#protocol/limits.ts'
import { DocumentFailure } from './documents.ts'
import { documentText } from './document-text.ts'

/** No honest client writes so much under one id; beyond it, sums of clocks would lose precision. */
const highestClock = 2 ** 31

/** An update that was found to hold nothing but text under the root `text`. */
export type DecodedUpdate = ReturnType<typeof Y.decodeUpdate>

/**
 * Decodes an update and looks at its content alone. Yjs trusts its peers, so whatever a document must never hold is
 * refused here: other roots, map keys, nested types, formats, embeds, carriage returns.
 * Throws `DocumentFailure`: `too_large` or `forbidden_content`.
 */
export function decodeText(update: Uint8Array): DecodedUpdate {
  if (update.byteLength > limits.largePushBytes) throw new DocumentFailure('too_large')
  let decoded
  try {
    decoded = Y.decodeUpdate(update)
  } catch (cause) {
    throw new DocumentFailure('forbidden_content', { cause })
  }
  for (const struct of decoded.structs) {
    if (struct.length < 1 || struct.id.clock + struct.length > highestClock) throw new DocumentFailure('forbidden_content')
    if (struct instanceof Y.Item && !isText(struct)) throw new DocumentFailure('forbidden_content')
  }
  return decoded
}

function isText(item: Y.Item): boolean {
  // Without a parent it has the parent of its neighbour, which is `text` because nothing else was ever let in.
  const parent: unknown = item.parent
  if (parent !== null && parent !== 'text') return false
  if (item.parentSub !== null) return false
  if (item.content instanceof Y.ContentString) return !item.content.str.includes('\r')
  return item.content instanceof Y.ContentDeleted
}

export function writingClients({ structs }: DecodedUpdate): Set<number> {
  return new Set(structs.map((struct) => struct.id.client))
}

/**
 * Whether `doc` can take the whole update now. Yjs would park what it cannot, for ever and unseen.
 * Throws `DocumentFailure`: `resync` where something before it is missing.
 */
export function checkContinues(doc: Y.Doc, { structs, ds }: DecodedUpdate): void {
  const reach = new Map<number, number>()
  const reachOf = (client: number) => reach.get(client) ?? Y.getState(doc.store, client)
  for (const struct of structs) {
    const { client, clock } = struct.id
    if (struct instanceof Y.Skip || clock > reachOf(client)) throw new DocumentFailure('resync')
    reach.set(client, Math.max(reachOf(client), clock + struct.length))
  }
  for (const struct of structs) {
    if (!(struct instanceof Y.Item)) continue
    for (const neighbour of [struct.origin, struct.rightOrigin]) {
      if (neighbour === null) continue
      const known = neighbour.client === struct.id.client ? struct.id.clock : reachOf(neighbour.client)
      if (neighbour.clock >= known) throw new DocumentFailure('resync')
    }
  }
  for (const [client, ranges] of ds.clients) {
    for (const range of ranges) if (range.clock + range.len > reachOf(client)) throw new DocumentFailure('resync')
  }
}

/** Yjs compares so many items within a fraction of a second. */
const fewComparisons = 2_000_000

/** Whether applying the update could take long, if somebody wanted it to: in the worst case each item is compared with all others. */
export function mayTakeLong(doc: Y.Doc, { structs }: DecodedUpdate): boolean {
  let items = structs.length
  for (const known of doc.store.clients.values()) items += known.length
  return structs.length * items > fewComparisons
}

/** Throws `DocumentFailure` with `too_large` where the update would make the text longer than a document may be. */
export function checkLength(doc: Y.Doc, { structs, ds }: DecodedUpdate): void {
  const { length } = documentText(doc)
  const inserted = structs.flatMap((struct) => {
    const known = Y.getState(doc.store, struct.id.client)
    const isNew = struct instanceof Y.Item && struct.content instanceof Y.ContentString && endOf(struct) > known
    return isNew ? [{ client: struct.id.client, from: Math.max(struct.id.clock, known), to: endOf(struct) }] : []
  })
  let after = length + inserted.reduce((sum, { from, to }) => sum + to - from, 0)
  if (inserted.length === 0 || after <= limits.documentLength) return
  // What the update deletes counts too: of the text that still stands, and of what it inserts itself.
  for (const [client, ranges] of Y.mergeDeleteSets([ds]).clients) {
    const standing = (doc.store.clients.get(client) ?? []).flatMap((struct) =>
      struct.deleted ? [] : [{ from: struct.id.clock, to: endOf(struct) }],
    )
    const own = inserted.filter((piece) => piece.client === client).toSorted((one, other) => one.from - other.from)
    const deleted = ranges.map(({ clock, len }) => ({ from: clock, to: clock + len }))
    after -= shared(standing, deleted) + shared(own, deleted)
  }
  if (after > limits.documentLength) throw new DocumentFailure('too_large')
}

type Range = { from: number; to: number }

/** How much of the pieces lies in the ranges. Both ascend by `from`; the ranges are disjoint. */
function shared(pieces: readonly Range[], ranges: readonly Range[]): number {
  let sum = 0
  let first = 0
  for (const { from, to } of pieces) {
    for (; (ranges[first]?.to ?? Infinity) <= from; first += 1);
    for (let at = first, range = ranges[at]; range !== undefined && range.from < to; range = ranges[(at += 1)]) {
      sum += Math.min(to, range.to) - Math.max(from, range.from)
    }
  }
  return sum
}

function endOf({ id, length }: { id: Y.ID; length: number }): number {
  return id.clock + length
}
