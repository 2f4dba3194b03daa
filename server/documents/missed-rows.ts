import type { Logger } from 'pino'
import type { Store } from '#store/store.ts'
import { documentFailure } from './document-failure.ts'
import { DocumentFailure, type MissedRows } from './documents.ts'

/** More than this travels faster as one document. */
const mostBytes = 512 * 1024

/** The rows after a seq, straight from the store: what is read there is committed. Rejects with `DocumentFailure`. */
export async function missedRows(options: {
  fileId: string
  afterSeq: number
  store: Store
  log: Logger
}): Promise<MissedRows> {
  const { fileId, afterSeq, store } = options
  try {
    const kept = await store.documentRows(fileId, afterSeq)
    if (kept === undefined) throw new DocumentFailure('not_found')
    const { headSeq, rows } = kept
    if (afterSeq > headSeq) throw new DocumentFailure('epoch_changed')
    const bytes = rows.reduce((sum, { update }) => sum + (update?.byteLength ?? 0), 0)
    const isWhole = rows.length === headSeq - afterSeq && bytes <= mostBytes
    return isWhole
      ? { compacted: false, headSeq, rows: rows.map(({ author: _author, ...row }) => row) }
      : { compacted: true, headSeq }
  } catch (error) {
    throw documentFailure(error, options)
  }
}
