import type { Selectable } from 'kysely'
import type { FileNode, SessionInfo } from '#protocol/sessions.ts'
import type { Schema } from './schema.ts'

export function sessionOf(row: Selectable<Schema['session']>): SessionInfo {
  return {
    sessionId: row.session_id,
    name: row.name,
    ...(row.sample_id === null ? {} : { sampleId: row.sample_id }),
    createdAt: row.created_at,
    backendId: row.backend_id,
    model: row.model,
    ...(row.approval === 0 ? {} : { approval: true as const }),
  }
}

export function fileOf(row: Omit<Selectable<Schema['file']>, 'session_id' | 'text_hash' | 'text_seq'>): FileNode {
  return {
    fileId: row.file_id,
    path: row.path,
    kind: row.kind,
    lineEnding: row.line_ending,
    bytes: row.bytes,
    ...(row.proposed_by === null ? {} : { proposedBy: row.proposed_by }),
  }
}
