import { z } from 'zod'
import { limits } from './limits.ts'
import { id, offset } from './command.ts'

/** What is searched for. Globs are separated by commas; empty ones choose every file, or none. */
export const searchQuery = z.strictObject({
  text: z.string().min(1).max(1_000),
  regex: z.boolean(),
  caseSensitive: z.boolean(),
  wholeWord: z.boolean(),
  include: z.string().max(500),
  exclude: z.string().max(500),
})
export type SearchQuery = z.infer<typeof searchQuery>

const replacement = z.string().max(10_000)

/** POST /api/sessions/:sessionId/search; answered by one `SearchLine` per line (NDJSON), as files are searched. */
export const searchBody = z.strictObject({
  query: searchQuery,
  /** What each match would become is told with it. */
  replacement: replacement.optional(),
  /** Only these files, such as those that changed since. */
  fileIds: z.array(id).max(limits.filesPerSession).optional(),
})
export type SearchBody = z.infer<typeof searchBody>

export type SearchMatch = {
  /** In the text at the file's `seq`, in UTF-16 units. */
  start: number
  end: number
  /** 1-based. */
  line: number
  column: number
  /** The line, or what is around the match of a long one, and where the match stands in it. */
  preview: string
  from: number
  to: number
  /** What a replacement puts there, cut where it is long. */
  replacement?: string
}
export type SearchedFile = { fileId: string; path: string; seq: number; matches: SearchMatch[] }

export type SearchLine =
  | { type: 'start'; files: number }
  | ({ type: 'file' } & SearchedFile)
  | { type: 'progress'; searched: number }
  /** `limit`: there are more matches; `too_slow`: the pattern takes too long in the file at `path`. */
  | { type: 'end'; reason: 'complete' | 'limit' | 'too_slow' | 'failed'; path?: string }

/** POST /api/sessions/:sessionId/replace */
export const replaceBody = z.strictObject({
  query: searchQuery,
  replacement,
  /** Every file where it is absent. */
  files: z
    .array(
      z.strictObject({
        fileId: id,
        /** Every match of the file where it is absent. A match is known by its preview: the one at `nth`, from 0, of so many that read the same. */
        matches: z
          .array(z.strictObject({ preview: z.string().max(1_000), nth: offset, of: offset }))
          .max(1_000)
          .optional(),
      }),
    )
    .max(limits.filesPerSession)
    .optional(),
})
export type ReplaceBody = z.infer<typeof replaceBody>

export type ReplaceReply = {
  /** Takes it back with POST /api/sessions/:sessionId/replace/:replaceId/undo; absent where nothing was replaced. */
  replaceId?: string
  replaced: number
  files: number
  /** There were more matches than one call replaces. */
  more: boolean
  skipped: { path: string; why: 'changed' | 'too_large' | 'too_slow' | 'unavailable' }[]
}
/** `kept`: places that somebody has written in since. */
export type ReplaceUndone = { restored: number; kept: number }
