import { z } from 'zod'
import { limits } from './limits.ts'

/** Bodies of the landing page's HTTP API. Every POST, PATCH and DELETE carries the header `x-flint: 1` and a same-origin `Origin`. */
export const createSessionBody = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('sample'), sampleId: z.string().regex(/^[a-z0-9-]{1,40}$/) }),
  z.strictObject({ from: z.literal('empty'), name: z.string().trim().min(1).max(limits.nameLength).optional() }),
])
export type CreateSessionBody = z.infer<typeof createSessionBody>

export const renameSessionBody = z.strictObject({ name: z.string().trim().min(1).max(limits.nameLength) })
export type RenameSessionBody = z.infer<typeof renameSessionBody>

/** GET /api/samples */
export type SampleInfo = { sampleId: string; name: string; description: string; language: string; files: number }
/** GET /api/sessions: one's own, most recently opened first. */
export type RecentSession = {
  sessionId: string
  name: string
  sampleId?: string
  files: number
  turns: number
  openedAt: number
}
/**
 * POST /api/sessions (JSON), POST /api/sessions?name=…&folder=keep (application/zip). A single folder around everything in a zip
 * is taken off; `folder=keep` keeps it, for what was packed from a picked folder.
 */
export type CreatedSession = { sessionId: string; imported: number; skipped: SkippedFile[] }
/**
 * POST /api/sessions/:sessionId/files (application/zip) ?folder=<into which, empty: the top> &conflict=skip|replace|both &keep=folder.
 * `replace` changes the text of a file that is there; `both` gives the new one a name beside it.
 */
export type ImportedInto = { added: number; replaced: number; skipped: SkippedFile[] }
export const conflictChoices = ['skip', 'replace', 'both'] as const
export type ConflictChoice = (typeof conflictChoices)[number]
export type SkippedFile = {
  path: string
  reason: 'invalid_path' | 'path_taken' | 'too_large' | 'too_many_files' | 'ignored'
}
/** GET /api/sessions/:id/texts: the last stored text of every text file, for language services. */
export type SessionTexts = { texts: { fileId: string; text: string; seq: number }[] }

/**
 * GET /api/sessions/:id/changes/:baseId: what differs between the files of a base and now, by path. `before` is null for a file that did
 * not exist or is not text; the text now is in the file's document.
 */
export type ChangesSinceBase = {
  changes: {
    /** Of the file now; where it is gone, the base's own. */
    fileId: string
    /** Path now; where the file is gone, the path it had. */
    path: string
    kind: 'changed' | 'created' | 'deleted' | 'renamed'
    pathBefore?: string
    before: string | null
    /** Lines that the change adds and deletes; absent where it is not text, or too large to count in time. */
    lines?: { added: number; deleted: number }
  }[]
}

/** Failure of an HTTP call: status 4xx or 5xx and this body. */
export type HttpFailure = {
  error: {
    code:
      | 'denied'
      | 'foreign_origin'
      | 'invalid_payload'
      | 'not_found'
      | 'too_large'
      | 'too_many_files'
      | 'too_many_bases'
      | 'session_full'
      | 'not_a_zip'
      | 'nothing_to_import'
      | 'wrong_password'
      | 'link_expired'
      | 'link_revoked'
      | 'link_used_up'
      | 'name_taken'
      | 'declined'
      | 'rate_limited'
      | 'unavailable'
      | 'internal'
  }
}
