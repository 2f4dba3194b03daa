import type { FileNode } from '#protocol/sessions.ts'

/** Tables of the zips that a session is compared with. Times are epoch ms. */
export type BaseSchema = {
  base: { base_id: string; session_id: string; name: string; added_by: string; added_at: number }
  /** A file of such a zip. `file_id` is its own, no file of the tree has it; `text_hash` names a blob, which lives as long as this row. */
  base_file: {
    base_id: string
    file_id: string
    path: string
    kind: FileNode['kind']
    line_ending: FileNode['lineEnding']
    text_hash: string
  }
}

export const baseTables = [
  `create table base (
    base_id text primary key,
    session_id text not null references session on delete cascade,
    name text not null, added_by text not null, added_at integer not null,
    unique (session_id, name))`,
  `create table base_file (
    base_id text not null references base on delete cascade,
    file_id text not null, path text not null, kind text not null, line_ending text not null,
    text_hash text not null references blob,
    primary key (base_id, file_id)) without rowid`,
  `create index base_file_text_hash on base_file (text_hash)`,
]
