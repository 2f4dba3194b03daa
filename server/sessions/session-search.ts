import { performance } from 'node:perf_hooks'
import type { Documents } from '#documents/documents.ts'
import { limits } from '#protocol/limits.ts'
import type { SearchBody, SearchLine, SearchQuery } from '#protocol/search.ts'
import { searchPattern } from '#protocol/search-pattern.ts'
import type { FileNode } from '#protocol/sessions.ts'
import type { Store } from '#store/store.ts'
import { currentFiles } from './current-files.ts'
import { globMatcher } from './glob.ts'
import { JobTooSlow, type JobThread } from '#threads/job-thread.ts'
import type { SearchJob } from './search-worker.ts'
import { SessionFailure } from './sessions.ts'
import type { Found } from './text-search.ts'

export type SearchThread = JobThread<SearchJob, Found[]>

/** A file of 5 MB takes a tenth of this with any expression that does not try one place again and again. */
export const longestFileMs = 2_000
const longestSearchMs = 30_000
const betweenProgressMs = 150

/** Files that a query's globs choose. */
export function isSearched({ include, exclude }: SearchQuery, fileIds?: readonly string[]): (file: FileNode) => boolean {
  const isIn = globMatcher(include)
  const isOut = globMatcher(exclude)
  const only = fileIds && new Set(fileIds)
  return ({ fileId, kind, path }) =>
    kind === 'text' && (only === undefined || only.has(fileId)) && (isIn === undefined || isIn(path)) && isOut?.(path) !== true
}

/** Throws `SessionFailure` with `invalid_pattern` where the query is no expression. */
export function checkPattern(query: SearchQuery): void {
  try {
    searchPattern(query)
  } catch (cause) {
    throw new SessionFailure('invalid_pattern', { cause })
  }
}

/** Searches the committed texts of a session, file after file in a thread. Ending the iteration ends the search. */
export async function* searchSession(
  { store, documents, thread }: { store: Store; documents: Documents; thread: SearchThread },
  sessionId: string,
  { query, replacement, fileIds }: SearchBody,
): AsyncGenerator<SearchLine> {
  const isWanted = isSearched(query, fileIds)
  yield { type: 'start', files: (await store.files(sessionId)).filter(isWanted).length }
  const began = performance.now()
  let toldAt = began
  let left: number = limits.searchMatches
  let searched = 0
  for await (const { file, bytes, seq } of currentFiles({ store, documents }, sessionId, isWanted)) {
    const { fileId, path } = file
    let found: Found[]
    try {
      const job = { text: bytes, query, limit: left + 1, ...(replacement === undefined ? {} : { replacement }) }
      found = await thread.run(job, longestFileMs)
    } catch (error) {
      if (!(error instanceof JobTooSlow)) throw error
      return yield { type: 'end', reason: 'too_slow', path }
    }
    searched += 1
    const matches = found.slice(0, left).map(({ match }) => match)
    if (matches.length > 0 || fileIds !== undefined) yield { type: 'file', fileId, path, seq, matches }
    left -= matches.length
    if (found.length > matches.length) return yield { type: 'end', reason: 'limit' }
    const now = performance.now()
    if (now - began > longestSearchMs) return yield { type: 'end', reason: 'too_slow', path }
    if (now - toldAt > betweenProgressMs) {
      toldAt = now
      yield { type: 'progress', searched }
    }
  }
  yield { type: 'end', reason: 'complete' }
}
