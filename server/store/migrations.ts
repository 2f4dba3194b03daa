import { sql, type Kysely, type Migration } from 'kysely'
import { baseTables } from './base-schema.ts'
import { looseBlobTables } from './blob-schema.ts'
import { reviewTables } from './review-schema.ts'

/** In order of their names. A migration that was released is never changed; a new one is added. */
export const migrations: Record<string, Migration> = {
  '0001-sessions-documents-turns': { up: (db) => execute(db, firstTables) },
  '0002-review-and-checkpoints': { up: (db) => execute(db, reviewAndCheckpoints) },
  '0003-checkpoint-order': { up: (db) => execute(db, checkpointOrder) },
  '0004-who-stopped': { up: (db) => execute(db, whoStopped) },
  '0005-messages': { up: (db) => execute(db, messages) },
  '0006-durable-documents': { up: (db) => execute(db, durableDocuments) },
  '0007-review-threads': { up: (db) => execute(db, reviewTables) },
  '0008-links': { up: (db) => execute(db, links) },
  '0009-folders-and-start': { up: (db) => execute(db, foldersAndStart) },
  '0010-zip-bases': { up: (db) => execute(db, baseTables) },
  '0011-loose-blobs': { up: (db) => execute(db, looseBlobTables) },
  '0012-review-turns': { up: (db) => execute(db, reviewTurns) },
}

async function execute(db: Kysely<unknown>, statements: readonly string[]): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const firstTables = [
  `create table visit (visit_id text primary key, created_at integer not null)`,
  `create table session (
    session_id text primary key, name text not null, sample_id text, created_at integer not null,
    backend_id text not null, model text not null)`,
  `create table participant (
    participant_id text primary key,
    session_id text not null references session on delete cascade,
    visit_id text not null, name text not null, role text not null, colour integer not null, opened_at integer not null,
    unique (session_id, visit_id))`,
  `create index participant_visit on participant (visit_id)`,
  `create table blob (sha256 text primary key, bytes blob not null)`,
  `create table file (
    file_id text primary key,
    session_id text not null references session on delete cascade,
    path text not null, kind text not null, line_ending text not null, bytes integer not null, proposed_by text,
    text_hash text not null references blob, text_seq integer not null,
    unique (session_id, path))`,
  `create index file_text_hash on file (text_hash)`,
  `create table document (
    file_id text primary key references file on delete cascade,
    head_seq integer not null, snapshot_seq integer not null)`,
  `create table document_update (
    file_id text not null references document on delete cascade,
    seq integer not null, author text not null, push_id text, bytes blob,
    primary key (file_id, seq), unique (file_id, push_id)) without rowid`,
  `create table document_snapshot (
    file_id text primary key references document on delete cascade,
    seq integer not null, bytes blob not null)`,
  `create table document_client (
    file_id text not null references document on delete cascade,
    client_id integer not null, owner text not null,
    primary key (file_id, client_id)) without rowid`,
  `create table turn (
    turn_id text primary key,
    session_id text not null references session on delete cascade,
    number integer not null, asked_by text not null, prompt text not null, references_json text not null,
    status text not null, reason text, failure_json text, backend_json text not null, started_at integer not null,
    measurements_json text, text_length integer not null, reasoning_length integer not null,
    unique (session_id, number))`,
  `create index turn_unended on turn (status) where status <> 'ended'`,
  `create table turn_chunk (
    turn_id text not null references turn on delete cascade,
    seq integer not null, text_offset integer not null, reasoning_offset integer not null, piece_json text not null,
    primary key (turn_id, seq)) without rowid`,
  `create table hunk (
    number integer primary key,
    hunk_id text not null unique,
    session_id text not null references session on delete cascade,
    turn_id text not null, block integer not null, file_id text, path text not null, kind text not null,
    state text not null, reason text, rung text, start_position blob, end_position blob, base_text text not null,
    proposed_text text, added_lines integer not null, deleted_lines integer not null, decided_by text,
    reversal_json text not null)`,
  `create index hunk_session on hunk (session_id)`,
  `create index hunk_turn on hunk (turn_id)`,
]

