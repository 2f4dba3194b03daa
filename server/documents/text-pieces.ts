import { createHash } from 'node:crypto'
import { setImmediate as others } from 'node:timers/promises'
import * as Y from 'yjs'
import { withoutHalf } from '#protocol/whole-text.ts'

/** Hashed within a few milliseconds. UTF-16 units. */
const mostAtOnce = 512 * 1024

/** The text as it is now, in the pieces that Yjs holds it in: to join those of a large document takes long. */
export function textPieces(text: Y.Text): string[] {
  const pieces: string[] = []
  for (let item = text._start; item !== null; item = item.right) {
    if (!item.deleted && item.content instanceof Y.ContentString) pieces.push(item.content.str)
  }
  return pieces
}

/** SHA-256, in hex, of the text in UTF-8 with `more` behind it. The work of others goes on in between. */
export async function hashOfPieces(pieces: readonly string[], more: Uint8Array = new Uint8Array()): Promise<string> {
  const hash = createHash('sha256')
  let isFirst = true
  for (const part of parts(pieces)) {
    if (!isFirst) await others()
    isFirst = false
    hash.update(part, 'utf8')
  }
  return hash.update(more).digest('hex')
}

/** The same text in parts of similar length, none of which ends inside a surrogate pair. */
function* parts(pieces: readonly string[]): Generator<string> {
  let part = ''
  for (const piece of pieces) {
    for (let at = 0; at < piece.length; at += mostAtOnce) {
      part += piece.slice(at, at + mostAtOnce)
      if (part.length < mostAtOnce) continue
      const whole = withoutHalf(part)
      yield whole
      part = part.slice(whole.length)
    }
  }
  yield part
}
