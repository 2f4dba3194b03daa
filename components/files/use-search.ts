'use client'

import type { SearchLine, SearchQuery } from '#protocol/search.ts'
import { searchPattern } from '#protocol/search-pattern.ts'
import { useSession } from '#session/session-provider.tsx'
import { useEffect, useEffectEvent, useState } from 'react'
import type { CallFailure } from '#session/http-call.ts'
import { searchFiles } from './file-search.ts'
import { useChangedFiles } from './use-changed-files.ts'
import { noResults, withFile, withLine, type SearchResults } from './search-results.ts'

/** A search begins when typing pauses. */
const pauseMs = 200

export type SearchState = {
  results: SearchResults | undefined
  /** What is wrong with the expression, in the browser's words. */
  patternProblem: string | undefined
  failure: CallFailure | undefined
}

/**
 * Searches for a query as it is typed; a new query ends the search before it. Files that change or come afterwards are searched again, so
 * what is shown stays true. `replacement` undefined: nothing is to be replaced.
 */
export function useSearch(query: SearchQuery, replacement: string | undefined): SearchState {
  const sessionId = useSession((state) => state.session?.sessionId)
  const [results, setResults] = useState<SearchResults | undefined>(undefined)
  const [failed, setFailed] = useState<{ wanted: string; failure: CallFailure } | undefined>(undefined)
  const patternProblem = query.text === '' ? undefined : problemOf(query)
  // One value that changes exactly when another search is due.
  const wanted = query.text === '' || patternProblem !== undefined ? undefined : JSON.stringify({ query, replacement })

  useEffect(() => {
    if (wanted === undefined || sessionId === undefined) return
    const stop = new AbortController()
    const timer = setTimeout(() => {
      let found = noResults
      let frame: number | undefined
      const show = () => {
        frame = undefined
        setResults(found)
      }
      const onLine = (line: SearchLine) => {
        found = withLine(found, line)
        frame ??= requestAnimationFrame(show)
      }
      setFailed(undefined)
      void searchFiles(sessionId, bodyOf(wanted), { signal: stop.signal, onLine }).then((failure) => {
        if (failure === 'aborted') return
        if (frame !== undefined) cancelAnimationFrame(frame)
        show()
        if (failure !== undefined) setFailed({ wanted, failure })
      })
    }, pauseMs)
    return () => {
      clearTimeout(timer)
      stop.abort()
    }
  }, [wanted, sessionId])

  const again = useEffectEvent((fileIds: string[], signal: AbortSignal) => {
    if (wanted === undefined || sessionId === undefined) return true
    // The search under way may have read the file before.
    if (results === undefined || results.status === 'running') return false
    const onLine = (line: SearchLine) => {
      if (line.type !== 'file') return
      const { type: _type, ...file } = line
      setResults((before) => before && withFile(before, file))
    }
    void searchFiles(sessionId, { ...bodyOf(wanted), fileIds }, { signal, onLine })
    return true
  })
  useChangedFiles(again)
  const failure = failed !== undefined && failed.wanted === wanted ? failed.failure : undefined
  return { results: wanted === undefined ? undefined : results, patternProblem, failure }
}

function bodyOf(wanted: string) {
  const { query, replacement } = JSON.parse(wanted) as { query: SearchQuery; replacement?: string }
  return { query, ...(replacement === undefined ? {} : { replacement }) }
}

function problemOf(query: SearchQuery): string | undefined {
  try {
    searchPattern(query)
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message.replace(/^Invalid regular expression: /, '') : String(error)
  }
}
