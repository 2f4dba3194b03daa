import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

export function documentReads(db: Kysely<Schema>): Pick<Store, 'document' | 'clientOwner'> {
  return {
    document: (fileId) =>
      // One transaction, so that no commit or compaction falls between the queries.
      db.transaction().execute(async (snapshot) => {
        const document = await snapshot
          .selectFrom('document')
          .innerJoin('file', 'file.file_id', 'document.file_id')
          .innerJoin('blob', 'blob.sha256', 'file.text_hash')
          .leftJoin('document_snapshot', 'document_snapshot.file_id', 'document.file_id')
          .select(['file.session_id', 'document.head_seq', 'blob.bytes as blob', 'document_snapshot.bytes as snapshot'])
          .where('document.file_id', '=', fileId)
          .executeTakeFirst()
        if (!document) return undefined
        const tail = await snapshot
          .selectFrom('document_update')
          .select(['seq', 'author', 'push_id', 'bytes'])
          .where('file_id', '=', fileId)
          .orderBy('seq')
          .execute()
        return {
          sessionId: document.session_id,
          seq: document.head_seq,
          ...(document.snapshot === null
            ? { blob: new Uint8Array(document.blob) }
            : { snapshot: new Uint8Array(document.snapshot) }),
          tail: tail.map((row) => ({
            seq: row.seq,
            author: row.author,
            ...(row.push_id === null ? {} : { pushId: row.push_id }),
            ...(row.bytes === null ? {} : { update: new Uint8Array(row.bytes) }),
          })),
        }
      }),

    async clientOwner(fileId, clientId) {
      const row = await db
        .selectFrom('document_client')
        .select('owner')
        .where('file_id', '=', fileId)
        .where('client_id', '=', clientId)
        .executeTakeFirst()
      return row?.owner
    },
  }
}
