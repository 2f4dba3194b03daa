import Sqlite from 'better-sqlite3'
import { Kysely, SqliteDialect } from 'kysely'
import type { Schema } from './schema.ts'

/** Longest wait for another process that holds the file's lock. */
const busyTimeoutMs = 5_000

/** Opens a connection. `file` may be `:memory:`; a read-only connection needs a file that exists. */
export function openDatabase(file: string, access: 'write' | 'read'): Kysely<Schema> {
  const connection = new Sqlite(file, { readonly: access === 'read', timeout: busyTimeoutMs })
  if (access === 'write') {
    connection.pragma('journal_mode = WAL')
    // Without FULL a commit survives a crash of the process, but not a loss of power.
    connection.pragma('synchronous = FULL')
    connection.pragma('foreign_keys = ON')
  }
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: withStatementCache(connection) }) })
}

/** Kysely prepares a statement for every execution; the same few statements run all the time. */
function withStatementCache(connection: Sqlite.Database) {
  const statements = new Map<string, Sqlite.Statement>()
  return {
    prepare(sqlText: string) {
      const known = statements.get(sqlText)
      if (known) return known
      const statement = connection.prepare(sqlText)
      if (statements.size < 200) statements.set(sqlText, statement)
      return statement
    },
    close: () => connection.close(),
  }
}
