import type { Insertable, Selectable } from 'kysely'
import type { Hunk } from '#protocol/hunks.ts'
import type { Schema } from './schema.ts'
import type { HunkReversal, StoredHunk } from './store.ts'

export function hunkRow(sessionId: string, hunk: Hunk, reversal: HunkReversal): Insertable<Schema['hunk']> {
  return {
    hunk_id: hunk.hunkId,
    session_id: sessionId,
    turn_id: hunk.turnId,
    block: hunk.block,
    file_id: hunk.fileId,
    path: hunk.path,
    kind: hunk.kind,
    state: hunk.state,
    reason: hunk.reason ?? null,
    rung: hunk.rung ?? null,
    start_position: hunk.start ?? null,
    end_position: hunk.end ?? null,
    base_text: hunk.baseText,
    proposed_text: hunk.proposedText ?? null,
    added_lines: hunk.addedLines,
    deleted_lines: hunk.deletedLines,
    decided_by: hunk.decidedBy ?? null,
    reversal_json: reversalJson(reversal),
  }
}

export function hunkOf(row: Selectable<Schema['hunk']>): StoredHunk {
  return {
    hunkId: row.hunk_id,
    sessionId: row.session_id,
    turnId: row.turn_id,
    block: row.block,
    fileId: row.file_id,
    path: row.path,
    kind: row.kind,
    state: row.state,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.rung === null ? {} : { rung: row.rung }),
    ...(row.start_position === null ? {} : { start: new Uint8Array(row.start_position) }),
    ...(row.end_position === null ? {} : { end: new Uint8Array(row.end_position) }),
    baseText: row.base_text,
    ...(row.proposed_text === null ? {} : { proposedText: row.proposed_text }),
    addedLines: row.added_lines,
    deletedLines: row.deleted_lines,
    ...(row.decided_by === null ? {} : { decidedBy: row.decided_by }),
    reversal: reversalOf(row.reversal_json),
  }
}

type PlainReversal = { inserted: HunkReversal['inserted']; deleted: { text: string; after: string }[] }

export function reversalJson(reversal: HunkReversal): string {
  const plain: PlainReversal = {
    inserted: reversal.inserted,
    deleted: reversal.deleted.map(({ text, after }) => ({ text, after: Buffer.from(after).toString('base64') })),
  }
  return JSON.stringify(plain)
}

function reversalOf(json: string): HunkReversal {
  const plain = JSON.parse(json) as PlainReversal
  return {
    inserted: plain.inserted,
    deleted: plain.deleted.map(({ text, after }) => ({ text, after: new Uint8Array(Buffer.from(after, 'base64')) })),
  }
}
