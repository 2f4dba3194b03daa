import type { Generated } from 'kysely'
import type { ReactionKind, ThreadState, Verdict } from '#protocol/review.ts'

/** Tables of the review. Times are epoch ms; positions are encoded Y.RelativePositions. */
export type ReviewSchema = {
  thread: {
    thread_id: string
    session_id: string
    /** Of a file that may be gone by now. */
    file_id: string
    path: string
    anchor_start: Uint8Array | null
    anchor_end: Uint8Array | null
    quoted_text: string
    quoted_once: number
    from_line: number | null
    to_line: number | null
    base_seq: number
    base_hash: string
    state: ThreadState
    created_by: string | null
    created_at: number
    resolved_by: string | null
  }
  comment: {
    /** Order in which comments were written. */
    number: Generated<number>
    comment_id: string
    thread_id: string
    author: string | null
    body: string
    created_at: number
    edited_at: number | null
    deleted: number
    pending: number
    review_id: string | null
    suggestion_json: string | null
    turn_id: string | null
  }
  comment_version: { number: Generated<number>; comment_id: string; body: string; written_at: number }
  comment_reaction: { number: Generated<number>; comment_id: string; participant_id: string; reaction: ReactionKind }
  review: {
    number: Generated<number>
    review_id: string
    session_id: string
    author: string
    verdict: Verdict
    body: string
    submitted_at: number
    comments: number
  }
  review_request: { session_id: string; participant_id: string; requested_by: string; requested_at: number }
  viewed_file: { session_id: string; participant_id: string; file_id: string; text_hash: string }
  review_settings: { session_id: string; reviewers_may_ask: number }
}

export const reviewTables = [
  `create table thread (
    thread_id text primary key,
    session_id text not null references session on delete cascade,
    file_id text not null, path text not null, anchor_start blob, anchor_end blob,
    quoted_text text not null, quoted_once integer not null, from_line integer, to_line integer,
    base_seq integer not null, base_hash text not null, state text not null,
    created_by text, created_at integer not null, resolved_by text)`,
  `create index thread_session on thread (session_id)`,
  `create index thread_file on thread (file_id)`,
  `create table comment (
    number integer primary key,
    comment_id text not null unique,
    thread_id text not null references thread on delete cascade,
    author text, body text not null, created_at integer not null, edited_at integer, deleted integer not null,
    pending integer not null, review_id text, suggestion_json text, turn_id text)`,
  `create index comment_thread on comment (thread_id)`,
  `create table comment_version (
    number integer primary key,
    comment_id text not null references comment (comment_id) on delete cascade,
    body text not null, written_at integer not null)`,
  `create index comment_version_comment on comment_version (comment_id)`,
  `create table comment_reaction (
    number integer primary key,
    comment_id text not null references comment (comment_id) on delete cascade,
    participant_id text not null, reaction text not null,
    unique (comment_id, participant_id, reaction))`,
  `create table review (
    number integer primary key,
    review_id text not null unique,
    session_id text not null references session on delete cascade,
    author text not null, verdict text not null, body text not null, submitted_at integer not null, comments integer not null)`,
  `create index review_session on review (session_id)`,
  `create table review_request (
    session_id text not null references session on delete cascade,
    participant_id text not null, requested_by text not null, requested_at integer not null,
    primary key (session_id, participant_id)) without rowid`,
  `create table viewed_file (
    session_id text not null references session on delete cascade,
    participant_id text not null, file_id text not null, text_hash text not null,
    primary key (session_id, participant_id, file_id)) without rowid`,
  `create table review_settings (
    session_id text primary key references session on delete cascade, reviewers_may_ask integer not null)`,
]
