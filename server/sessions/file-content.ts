import { isUtf8 } from 'node:buffer'
import type { FileNode } from '#protocol/sessions.ts'

/** What a file's bytes are: a text as documents hold it (UTF-8, LF, no byte order mark), or just bytes. */
export type FileContent = Pick<FileNode, 'kind' | 'lineEnding'> & { bytes: Uint8Array }

/**
 * Reads a file as text where it is one: UTF-8 without NUL, or UTF-16 that says so with its byte order mark (and is UTF-8
 * from then on). Anything else stays as it is.
 */
export function fileContent(bytes: Uint8Array): FileContent {
  if (isTextAsItIs(bytes)) return { kind: 'text', lineEnding: 'lf', bytes }
  const text = decoded(bytes)
  return text === undefined || text.includes('\0') ? { kind: 'binary', lineEnding: 'lf', bytes } : textContent(text)
}

export function textContent(text: string): FileContent {
  const lineEnding = mainLineEnding(text)
  return { kind: 'text', lineEnding, bytes: new TextEncoder().encode(text.replaceAll(/\r\n?/g, '\n')) }
}

/** Most texts are, and need not be decoded and encoded again: that takes long for 5 MB. */
function isTextAsItIs(bytes: Uint8Array): boolean {
  const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  return !hasMark && isUtf8(bytes) && !bytes.includes(0) && !bytes.includes(carriageReturn)
}

const carriageReturn = 0x0d

function decoded(bytes: Uint8Array): string | undefined {
  const encoding =
    bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

/** The ending of most lines; LF where that is not clear. */
function mainLineEnding(text: string): FileNode['lineEnding'] {
  const crlf = occurrences(text, '\r\n')
  const lf = occurrences(text, '\n') - crlf
  const cr = occurrences(text, '\r') - crlf
  if (crlf > lf && crlf >= cr) return 'crlf'
  return cr > lf ? 'cr' : 'lf'
}

function occurrences(text: string, wanted: string): number {
  let count = 0
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) count += 1
  return count
}
