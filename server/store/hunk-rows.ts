import type { Insertable, Selectable } from 'kysely'
import type { Hunk } from '#protocol/hunks.ts'
import type { Schema } from './schema.ts'
import type { HunkReversal, StoredHunk } from './store.ts'

/** Without what undoing did, which only an undo writes, and without the checkpoint, which stays. */
export function hunkRow(sessionId: string, hunk: Hunk, reversal: HunkReversal): Omit<Insertable<Schema['hunk']>, 'checkpoint'> {
  return {
    hunk_id: hunk.hunkId,
    session_id: sessionId,
    turn_id: hunk.turnId,
    block: hunk.block,
    file_id: hunk.fileId,
    path: hunk.path,
    kind: hunk.kind,
    new_path: hunk.newPath ?? null,
    asked_by: hunk.askedBy,
    merged: hunk.merged ? 1 : 0,
    state: hunk.state,
    reason: hunk.reason ?? null,
    rung: hunk.rung ?? null,
    start_position: hunk.start ?? null,
    end_position: hunk.end ?? null,
    base_text: hunk.baseText,
    proposed_text: hunk.proposedText ?? null,
    candidates_json: hunk.candidates === undefined ? null : JSON.stringify(hunk.candidates.map(plainRange)),
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
    ...(row.new_path === null ? {} : { newPath: row.new_path }),
    askedBy: row.asked_by,
    state: row.state,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.rung === null ? {} : { rung: row.rung }),
    ...(row.start_position === null ? {} : { start: new Uint8Array(row.start_position) }),
    ...(row.end_position === null ? {} : { end: new Uint8Array(row.end_position) }),
    baseText: row.base_text,
    ...(row.merged === 0 ? {} : { merged: true }),
    ...(row.proposed_text === null ? {} : { proposedText: row.proposed_text }),
    ...(row.candidates_json === null ? {} : { candidates: candidatesOf(row.candidates_json) }),
    addedLines: row.added_lines,
    deletedLines: row.deleted_lines,
    ...(row.decided_by === null ? {} : { decidedBy: row.decided_by }),
    reversal: reversalOf(row.reversal_json),
    ...(row.undoing_json === null ? {} : { undoing: reversalOf(row.undoing_json) }),
  }
}

type PlainRange = { start: string; end: string }

function plainRange({ start, end }: { start: Uint8Array; end: Uint8Array }): PlainRange {
  return { start: base64(start), end: base64(end) }
}

function candidatesOf(json: string): NonNullable<Hunk['candidates']> {
  return (JSON.parse(json) as PlainRange[]).map(({ start, end }) => ({ start: bytesOf(start), end: bytesOf(end) }))
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}

function bytesOf(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64'))
}

type PlainReversal = Omit<HunkReversal, 'deleted'> & { deleted: { text: string; after: string }[] }

export function reversalJson(reversal: HunkReversal): string {
  const plain: PlainReversal = {
    ...reversal,
    deleted: reversal.deleted.map(({ text, after }) => ({ text, after: base64(after) })),
  }
  return JSON.stringify(plain)
}

function reversalOf(json: string): HunkReversal {
  const plain = JSON.parse(json) as PlainReversal
  return {
    ...plain,
    deleted: plain.deleted.map(({ text, after }) => ({ text, after: bytesOf(after) })),
  }
}
