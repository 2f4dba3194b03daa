import * as Y from 'yjs'
import type { Role } from '#protocol/roles.ts'
import { DocumentFailure, type DocumentViewer, type Documents } from './documents.ts'
import type { DocumentState } from './document-state.ts'
import type { LiveDocument } from './live-document.ts'

type Opened = Awaited<ReturnType<Documents['openWithin']>>
/** An update, absent where it would be too large, and the client ids of which the viewer has more. */
type Lacking = { update: Uint8Array | undefined; ahead: number[] }

/**
 * What somebody who opens a document is told, without an update where that would be larger than `mostBytes`. Rejects with `epoch_changed` where the document was set back since the tab read it: told by
 * the epoch, or, where nobody raised that after a backup was restored, by what the tab has and the document does not.
 */
export async function openFor(live: LiveDocument, viewer: DocumentViewer, mostBytes: number): Promise<Opened> {
  const { participantId: owner, role = 'viewer', clientId, epoch, stateVector } = viewer
  if (epoch !== undefined || clientId !== undefined) {
    const now = await live.committed((state) => state.epoch)
    if (epoch !== undefined && epoch !== now) throw new DocumentFailure('epoch_changed')
  }
  if (clientId !== undefined) await confirm(live, { owner, clientId, role, continues: epoch !== undefined })
  const issued = clientId ?? (await live.issueClientId({ owner, role }))
  const { ahead, ...opened } = await live.committed((state) => ({
    clientId: issued,
    seq: state.seq,
    epoch: state.epoch,
    ...(stateVector === undefined ? whole(state, mostBytes) : difference(state, stateVector, mostBytes)),
  }))
  // Only what is committed is ever served, so nobody can have more of somebody else's text than the log.
  for (const client of ahead) if (!(await live.clientIds.isOf(owner, client))) throw new DocumentFailure('epoch_changed')
  return opened
}

async function confirm(
  live: LiveDocument,
  { continues, clientId, ...client }: { owner: string; clientId: number; role: Role; continues: boolean },
): Promise<void> {
  const known = await live.clientIds.of(clientId)
  if (known === undefined && continues) throw new DocumentFailure('epoch_changed')
  if (known?.owner !== client.owner) throw new DocumentFailure('foreign_client')
  await live.clientIds.confirm(clientId, client)
}

function whole(state: DocumentState, mostBytes: number): Lacking {
  return { update: state.storedBytes > mostBytes ? undefined : state.encode(), ahead: [] }
}

/** What somebody with that state vector lacks. */
function difference({ doc }: DocumentState, stateVector: Uint8Array, mostBytes: number): Lacking {
  try {
    const had = Y.decodeStateVector(stateVector)
    const ahead = [...had].filter(([client, clock]) => clock > Y.getState(doc.store, client)).map(([client]) => client)
    if (isLongSince(doc, had, mostBytes)) return { update: undefined, ahead }
    const update = Y.encodeStateAsUpdate(doc, stateVector)
    return { update: update.byteLength > mostBytes ? undefined : update, ahead }
  } catch (cause) {
    throw new DocumentFailure('resync', { cause })
  }
}

/** What Yjs writes at least: of an item beside its text, and of a run of deleted ones, all of which are in every difference. */
const leastBytes = { item: 4, deletedRun: 2 }

/** Whether what follows a state vector is longer than so many bytes, found out without encoding it. */
function isLongSince(doc: Y.Doc, had: Map<number, number>, mostBytes: number): boolean {
  let bytes = 0
  for (const [client, structs] of doc.store.clients) {
    const known = had.get(client) ?? 0
    let wasDeleted = false
    for (const { id, length, deleted } of structs) {
      const end = id.clock + length
      if (deleted && !wasDeleted) bytes += leastBytes.deletedRun
      if (end > known) bytes += leastBytes.item
      if (end > known && !deleted) bytes += end - Math.max(known, id.clock)
      if (bytes > mostBytes) return true
      wasDeleted = deleted
    }
  }
  return false
}
