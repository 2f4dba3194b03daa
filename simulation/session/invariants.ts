import * as Y from 'yjs'
import { historyOf, loadedDocument } from './stored-history.ts'
import { anchorsDiffer, detachedIsWrong } from './thread-invariants.ts'
import { turnsDiffer, turnsRunOn } from './turn-invariants.ts'
import type { World } from './world.ts'

/** What has to hold when everything has arrived. Returns what does not. */
export async function broken(world: World): Promise<string[]> {
  return [
    ...(await replicasDiffer(world)),
    ...treesDiffer(world),
    ...talksDiffer(world),
    ...(await turnsDiffer(world, present(world))),
    ...(await anchorsDiffer(world, present(world))),
    ...(await logsHaveGaps(world)),
    ...(await logsDifferFromSnapshots(world)),
  ]
}

/** What has to hold when the server has just been started anew. Returns what does not. */
export async function brokenByRestart(world: World): Promise<string[]> {
  return [...(await acknowledgedIsMissing(world)), ...(await turnsRunOn(world)), ...(await detachedIsWrong(world))]
}

/** [I2] Everybody who may look holds what the server has. */
async function replicasDiffer(world: World): Promise<string[]> {
  const found: string[] = []
  for (const { fileId, kind } of await world.store.files(world.sessionId)) {
    if (kind !== 'text') continue
    const server = await loadedDocument(world, fileId)
    if (server === undefined) continue
    for (const { number, client } of present(world)) {
      const document = client.documents.get(fileId)
      if (document === undefined) continue
      if (document.status.state !== 'open') found.push(`[I2] ${fileId} is ${document.status.state} for person ${number}`)
      else if (!isSame(server, document.doc)) found.push(`[I2] person ${number} holds another ${fileId}`)
    }
  }
  return found
}

/** [I7] One path, one id, and the same tree for everybody. */
function treesDiffer(world: World): string[] {
  const trees = present(world).map(({ client }) => client.store.read().files)
  const found = trees.flatMap((files) => {
    const paths = files.map(({ path }) => path.toLowerCase())
    return new Set(paths).size === paths.length ? [] : [`[I7] two files have one path: ${paths.join(', ')}`]
  })
  const shown = new Set(trees.map((files) => JSON.stringify(files.map(({ fileId, path }) => [path, fileId]))))
  return shown.size > 1 ? [...found, `[I7] trees differ: ${[...shown].join(' and ')}`] : found
}

function talksDiffer(world: World): string[] {
  const talks = new Set(
    present(world).map(({ client }) => {
      const { review, chat } = client.store.read()
      return JSON.stringify([Object.keys(review.threads).toSorted(), chat.messages.map(({ messageId }) => messageId)])
    }),
  )
  return talks.size > 1 ? [`threads or messages differ: ${[...talks].join(' and ')}`] : []
}

/** [I3] */
async function logsHaveGaps(world: World): Promise<string[]> {
  return [...world.disk.rows].flatMap(([fileId, rows]) =>
    rows.every(({ seq }, index) => seq === index + 1)
      ? []
      : [`[I3] rows of ${fileId}: ${rows.map(({ seq }) => seq).join(' ')}`],
  )
}

/** [I4] What is stored of a document is what all rows of it make. */
async function logsDifferFromSnapshots(world: World): Promise<string[]> {
  const found: string[] = []
  for (const { fileId, kind } of await world.store.files(world.sessionId)) {
    const stored = kind === 'text' ? await loadedDocument(world, fileId) : undefined
    if (stored === undefined) continue
    if (!isSame(stored, historyOf(world, fileId))) found.push(`[I4] the snapshot of ${fileId} is not what its log makes`)
  }
  return found
}

/** [I1] Every acknowledged push has its effect after a restart. */
async function acknowledgedIsMissing(world: World): Promise<string[]> {
  const { documents } = world.server
  const files = new Set((await world.store.files(world.sessionId)).map(({ fileId }) => fileId))
  const found: string[] = []
  const docs = new Map<string, Y.Doc>()
  for (const { person, fileId, pushId, update } of world.witness.acknowledged) {
    if (!files.has(fileId)) continue
    let doc = docs.get(fileId)
    if (doc === undefined) {
      doc = new Y.Doc()
      Y.applyUpdate(doc, (await documents.open(fileId, { participantId: 'person-0', role: 'owner' })).update)
      docs.set(fileId, doc)
    }
    if (!holds(doc, update)) found.push(`[I1] ${pushId} of person ${person} was acknowledged and is gone`)
  }
  return found
}

function holds(doc: Y.Doc, update: Uint8Array): boolean {
  const { structs, ds } = Y.decodeUpdate(update)
  const deletedNow = Y.snapshot(doc).ds
  return (
    structs.every(({ id, length }) => Y.getState(doc.store, id.client) >= id.clock + length) &&
    [...ds.clients].every(([client, runs]) =>
      runs.every(({ clock, len }) => range(clock, len).every((each) => Y.isDeleted(deletedNow, Y.createID(client, each)))),
    )
  )
}

const range = (from: number, length: number) => Array.from({ length }, (_, index) => from + index)

function present(world: World) {
  return world.people.filter(({ number }) => !world.removed.has(number))
}

function isSame(one: Y.Doc, other: Y.Doc): boolean {
  if (one.getText('text').toString() !== other.getText('text').toString()) return false
  const [first, second] = [one, other].map((doc) => Y.decodeStateVector(Y.encodeStateVector(doc)))
  return first?.size === second?.size && [...(first ?? [])].every(([client, clock]) => second?.get(client) === clock)
}
