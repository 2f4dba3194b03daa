import { randomInt } from 'node:crypto'
import * as Y from 'yjs'
import type { Logger } from 'pino'
import type { Store } from '#store/store.ts'
import { Compactor } from './compactor.ts'
import { openReplica } from './document-replica.ts'
import { DocumentFailure, type CommittedRow, type Documents } from './documents.ts'
import { LiveDocument } from './live-document.ts'

type InUse = {
  live: LiveDocument
  /** Opened and not yet released. */
  viewers: number
  /** Calls and replicas that are under way. */
  uses: number
}

/**
 * Holds the documents that somebody looks at or writes. `newClientId` gives a random number from 2 to 2³²−1; it is asked
 * again where a document already knows the number.
 */
export function createDocuments({
  store,
  log,
  newClientId = () => randomInt(2, 2 ** 32),
}: {
  store: Store
  log: Logger
  newClientId?: () => number
}): Documents {
  const compactor = new Compactor()
  const inUse = new Map<string, InUse>()
  const listeners = new Set<(row: CommittedRow) => void>()
  let closing: Promise<void> | undefined

  function onCommitted(row: CommittedRow): void {
    for (const listener of listeners) {
      try {
        listener(row)
      } catch (error) {
        log.error({ err: error, fileId: row.fileId }, 'a listener of committed rows failed')
      }
    }
  }

  function take(fileId: string): InUse {
    if (closing) throw new DocumentFailure('unavailable')
    let entry = inUse.get(fileId)
    if (!entry) {
      entry = { live: new LiveDocument({ fileId, store, log, compactor, newClientId, onCommitted }), viewers: 0, uses: 0 }
      inUse.set(fileId, entry)
    }
    entry.uses += 1
    return entry
  }

  function giveBack(entry: InUse): void {
    entry.uses -= 1
    void unloadIfIdle(entry)
  }

  async function unloadIfIdle(entry: InUse): Promise<void> {
    const isIdle = () => entry.viewers === 0 && entry.uses === 0
    if (!isIdle()) return
    await entry.live.compact()
    // Somebody may have come meanwhile, or another call may have been faster.
    if (isIdle() && inUse.get(entry.live.fileId) === entry) inUse.delete(entry.live.fileId)
  }

  async function during<Value>(fileId: string, run: (entry: InUse) => Promise<Value>): Promise<Value> {
    const entry = take(fileId)
    try {
      return await run(entry)
    } finally {
      giveBack(entry)
    }
  }

  async function close(): Promise<void> {
    await Promise.all(Array.from(inUse.values(), ({ live }) => live.compact()))
    inUse.clear()
    await compactor.close()
  }

  return {
    open: (fileId, { participantId, clientId, stateVector }) =>
      during(fileId, async (entry) => {
        const { live } = entry
        if (clientId !== undefined && !(await live.owns(participantId, clientId))) throw new DocumentFailure('foreign_client')
        const issued = clientId ?? (await live.issueClientId(participantId))
        const opened = await live.committed((state) => ({
          clientId: issued,
          seq: state.seq,
          update: stateVector === undefined ? state.encode() : difference(state.doc, stateVector),
        }))
        entry.viewers += 1
        return opened
      }),

    push: (fileId, { participantId, pushId, update }) =>
      during(fileId, ({ live }) =>
        // A copy, because the bytes may be a view on the frame that they came in.
        live.write({ author: { kind: 'participant', participantId }, pushId, update: new Uint8Array(update) }),
      ),

    replica: async (fileId, author) => {
      const entry = take(fileId)
      try {
        return await openReplica(entry.live, author, () => giveBack(entry))
      } catch (error) {
        giveBack(entry)
        throw error
      }
    },

    text: (fileId) =>
      during(fileId, ({ live }) => live.committed((state) => ({ text: state.text.toString(), seq: state.seq }))),

    onCommitted(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },

    release(fileId) {
      const entry = inUse.get(fileId)
      if (!entry || entry.viewers === 0) return
      entry.viewers -= 1
      void unloadIfIdle(entry)
    },

    forget(fileIds) {
      for (const fileId of fileIds) inUse.get(fileId)?.live.invalidate()
    },

    close: () => (closing ??= close()),
  }
}

function difference(doc: Y.Doc, stateVector: Uint8Array): Uint8Array {
  try {
    return Y.encodeStateAsUpdate(doc, stateVector)
  } catch (cause) {
    throw new DocumentFailure('resync', { cause })
  }
}
