import type { SearchedFile, SearchLine, SearchMatch } from '#protocol/search.ts'

/** What a search has brought so far. */
export type SearchResults = {
  status: 'running' | 'complete' | 'limit' | 'too_slow' | 'failed'
  /** By path. */
  files: SearchedFile[]
  matches: number
  searched: number
  toSearch: number
  /** Of the file that the pattern takes too long in. */
  slowPath?: string
}

export const noResults: SearchResults = { status: 'running', files: [], matches: 0, searched: 0, toSearch: 0 }

/** Folds one line of a search; files that are told again, as after a change, take the place of what was known of them. */
export function withLine(results: SearchResults, line: SearchLine): SearchResults {
  switch (line.type) {
    case 'start':
      return { ...results, toSearch: line.files }
    case 'progress':
      return { ...results, searched: line.searched }
    case 'file': {
      const { type: _type, ...file } = line
      return withFile(results, file)
    }
    case 'end':
      return { ...results, status: line.reason, ...(line.path === undefined ? {} : { slowPath: line.path }) }
  }
}

/** A file that was searched again, or is gone. */
export function withFile(results: SearchResults, file: SearchedFile): SearchResults {
  const others = results.files.filter(({ fileId }) => fileId !== file.fileId)
  const files = file.matches.length === 0 ? others : [...others, file].sort(byPath)
  return { ...results, files, matches: files.reduce((sum, { matches }) => sum + matches.length, 0) }
}

export type ResultRow =
  | { type: 'file'; key: string; file: SearchedFile; open: boolean }
  | { type: 'match'; key: string; file: SearchedFile; match: SearchMatch; place: number }

/** The rows from top to bottom; nothing of a file that is folded. */
export function resultRows({ files }: SearchResults, folded: ReadonlySet<string>): ResultRow[] {
  return files.flatMap((file): ResultRow[] => {
    const open = !folded.has(file.fileId)
    const head: ResultRow = { type: 'file', key: file.fileId, file, open }
    if (!open) return [head]
    return [
      head,
      ...file.matches.map((match, place): ResultRow => ({ type: 'match', key: `${file.fileId}:${place}`, file, match, place })),
    ]
  })
}

/** Names a match by what its line reads, which stays when lines come and go elsewhere. */
export function chosenMatch({ matches }: SearchedFile, { preview, start }: SearchMatch) {
  const same = matches.filter((match) => match.preview === preview)
  return { preview, nth: same.findIndex((match) => match.start === start), of: same.length }
}

function byPath(one: SearchedFile, other: SearchedFile): number {
  return one.path < other.path ? -1 : one.path > other.path ? 1 : 0
}
