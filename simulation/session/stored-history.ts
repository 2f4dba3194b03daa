import * as Y from 'yjs'
import { seedUpdate } from '#documents/document-text.ts'
import { loaded } from '#documents/stored-document.ts'
import type { World } from './world.ts'

/** A document as a server that has just started loads it; undefined where there is no such file. */
export async function loadedDocument(world: World, fileId: string): Promise<Y.Doc | undefined> {
  const stored = await world.store.document(fileId)
  return stored && loaded(stored)
}

/** A document made of every row that was ever committed, up to a seq, with all that was deleted. */
export function historyOf({ disk }: World, fileId: string, seq = Infinity): Y.Doc {
  const doc = new Y.Doc({ gc: false })
  Y.applyUpdate(doc, seedUpdate(disk.seeds.get(fileId) ?? new Uint8Array()))
  for (const row of disk.rows.get(fileId) ?? []) if (row.update !== undefined && row.seq <= seq) Y.applyUpdate(doc, row.update)
  return doc
}
