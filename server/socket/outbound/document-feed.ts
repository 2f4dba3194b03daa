import * as Y from 'yjs'
import type { DocumentRange } from '#protocol/documents.ts'
import type { HunkEvent } from '#protocol/hunks.ts'
import { Batches, type Batch, type Feed } from './feed.ts'
import { packetOf } from './packet.ts'
import { SharedLog } from './shared-log.ts'

const bounds = { entries: 2_000, bytes: 2_000_000 }
/** A batch has few rows, because merging takes longer than their number grows, and few files, because each is a packet. */
const rowsPerBatch = 32
const bytesPerBatch = 64 * 1024
const filesPerBatch = 8

const bytesPerHunkEvent = 400

type Row = { range: DocumentRange; bytes: number }

/**
 * Committed rows of all documents of a session. What a reader has not read yet is sent to it as one range per file. To a reader that is too
 * far behind it is told how far each document is: it asks for what it lacks.
 */
export class DocumentFeed implements Feed {
  readonly #log = new SharedLog<Row>(bounds, ({ range: { fileId, seq } }, index) => {
    // Whoever lacks an earlier row of the file lacks this one: in the order of their indexes, one per file.
    this.#dropped.delete(fileId)
    this.#dropped.set(fileId, { index, seq })
  })
  /** Last row of each file that went while somebody might have read it. */
  readonly #dropped = new Map<string, { index: number; seq: number }>()
  readonly #batches = new Batches((cursor) => (cursor < this.#log.first ? this.#gaps(cursor) : this.#ranges(cursor)))

  get end(): number {
    return this.#log.end
  }

  append(range: DocumentRange): void {
    const { update, hunkEvents = [] } = range
    this.#log.append({ range, bytes: hunkEvents.reduce((sum, event) => sum + sizeOf(event), update?.byteLength ?? 0) })
  }

  take(cursor: number): Batch | undefined {
    return cursor >= this.#log.end ? undefined : this.#batches.take(cursor, this.#log.end)
  }

  forget(cursor: number): void {
    this.#log.forget(cursor)
    for (const [fileId, { index }] of this.#dropped) {
      if (index >= cursor) break
      this.#dropped.delete(fileId)
    }
  }

  #ranges(cursor: number): Batch {
    const files = new Map<string, DocumentRange[]>()
    let [next, bytes] = [cursor, 0]
    for (const row of this.#log.from(cursor)) {
      const { fileId } = row.range
      const isFull = next - cursor === rowsPerBatch || (bytes > 0 && bytes + row.bytes > bytesPerBatch)
      if (isFull || (files.size === filesPerBatch && !files.has(fileId))) break
      files.set(fileId, [...(files.get(fileId) ?? []), row.range])
      bytes += row.bytes
      next += 1
    }
    return { packets: Array.from(files.values(), (ranges) => packetOf('document.updated', merged(ranges))), next }
  }

  #gaps(cursor: number): Batch {
    const gaps: DocumentRange[] = []
    let next = this.#log.first
    for (const [fileId, { index, seq }] of this.#dropped) {
      if (index < cursor) continue
      if (gaps.length === filesPerBatch) break
      gaps.push({ fileId, afterSeq: seq, seq })
      next = index + 1
    }
    const isLast = gaps.length < filesPerBatch
    return { packets: gaps.map((gap) => packetOf('document.updated', gap)), next: isLast ? this.#log.first : next }
  }
}

/** About how many bytes; counting them would take longer than to send them. */
function sizeOf(event: HunkEvent): number {
  const texts = event.type === 'grew' ? [event.replaced?.text] : [event.hunk.baseText, event.hunk.proposedText]
  return texts.reduce((sum, text = '') => sum + text.length, bytesPerHunkEvent)
}

/** Consecutive ranges of one file as one. */
function merged(ranges: readonly DocumentRange[]): DocumentRange {
  const [first] = ranges
  const last = ranges.at(-1)
  if (first === undefined || last === undefined) throw new Error('a range of no rows')
  if (first === last) return first
  const updates = ranges.flatMap(({ update }) => update ?? [])
  const pushIds = ranges.flatMap((range) => range.pushIds ?? [])
  const hunkEvents = ranges.flatMap((range) => range.hunkEvents ?? [])
  return {
    fileId: first.fileId,
    afterSeq: first.afterSeq,
    seq: last.seq,
    ...(pushIds.length === 0 ? {} : { pushIds }),
    ...(updates.length === 0 ? {} : { update: Y.mergeUpdates(updates) }),
    ...(hunkEvents.length === 0 ? {} : { hunkEvents }),
  }
}
