import { decode, encode } from 'gpt-tokenizer/encoding/o200k_base'

/** The tokenizer takes quadratic time on a run without a break, so longer runs are cut before it sees them. */
const longestRun = 2048
const cacheLimitCharacters = 8_000_000
const plainText = { disallowedSpecial: new Set<string>() }

const idsByText = new Map<string, Uint32Array>()
let cachedCharacters = 0

/** o200k token ids of a text. Special-token text such as `<|end|>` counts as the plain text that it is. */
export function tokenIds(text: string): Uint32Array {
  const known = idsByText.get(text)
  if (known) return known
  const ids = Uint32Array.from(breakLongRuns(text).flatMap((part) => encode(part, plainText)))
  remember(text, ids)
  return ids
}

/**
 * The texts of a text's tokens: joined, they are the text. A character that takes several tokens belongs to the last of
 * them, the others are empty strings.
 */
export function tokenTexts(text: string): string[] {
  // One id at a time: the library's decoder keeps the bytes of an unfinished character until its last token.
  return Array.from(tokenIds(text), (id) => decode([id]))
}

function breakLongRuns(text: string): string[] {
  const parts: string[] = []
  let start = 0
  for (const run of text.matchAll(/\S{2049,}|\s{2049,}/g)) {
    const end = run.index + run[0].length
    for (let cut = run.index + longestRun; cut < end; cut += longestRun) {
      if (/[\uDC00-\uDFFF]/.test(text.charAt(cut))) cut -= 1
      parts.push(text.slice(start, cut))
      start = cut
    }
  }
  parts.push(text.slice(start))
  return parts
}

function remember(text: string, ids: Uint32Array) {
  idsByText.set(text, ids)
  cachedCharacters += text.length
  for (const oldest of idsByText.keys()) {
    if (cachedCharacters <= cacheLimitCharacters) return
    idsByText.delete(oldest)
    cachedCharacters -= oldest.length
  }
}
