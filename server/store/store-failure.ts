/**
 * - `closed`: the store was closed; nothing was changed.
 * - `disk_full`: the database could not grow; nothing was changed.
 * - `in_use`: another process has the file open.
 * - `newer_schema`: the file was written by a newer version.
 * - `missing`: the session, file, turn or hunk that the write names does not exist.
 * - `refused`: the write contradicts what is stored (a path or an id that is taken).
 * - `full`: there are as many as the write allows.
 * - `gap`: the write does not continue what is stored (an offset, an expected seq).
 * - `failed`: any other error of the database, or the writer thread died; then it is uncertain what was changed.
 */
export type StoreFailureCode =
  | 'closed'
  | 'disk_full'
  | 'in_use'
  | 'newer_schema'
  | 'missing'
  | 'refused'
  | 'full'
  | 'gap'
  | 'failed'

/** Every error of the store; the database's own error is its `cause`. */
export class StoreFailure extends Error {
  override name = 'StoreFailure'
  readonly code: StoreFailureCode
  constructor(code: StoreFailureCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** What a `StoreFailure` becomes on its way between threads, because structured clone keeps no class and no `code`. */
export type PlainFailure = { code: StoreFailureCode; message: string; cause?: { message: string; code?: string } }

export function plainFailure(error: unknown): PlainFailure {
  if (error instanceof StoreFailure) return { code: error.code, message: error.message }
  const { message, code } = described(error)
  return { code: failureCode(code), message, cause: code === undefined ? { message } : { message, code } }
}

export function storeFailure(plain: PlainFailure): StoreFailure {
  if (plain.cause === undefined) return new StoreFailure(plain.code, plain.message)
  const cause = Object.assign(new Error(plain.cause.message), plain.cause.code === undefined ? {} : { code: plain.cause.code })
  return new StoreFailure(plain.code, plain.message, { cause })
}

function described(error: unknown): { message: string; code?: string } {
  if (!(error instanceof Error)) return { message: String(error) }
  return 'code' in error && typeof error.code === 'string'
    ? { message: error.message, code: error.code }
    : { message: error.message }
}

function failureCode(sqliteCode: string | undefined): StoreFailureCode {
  if (sqliteCode === 'SQLITE_FULL') return 'disk_full'
  if (sqliteCode === 'SQLITE_CONSTRAINT_FOREIGNKEY') return 'missing'
  if (sqliteCode?.startsWith('SQLITE_CONSTRAINT')) return 'refused'
  return 'failed'
}
