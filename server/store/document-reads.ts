import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'
import type { Store } from './store.ts'

type DocumentReads = Pick<Store, 'document' | 'documentRows' | 'snapshot' | 'issuedClient'>

export function documentReads(db: Kysely<Schema>): DocumentReads {
  return {
    document: (fileId, beforeSnapshot) =>
      // One transaction, so that no commit or compaction falls between the queries.
      db.transaction().execute(async (reading) => {
        const document = await reading
          .selectFrom('document')
          .innerJoin('file', 'file.file_id', 'document.file_id')
          .innerJoin('blob', 'blob.sha256', 'file.text_hash')
          .select(['file.session_id', 'file.text_seq', 'document.head_seq', 'document.epoch', 'blob.bytes as blob'])
          .where('document.file_id', '=', fileId)
          .executeTakeFirst()
        if (!document) return undefined
        const snapshot = await reading
          .selectFrom('document_snapshot')
          .selectAll()
          .where('file_id', '=', fileId)
          .$if(beforeSnapshot !== undefined, (older) => older.where('seq', '<', beforeSnapshot ?? 0))
          .orderBy('seq', 'desc')
          .executeTakeFirst()
        // The blob is what the document started from only until it is replaced by a newer text.
        if (!snapshot && document.text_seq > 0) return undefined
        const snapshotSeq = snapshot?.seq ?? 0
        const rows = () =>
          reading.selectFrom('document_update').select(['seq', 'push_id']).where('file_id', '=', fileId).orderBy('seq')
        const tail = await rows().select(['author', 'bytes']).where('seq', '>', snapshotSeq).execute()
        const kept = await rows().where('seq', '<=', snapshotSeq).where('push_id', 'is not', null).execute()
        return {
          sessionId: document.session_id,
          seq: document.head_seq,
          epoch: document.epoch,
          snapshotSeq,
          ...(snapshot === undefined ? { blob: new Uint8Array(document.blob) } : { snapshot: snapshotOf(snapshot) }),
          tail: tail.map(rowOf),
          earlierPushes: kept.map(({ seq, push_id: pushId }) => ({ seq, pushId: pushId ?? '' })),
        }
      }),

    documentRows: (fileId, afterSeq) =>
      db.transaction().execute(async (reading) => {
        const document = await reading
          .selectFrom('document')
          .select(['head_seq', 'epoch'])
          .where('file_id', '=', fileId)
          .executeTakeFirst()
        if (!document) return undefined
        const rows = await reading
          .selectFrom('document_update')
          .select(['seq', 'author', 'push_id', 'bytes'])
          .where('file_id', '=', fileId)
          .where('seq', '>', afterSeq)
          .orderBy('seq')
          .execute()
        return { headSeq: document.head_seq, epoch: document.epoch, rows: rows.map(rowOf) }
      }),

    async snapshot(fileId, seq) {
      const row = await db
        .selectFrom('document_snapshot')
        .selectAll()
        .where('file_id', '=', fileId)
        .where('seq', '=', seq)
        .executeTakeFirst()
      return row && snapshotOf(row)
    },

    async issuedClient(fileId, clientId) {
      const row = await db
        .selectFrom('document_client')
        .select(['owner', 'role'])
        .where('file_id', '=', fileId)
        .where('client_id', '=', clientId)
        .executeTakeFirst()
      return row
    },
  }
}

function rowOf(row: { seq: number; author: string; push_id: string | null; bytes: Uint8Array | null }) {
  return {
    seq: row.seq,
    author: row.author,
    ...(row.push_id === null ? {} : { pushId: row.push_id }),
    ...(row.bytes === null ? {} : { update: new Uint8Array(row.bytes) }),
  }
}

function snapshotOf(row: { bytes: Uint8Array; state_vector: Uint8Array | null; text_hash: string | null }) {
  return {
    bytes: new Uint8Array(row.bytes),
    ...(row.state_vector === null || row.text_hash === null
      ? {}
      : { holds: { stateVector: new Uint8Array(row.state_vector), textHash: row.text_hash } }),
  }
}
