import { Migrator, type Kysely, type Migration } from 'kysely'
import { StoreFailure } from './store-failure.ts'

/**
 * Brings a database up to the newest of `migrations`, all or nothing. Throws `StoreFailure`: `newer_schema` where the
 * database holds a migration that this version does not know.
 */
export async function migrate<Tables>(db: Kysely<Tables>, migrations: Record<string, Migration>): Promise<void> {
  await refuseNewer(db, migrations)
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw new StoreFailure('failed', 'The database could not be migrated.', { cause: error })
}

async function refuseNewer<Tables>(db: Kysely<Tables>, migrations: Record<string, Migration>): Promise<void> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some((table) => table.name === 'kysely_migration')) return
  const applied = await (db as unknown as Kysely<{ kysely_migration: { name: string } }>)
    .selectFrom('kysely_migration')
    .select('name')
    .execute()
  const unknown = applied.map((row) => row.name).find((name) => !(name in migrations))
  if (unknown === undefined) return
  throw new StoreFailure(
    'newer_schema',
    `The database was written by a newer version of Flint (it holds the migration "${unknown}"). ` +
      'Start that version again, or name another database file.',
  )
}
