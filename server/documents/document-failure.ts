import type { Logger } from 'pino'
import { StoreFailure } from '#store/store-failure.ts'
import { DocumentFailure } from './documents.ts'

/** What a failure of the store is for whoever asked something of the document. Logged where it is not their doing. */
export function documentFailure(error: unknown, { log, fileId }: { log: Logger; fileId: string }): DocumentFailure {
  if (error instanceof DocumentFailure) return error
  if (error instanceof StoreFailure && error.code === 'missing') return new DocumentFailure('not_found', { cause: error })
  log.error({ err: error, fileId }, 'the store failed a document')
  return new DocumentFailure('unavailable', { cause: error })
}
