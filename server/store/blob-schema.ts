/** Tables of what files hold. */
export type BlobSchema = {
  /** Content-addressed: `sha256` in hex. A blob lives as long as a file, a checkpoint or a zip names it, and until it is swept. */
  blob: { sha256: string; bytes: Uint8Array }
  /** A blob that perhaps nothing names: not yet, or no more. */
  loose_blob: { sha256: string }
}

export const looseBlobTables = [
  `create table loose_blob (sha256 text primary key references blob on delete cascade) without rowid`,
]
