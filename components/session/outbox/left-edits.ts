import * as Y from 'yjs'
import type { FailureCode } from '#protocol/failures.ts'
import { PushQueue, type PushQueueOptions } from '../push-queue.ts'
import type { OutboxRow } from './outbox-database.ts'

/** After a push that the server could not place although it is only behind. */
const againMs = 1_000

/** Edits that a tab left and the server does not take. */
export type Stranded = { rows: OutboxRow[]; code: FailureCode }

type LeftQueue = { rows: OutboxRow[]; queue: PushQueue }

type LeftEditsOptions = Omit<PushQueueOptions, 'left' | 'keep' | 'onResync' | 'onRefused' | 'send'> & {
  send(row: OutboxRow): ReturnType<PushQueueOptions['send']>
  onStranded(stranded: Stranded): void
}

/**
 * What tabs of this browser left when they went, on its way to the server: one queue for every Y.Doc that is no more, under the client
 * ids that those had. It never enters a Y.Doc here by itself; it comes back in the log like anybody's edit.
 */
export class LeftEdits {
  private readonly options: LeftEditsOptions
  private readonly queues = new Map<string, LeftQueue>()
  private running = false

  constructor(options: LeftEditsOptions) {
    this.options = options
  }

  get pending(): number {
    return [...this.queues.values()].reduce((sum, { queue }) => sum + queue.pending, 0)
  }

  /** Rows in the order in which they were typed. */
  add(rows: readonly OutboxRow[]) {
    const groups = new Map<string, OutboxRow[]>()
    for (const row of rows) {
      const key = `${row.fileId} ${row.clientId}`
      groups.set(key, [...(groups.get(key) ?? []), row])
    }
    for (const [key, own] of groups) {
      const earlier = this.queues.get(key)
      // The tab that was thought to be gone has typed on, and gone then.
      const known = new Set(earlier?.rows.map(({ pushId }) => pushId))
      earlier?.queue.close()
      const entry = this.queueOf(key, [...(earlier?.rows ?? []), ...own.filter(({ pushId }) => !known.has(pushId))])
      this.queues.set(key, entry)
      if (this.running) entry.queue.resume()
    }
    this.options.onPendingChanged()
  }

  resume() {
    this.running = true
    for (const { queue } of this.queues.values()) queue.resume()
  }

  pause() {
    this.running = false
    for (const { queue } of this.queues.values()) queue.pause()
  }

  pump() {
    for (const { queue } of this.queues.values()) queue.pump()
  }

  /** The push came back in the log. */
  stored(pushId: string) {
    for (const { queue } of this.queues.values()) queue.stored(pushId)
  }

  /** A file is gone. */
  remove(fileId: string) {
    for (const [key, { rows }] of this.queues) if (rows[0]?.fileId === fileId) this.strand(key, 'not_found')
  }

  private queueOf(key: string, rows: OutboxRow[]): LeftQueue {
    const entry: LeftQueue = {
      rows,
      queue: new PushQueue({
        ...this.options,
        left: rows,
        keep: () => Promise.resolve(true),
        send: (pushId, update) => {
          const row = entry.rows.find((known) => known.pushId === pushId)
          if (row === undefined) throw new Error('a push of an unknown row was sent')
          return this.options.send({ ...row, update })
        },
        forget: (pushIds) => {
          entry.rows = entry.rows.filter(({ pushId }) => !pushIds.includes(pushId))
          if (entry.rows.length === 0) this.queues.delete(key)
          this.options.forget(pushIds)
        },
        onResync: (pushId) => {
          if (entry.rows[0]?.pushId === pushId) return this.strand(key, 'resync')
          // It builds on one before it, which the server has put off and is sent again first.
          this.options.clock.after(againMs, () => {
            if (this.running && this.queues.get(key) === entry) entry.queue.resume()
          })
        },
        onRefused: ({ code }) => this.strand(key, code),
      }),
    }
    return entry
  }

  private strand(key: string, code: FailureCode) {
    const entry = this.queues.get(key)
    if (entry === undefined) return
    this.queues.delete(key)
    // First: from here on they are counted there.
    this.options.onStranded({ rows: entry.rows, code })
    entry.queue.close()
  }
}

/**
 * The text that those edits belong to. `base` is what their document held when they began to wait, `stored` what the server has, where
 * both are of one history. Where neither holds all that the edits build on, only what they inserted can be told.
 */
export function strandedText(rows: readonly OutboxRow[], base: Uint8Array | undefined, stored: Uint8Array | undefined): string {
  const doc = new Y.Doc()
  const text = doc.getText('text')
  for (const update of [stored, base, ...rows.map((row) => row.update)]) if (update !== undefined) Y.applyUpdate(doc, update)
  const whole = doc.store.pendingStructs === null && doc.store.pendingDs === null
  const result = whole ? text.toString() : rows.map(({ update }) => insertedText(update)).join('\n')
  doc.destroy()
  return result
}

function insertedText(update: Uint8Array): string {
  return Y.decodeUpdate(update)
    .structs.flatMap((struct) =>
      struct instanceof Y.Item && struct.content instanceof Y.ContentString ? [struct.content.str] : [],
    )
    .join('')
}
