import type { SearchMatch, SearchQuery } from '#protocol/search.ts'
import { searchPattern } from '#protocol/search-pattern.ts'

/** So much of a long line is shown, and so much of it before the match. */
const previewLength = 240
const previewBefore = 60
const replacementLength = 240

export type Found = { match: SearchMatch; newText: string }

/** Matches in a text, at most `limit`, with what `replacement` makes of each. */
export function searchText(text: string, query: SearchQuery, limit: number, replacement = ''): Found[] {
  const found: Found[] = []
  let line = 1
  let lineStart = 0
  const template = query.regex ? withEscapes(replacement) : replacement
  for (const match of text.matchAll(searchPattern(query))) {
    if (found.length === limit) break
    const start = match.index
    for (let next = text.indexOf('\n', lineStart); next >= 0 && next < start; next = text.indexOf('\n', lineStart)) {
      line += 1
      lineStart = next + 1
    }
    const end = start + match[0].length
    const newText = query.regex ? expanded(template, match) : template
    found.push({
      match: {
        start,
        end,
        line,
        column: start - lineStart + 1,
        ...preview(text, lineStart, start, end),
        ...(newText.length > 0 && { replacement: newText.slice(0, replacementLength) }),
      },
      newText,
    })
  }
  return found
}

function preview(text: string, lineStart: number, start: number, end: number): Pick<SearchMatch, 'preview' | 'from' | 'to'> {
  const newline = text.indexOf('\n', start)
  const lineEnd = newline < 0 ? text.length : newline
  let first = start - lineStart > previewBefore ? start - previewBefore : lineStart
  if (isLowSurrogate(text, first)) first += 1
  let last = Math.min(lineEnd, first + previewLength)
  if (isLowSurrogate(text, last)) last -= 1
  return { preview: text.slice(first, last), from: start - first, to: Math.max(start, Math.min(end, last)) - first }
}

function isLowSurrogate(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return unit >= 0xdc00 && unit < 0xe000
}

/** `\n`, `\t` and `\\` mean in a replacement what they mean in the expression. */
function withEscapes(replacement: string): string {
  return replacement.replaceAll(/\\([nt\\])/g, (_, letter: string) => (letter === 'n' ? '\n' : letter === 't' ? '\t' : '\\'))
}

/** `$1`, `$<name>`, `$&` and `$$`, as `String.replace` has them. */
function expanded(template: string, match: RegExpExecArray): string {
  return template.replaceAll(/\$(?:\$|&|(\d{1,2})|<([^>]*)>)/g, (whole, digits?: string, name?: string) => {
    if (whole === '$$') return '$'
    if (whole === '$&') return match[0]
    if (name !== undefined) return match.groups?.[name] ?? ''
    const group = Number(digits)
    if (group > 0 && group < match.length) return match[group] ?? ''
    // `$12` where there is one group is that group and a 2.
    const [first = '', second = ''] = digits ?? ''
    if (second !== '' && Number(first) > 0 && Number(first) < match.length) return (match[Number(first)] ?? '') + second
    return whole
  })
}