const reviewAndCheckpoints = [
  `alter table hunk add column asked_by text not null default ''`,
  `update hunk set asked_by = coalesce((select asked_by from turn where turn.turn_id = hunk.turn_id), '')`,
  `alter table hunk add column new_path text`,
  `alter table hunk add column merged integer not null default 0`,
  `alter table hunk add column candidates_json text`,
  `alter table hunk add column undoing_json text`,
  `alter table turn add column kind text not null default 'chat'`,
  `alter table turn add column target_json text`,
  `alter table turn add column rolled_back integer not null default 0`,
  `create table checkpoint_file (
    turn_id text not null references turn on delete cascade,
    file_id text not null, path text not null, kind text not null, line_ending text not null, proposed_by text,
    text_hash text not null references blob, seq integer not null,
    primary key (turn_id, file_id)) without rowid`,
  `create index checkpoint_file_text_hash on checkpoint_file (text_hash)`,
]

const checkpointOrder = [
  `alter table turn add column checkpoint integer`,
  `alter table hunk add column checkpoint integer not null default 0`,
  `alter table document add column typed_seq integer not null default 0`,
  // Nothing has written it so far.
  `drop table checkpoint_file`,
  `create table checkpoint_file (
    session_id text not null references session on delete cascade,
    file_id text not null, from_checkpoint integer not null, until_checkpoint integer,
    path text not null, kind text not null, line_ending text not null, proposed_by text,
    text_hash text not null references blob, seq integer not null,
    primary key (session_id, file_id, from_checkpoint)) without rowid`,
  `create index checkpoint_file_text_hash on checkpoint_file (text_hash)`,
]

const whoStopped = [`alter table turn add column stopped_by text`]

const messages = [
  `create table message (
    message_id text primary key,
    session_id text not null references session on delete cascade,
    number integer not null, author text not null, body text not null,
    created_at integer not null, edited_at integer, deleted integer not null default 0,
    unique (session_id, number))`,
]

const reviewTurns = [
  `alter table turn add column is_review integer not null default 0`,
  `alter table turn add column continues text`,
]

const durableDocuments = [
  `alter table document add column epoch integer not null default 0`,
  // What a client id was issued for; of those issued so far nobody wrote it down.
  `alter table document_client add column role text not null default 'viewer'`,
  `alter table document_snapshot rename to only_snapshot`,
  `create table document_snapshot (
    file_id text not null references document on delete cascade,
    seq integer not null, bytes blob not null, state_vector blob, text_hash text,
    primary key (file_id, seq))`,
  `insert into document_snapshot (file_id, seq, bytes) select file_id, seq, bytes from only_snapshot`,
  `drop table only_snapshot`,
]

const links = [
  `alter table session add column approval integer not null default 0`,
  `alter table participant add column standing text not null default 'member'`,
  `alter table participant add column joined_at integer not null default 0`,
  `update participant set joined_at = (select created_at from session where session.session_id = participant.session_id)`,
  `alter table participant add column link_id text`,
  `alter table participant add column guest integer not null default 0`,
  `alter table participant add column role_held integer not null default 0`,
  `alter table participant add column recovery_hash text`,
  `create unique index participant_recovery on participant (recovery_hash) where recovery_hash is not null`,
  `create table link (
    link_id text primary key,
    session_id text not null references session on delete cascade,
    secret_hash text not null unique, role text not null, label text not null, created_by text not null,
    created_at integer not null, expires_at integer not null, max_uses integer, uses integer not null,
    last_used_at integer, revoked_at integer)`,
  `create index link_session on link (session_id)`,
]

const foldersAndStart = [
  `create table folder (
    session_id text not null references session on delete cascade,
    path text not null,
    primary key (session_id, path)) without rowid`,
  `alter table session add column has_start integer not null default 0`,
]
