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
export function checkLength(doc: Y.Doc, update: Uint8Array, { structs }: DecodedUpdate): void {
  let inserted = 0
  for (const struct of structs) {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue
    const known = Y.getState(doc.store, struct.id.client)
    inserted += Math.max(0, struct.id.clock + struct.length - Math.max(struct.id.clock, known))
  }
  const { length } = documentText(doc)
  if (inserted === 0 || length + inserted <= limits.documentLength) return
  // What the update deletes counts too, and only applying it tells how much of that still stands.
  const trial = new Y.Doc()
  Y.applyUpdate(trial, Y.encodeStateAsUpdate(doc))
  Y.applyUpdate(trial, update)
  const after = documentText(trial).length
  trial.destroy()
  if (after > limits.documentLength) throw new DocumentFailure('too_large')
}
