import type { SearchQuery } from '#protocol/search.ts'
import { searchText, type Found } from './text-search.ts'
import { answerJobs } from '#threads/answer-jobs.ts'

/** Bytes are UTF-8. */
export type SearchJob = { text: string | Uint8Array; query: SearchQuery; limit: number; replacement?: string }

const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

answerJobs<SearchJob, Found[]>(({ text, query, limit, replacement }) =>
  searchText(typeof text === 'string' ? text : decoder.decode(text), query, limit, replacement),
)
