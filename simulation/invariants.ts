import { pino } from 'pino'
import * as Y from 'yjs'
import { documentHash } from '#protocol/document-hash.ts'
import { documentText, seedUpdate } from '#documents/document-text.ts'
import { withIntactDocument } from '#documents/intact-document.ts'
import { loaded } from '#documents/stored-document.ts'
import { sessionId } from './simulated-server.ts'
import { firstTexts, Violation, type World } from './world.ts'

const log = pino({ level: 'silent' })

/** Cheap enough for after every step. */
export function checkAlways({ log: { rows } }: World): void {
  for (const [fileId, committed] of rows) {
    for (const [at, { seq }] of committed.entries()) {
      check(seq === at + 1, `[I3] row ${at + 1} of ${fileId} has seq ${seq}`)
    }
    const pushIds = committed.flatMap(({ pushId }) => pushId ?? [])
    check(new Set(pushIds).size === pushIds.length, `[I3] a push of ${fileId} is stored twice`)
  }
}

/** When everything has arrived. */
export async function checkAtRest(world: World): Promise<void> {
  const files = await world.store.files(sessionId)
  check(new Set(files.map(({ path }) => path)).size === files.length, '[I7] two files have one path')
  for (const peer of world.peers) {
    if (peer.revoked) continue
    const tree = (nodes: Iterable<{ fileId: string; path: string }>) =>
      JSON.stringify([...nodes].map(({ fileId, path }) => `${path} ${fileId}`).toSorted())
    check(tree(peer.files.values()) === tree(files), `[I7] ${peer.participantId} sees another tree`)
  }
  for (const { fileId } of files) await checkDocument(world, fileId)
  const gone = (fileId: string) => !files.some((file) => file.fileId === fileId)
  for (const peer of world.peers) {
    for (const [pushId, { fileId, seq }] of peer.acknowledged) {
      const row = world.log.rows.get(fileId)?.find((candidate) => candidate.pushId === pushId)
      check(row?.seq === seq || gone(fileId), `[I1] ${pushId}, acknowledged as ${seq}, is stored as ${row?.seq}`)
    }
  }
  for (const pushId of world.denied) check(!world.log.holds(pushId), `[I5] ${pushId} was denied and is stored`)
}

async function checkDocument(world: World, fileId: string): Promise<void> {
  const intact = await withIntactDocument({ store: world.store, log, fileId }, loaded)
  if (!intact) throw new Violation(`${fileId} is not stored`)
  const stored = nameOf(intact.value)
  const rows = world.log.rows.get(fileId) ?? []
  check(intact.stored.seq === rows.length, `[I1] ${fileId} is stored up to ${intact.stored.seq} of ${rows.length}`)
  check(stored === nameOf(replay(fileId, rows)), `[I4] snapshot and tail of ${fileId} are not its log`)
  for (const { participantId, revoked, documents, mayEdit } of world.peers) {
    const document = documents.get(fileId)
    if (revoked || document === undefined) continue
    if (document.status.state === 'refused') {
      // Edits that were waiting when the role was lowered: kept in the tab, refused by the server.
      const { reason } = document.status
      check(reason === 'denied', `${participantId} was refused ${fileId}: ${reason}, ${mayEdit ? 'may' : 'may not'} edit`)
      continue
    }
    check(nameOf(document.doc) === stored, `[I2] ${participantId} has another ${fileId}`)
  }
}

function replay(fileId: string, rows: { update?: Uint8Array }[]): Y.Doc {
  const doc = new Y.Doc()
  Y.applyUpdate(doc, seedUpdate(new TextEncoder().encode(firstTexts[fileId])))
  for (const { update } of rows) if (update) Y.applyUpdate(doc, update)
  return doc
}

/** Equal where text, state vector and hash are. */
function nameOf(doc: Y.Doc): string {
  return documentHash(documentText(doc).toString(), Y.encodeStateVector(doc))
}

function check(holds: boolean, otherwise: string): void {
  if (!holds) throw new Violation(otherwise)
}
