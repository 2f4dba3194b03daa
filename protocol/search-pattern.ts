import type { SearchQuery } from './search.ts'

/**
 * The expression that a query means: `^` and `$` at every line, `.` within one. Throws `SyntaxError` where a regular expression is
 * not one.
 */
export function searchPattern({ text, regex, caseSensitive, wholeWord }: SearchQuery): RegExp {
  const source = regex ? text : text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`)
  const flags = `gm${caseSensitive ? '' : 'i'}`
  const whole = (letter: string) => (wholeWord ? `(?<!${letter})(?:${source})(?!${letter})` : source)
  try {
    return new RegExp(whole(String.raw`[\p{L}\p{N}_]`), `${flags}u`)
  } catch (error) {
    // Expressions from elsewhere escape more than the stricter mode takes.
    if (!regex) throw error
    return new RegExp(whole(String.raw`\w`), flags)
  }
}
