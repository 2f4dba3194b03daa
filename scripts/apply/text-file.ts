import { splitLines } from '#edits/lines.ts'
import type { LineOrigins } from '#edits/line-origins.ts'

/** What a file's bytes say beyond its text with line feeds: how each of its lines ends, and whether a byte order mark leads it. */
export type TextFile = { text: string; endings: readonly string[]; byteOrderMark: boolean }

const byteOrderMark = '\uFEFF'

/** Undefined where the bytes are no UTF-8 text. Line feed, carriage return and both together each end a line. */
export function decodeText(bytes: Uint8Array): TextFile | undefined {
  let raw: string
  try {
    raw = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
  if (raw.includes('\0')) return undefined
  const marked = raw.startsWith(byteOrderMark)
  const content = marked ? raw.slice(1) : raw
  const endings = content.match(/\r\n|\n|\r/g) ?? []
  const text = content.replace(/\r\n?/g, '\n')
  return { text, endings, byteOrderMark: marked }
}

/**
 * Bytes of a text that came from `source` by edits: lines that are still the source's keep how they ended, inserted ones end like its
 * first line.
 */
export function encodeText(text: string, origins: LineOrigins, source: TextFile | undefined): Buffer {
  const endings = source?.endings ?? []
  const ofInserted = endings[0] ?? '\n'
  const lines = splitLines(text).map((line, i) => {
    if (!line.endsWith('\n')) return line
    const origin = origins[i]
    return line.slice(0, -1) + ((origin === undefined ? undefined : endings[origin]) ?? ofInserted)
  })
  return Buffer.from((source?.byteOrderMark ? byteOrderMark : '') + lines.join(''), 'utf8')
}
