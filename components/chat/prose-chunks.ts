/** Prose above this length (UTF-16 units) is cut, so that a frame parses only what is still growing. */
const chunkLength = 4_000

/**
 * Cuts prose at blank lines outside fences into chunks of about 4,000 units. A chunk never changes once another one follows
 * it, so that a growing answer of any length costs a frame only its last chunk. Joined, the chunks are the text.
 */
export function proseChunks(text: string): string[] {
  if (text.length <= chunkLength) return [text]
  const chunks: string[] = []
  let from = 0
  let at = 0
  let fence: string | undefined
  while (at < text.length) {
    const end = text.indexOf('\n', at)
    const next = end === -1 ? text.length : end + 1
    const line = text.slice(at, next)
    const opened = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (opened !== undefined) {
      if (fence === undefined) fence = opened
      else if (opened[0] === fence[0] && opened.length >= fence.length && line.trim() === opened) fence = undefined
    } else if (fence === undefined && end !== -1 && at - from >= chunkLength && line.trim() === '' && next < text.length) {
      // An indented line after the blank one belongs to a list item before it.
      if (!/^\s/.test(text.charAt(next))) {
        chunks.push(text.slice(from, next))
        from = next
      }
    }
    at = next
  }
  chunks.push(text.slice(from))
  return chunks
}
