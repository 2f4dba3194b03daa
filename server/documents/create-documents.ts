import { randomInt } from 'node:crypto'
import type { Logger } from 'pino'
import type { Store } from '#store/store.ts'
import { openReplica } from './document-replica.ts'
import { DocumentThread } from './document-thread.ts'
import { DocumentFailure, type CommittedRow, type Documents } from './documents.ts'
import { Heads, systemEvery, type Every } from './heads.ts'
import { LiveDocument } from './live-document.ts'
import { missedRows } from './missed-rows.ts'
import { checkOffered } from './offered-update.ts'
import { openFor } from './open-document.ts'
import { storedState } from './stored-state.ts'

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
  every = systemEvery,
  compactor = new DocumentThread(),
  loader = new DocumentThread(),
}: {
  store: Store
  log: Logger
  newClientId?: () => number
  /** Runs work again and again; tests bring their own time. */
  every?: Every
  /** Both are closed with the documents. Two, so that who opens a document never waits until another is compacted. */
  compactor?: DocumentThread
  loader?: DocumentThread
}): Documents {
  const inUse = new Map<string, InUse>()
  const listeners = new Set<(row: CommittedRow) => void>()
  const heads = new Heads({
    every,
    log,
    viewed: () => [...inUse.values()].filter(({ viewers }) => viewers > 0).map(({ live }) => live),
  })
  let mismatches = 0
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
      entry = {
        live: new LiveDocument({ fileId, store, log, compactor, loader, newClientId, onCommitted }),
        viewers: 0,
        uses: 0,
      }
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

  const openWithin: Documents['openWithin'] = (fileId, viewer, mostBytes) =>
    during(fileId, async (entry) => {
      const opened = await openFor(entry.live, viewer, mostBytes)
      entry.viewers += 1
      return opened
    })

  async function close(): Promise<void> {
    heads.close()
    await Promise.all(Array.from(inUse.values(), ({ live }) => live.compact()))
    inUse.clear()
    await Promise.all([compactor.close(), loader.close()])
  }

  return {
    open: async (fileId, viewer) => {
      const { update = new Uint8Array(), ...opened } = await openWithin(fileId, viewer, Infinity)
      return { ...opened, update }
    },
    openWithin,

    push: (fileId, { participantId, update, ...push }) =>
      during(fileId, ({ live }) =>
        // A copy, because the bytes may be a view on the frame that they came in.
        live.write({ author: { kind: 'participant', participantId }, ...push, update: new Uint8Array(update) }),
      ),

    state: (fileId) => during(fileId, ({ live }) => storedState(live)),

    checkOffered: (fileId, push) =>
      during(fileId, ({ live }) => checkOffered(live, { ...push, update: new Uint8Array(push.update) })),

    rows: (fileId, afterSeq) => missedRows({ fileId, afterSeq, store, log }),

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

    onHead: heads.on,

    mismatched(fileId, told) {
      mismatches += 1
      log.error({ fileId, ...told, mismatches }, 'a tab holds something else than the document')
    },

    read: (fileId, take) =>
      during(fileId, ({ live }) => live.committed((state) => ({ value: take(state.text), seq: state.seq }))),

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
