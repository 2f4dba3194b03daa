import type { Generated } from 'kysely'
import type { FileNode } from '#protocol/sessions.ts'
import type { Hunk, HunkReason, HunkState, MatchRung } from '#protocol/hunks.ts'
import type { LinkRole } from '#protocol/links.ts'
import type { Role } from '#protocol/roles.ts'
import type { Standing } from '#protocol/sharing.ts'
import type { EndReason, Turn, TurnStatus } from '#protocol/turns.ts'
import type { BaseSchema } from './base-schema.ts'
import type { BlobSchema } from './blob-schema.ts'
import type { ReviewSchema } from './review-schema.ts'

type TablesElsewhere = ReviewSchema & BaseSchema & BlobSchema

/** Tables as the queries see them. Columns named `…_json` hold JSON; times are epoch ms; lengths and offsets UTF-16 units. */
export type Schema = TablesElsewhere & {
  visit: { visit_id: string; created_at: number }
  session: {
    session_id: string
    name: string
    sample_id: string | null
    created_at: number
    backend_id: string
    model: string
    approval: Generated<number>
    /** Whether the files that the session began with were written down, as its checkpoint 0. */
    has_start: Generated<number>
  }
  participant: {
    participant_id: string
    session_id: string
    visit_id: string
    name: string
    role: Role
    colour: number
    opened_at: number
    standing: Generated<Standing>
    joined_at: Generated<number>
    link_id: string | null
    guest: Generated<number>
    role_held: Generated<number>
    recovery_hash: string | null
  }
  /** `secret_hash`: SHA-256 in base64url of what stands in the link's fragment. */
  link: {
    link_id: string
    session_id: string
    secret_hash: string
    role: LinkRole
    label: string
    created_by: string
    created_at: number
    expires_at: number
    max_uses: number | null
    uses: number
    last_used_at: number | null
    revoked_at: number | null
  }
  file: {
    file_id: string
    session_id: string
    path: string
    kind: FileNode['kind']
    line_ending: FileNode['lineEnding']
    bytes: number
    proposed_by: string | null
    /** The file's bytes (UTF-8 and LF for text), as of `text_seq` of its document's log. */
    text_hash: string
    text_seq: number
  }
  /** A folder that exists without files: somebody made it, or took its last file away. */
  folder: { session_id: string; path: string }
  /**
   * One per text file. `head_seq` is the last seq given, `snapshot_seq` what the newest snapshot covers, `typed_seq` the last row that a
   * person pushed; all 0 at first.
   */
  document: {
    file_id: string
    head_seq: number
    snapshot_seq: number
    typed_seq: Generated<number>
    /** Raised by whoever sets documents back. */
    epoch: Generated<number>
  }
  document_update: { file_id: string; seq: number; author: string; push_id: string | null; bytes: Uint8Array | null }
  /**
   * The newest and the one before, which is kept for the day on which the newest does not load. `state_vector` and `text_hash` (SHA-256
   * in hex) say what must come out; absent in those that early versions wrote.
   */
  document_snapshot: {
    file_id: string
    seq: number
    bytes: Uint8Array
    state_vector: Uint8Array | null
    text_hash: string | null
  }
  /** `role`: of the participant when the id was issued to them. */
  document_client: { file_id: string; client_id: number; owner: string; role: Generated<Role> }
  turn: {
    turn_id: string
    session_id: string
    number: number
    asked_by: string
    prompt: string
    references_json: string
    status: TurnStatus
    reason: EndReason | null
    stopped_by: string | null
    failure_json: string | null
    backend_json: string
    started_at: number
    measurements_json: string | null
    kind: Turn['kind']
    target_json: string | null
    rolled_back: number
    is_review: Generated<number>
    continues: Generated<string | null>
    /** 1, 2, … in the order in which the session's checkpoints were taken; null until this turn's was. */
    checkpoint: number | null
    text_length: number
    reasoning_length: number
  }
  message: {
    message_id: string
    session_id: string
    /** 1, 2, … in the session. */
    number: number
    author: string
    body: string
    created_at: number
    edited_at: number | null
    deleted: number
  }
  /**
   * A file as it was in consecutive checkpoints of its session: from one (by its order) until before another, or the newest where
   * that is null. `text_hash` names a blob, which lives as long as this row.
   */
  checkpoint_file: {
    session_id: string
    file_id: string
    from_checkpoint: number
    until_checkpoint: number | null
    path: string
    kind: FileNode['kind']
    line_ending: FileNode['lineEnding']
    proposed_by: string | null
    text_hash: string
    /** Seq of the file's document that the text is of; 0 for a binary file. */
    seq: number
  }
  /** Append-only. `piece_json` is JSON because a chunk may end inside a surrogate pair, which UTF-8 cannot hold. */
  turn_chunk: { turn_id: string; seq: number; text_offset: number; reasoning_offset: number; piece_json: string }
  hunk: {
    /** Order in which hunks were opened. */
    number: Generated<number>
    hunk_id: string
    session_id: string
    turn_id: string
    block: number
    file_id: string | null
    path: string
    kind: Hunk['kind']
    new_path: string | null
    asked_by: string
    merged: number
    state: HunkState
    reason: HunkReason | null
    rung: MatchRung | null
    start_position: Uint8Array | null
    end_position: Uint8Array | null
    base_text: string
    proposed_text: string | null
    candidates_json: string | null
    added_lines: number
    deleted_lines: number
    decided_by: string | null
    reversal_json: string
    /** What undoing did to the document, in the same form; only while the hunk is undone. */
    undoing_json: string | null
    /** How many checkpoints the session had when the hunk was opened. */
    checkpoint: number
  }
}
