import { limits } from '#protocol/limits.ts'
import type { ReplaceReply } from '#protocol/search.ts'
import type { CallFailure } from '#session/http-call.ts'
import type { SearchResults } from './search-results.ts'

export const countOf = (count: number, what: string, plural = `${what}s`) =>
  count === 1 ? `1 ${what}` : `${count.toLocaleString('en')} ${plural}`

/** What a search has found, and whether that is all. */
export function wordResults({ status, files, matches, searched, toSearch, slowPath }: SearchResults): string {
  const found = `${countOf(matches, 'result')} in ${countOf(files.length, 'file')}`
  switch (status) {
    case 'running':
      return matches === 0 ? `Searching ${countOf(toSearch, 'file')}…` : `${found} so far (${searched} of ${toSearch} files)…`
    case 'complete':
      return matches === 0 ? 'Nothing was found.' : found
    case 'limit':
      return `The first ${limits.searchMatches.toLocaleString('en')} results. Narrow the search to see the others.`
    case 'too_slow':
      return `${found}. Then the search was stopped: the expression takes too long in ${slowPath ?? 'a file'}. Make it simpler, or leave the file out.`
    case 'failed':
      return `${found}. Then the server could not go on. Nothing was changed; try again.`
  }
}

/** Why searching or replacing was refused. */
export function wordCallFailure(code: CallFailure): string {
  switch (code) {
    case 'unreachable':
      return 'The server cannot be reached right now. Try again when it is back.'
    case 'rate_limited':
      return 'Too many searches at once. Wait a few seconds.'
    case 'denied':
      return 'Your role in this session does not allow it.'
    case 'invalid_payload':
      return 'The server does not take that expression.'
    case 'not_found':
      return 'It can no longer be taken back.'
    default:
      return 'The server refused it. Nothing was changed.'
  }
}

const reasons: Record<ReplaceReply['skipped'][number]['why'], string> = {
  changed: 'has changed meanwhile',
  too_large: 'would become too long',
  too_slow: 'takes the expression too long',
  unavailable: 'could not be written',
}

/** What was left out of a replacement; undefined where nothing was. */
export function wordSkipped({ skipped, more }: ReplaceReply): string | undefined {
  const [first] = skipped
  if (first !== undefined) {
    const others = skipped.length === 1 ? '' : `, and ${countOf(skipped.length - 1, 'other')}`
    return `Left as it was: ${first.path} ${reasons[first.why]}${others}.`
  }
  return more ? 'There are more matches; replace again for the rest.' : undefined
}
