import type { Hunk, HunkEvent } from './hunks.ts'

/**
 * Committed log rows of a document of the session, after `afterSeq` up to and with `seq`, as one: their updates merged, their hunk events
 * in order. Text and hunk events of a row are of the same moment. A tab that has not opened the document yet opens it.
 */
export type DocumentRange = {
  fileId: string
  afterSeq: number
  seq: number
  /** Of the pushes among the rows. */
  pushIds?: string[]
  update?: Uint8Array
  hunkEvents?: HunkEvent[]
}

/** A document that was opened: its committed state, or what follows the state vector that was sent. */
export type OpenedDocument = {
  fileId: string
  clientId: number
  seq: number
  /** Raised where the document was set back (a restored backup): what was written before does not merge into what comes after. */
  epoch: number
  update: Uint8Array
}

/** What `document.open` answers; `bulk`: the state is so large that the tab fetches it over HTTP. */
export type DocumentOpening = OpenedDocument | (Omit<OpenedDocument, 'update'> & { bulk: true })

/** What `document.rows` answers. */
export type DocumentRows =
  /** Every row after the asked seq; `hunks`: all of that file as they are now, because old rows do not tell them. */
  | { compacted: false; headSeq: number; rows: { seq: number; pushId?: string; update?: Uint8Array }[]; hunks: Hunk[] }
  /** Some of them are not kept any more: the document has to be opened again. */
  | { compacted: true; headSeq: number }

/** What a document is at a seq, told now and then to those who hold it. `hash`: see `document-hash.ts`. */
export type DocumentHead = { fileId: string; seq: number; hash: string }

/** Events about the text of files. */
export type DocumentEvents = {
  'document.updated': DocumentRange
  'document.head': DocumentHead
}
