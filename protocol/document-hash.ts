import * as sha256 from 'lib0/hash/sha256'
import { encodeUtf8 } from 'lib0/string'

/**
 * Names what a document is: equal where text and Yjs state vector are. Both sides compute it, the browser on plain http too, where it has no
 * `crypto.subtle`. 64 hex digits.
 */
export function documentHash(text: string, stateVector: Uint8Array): string {
  const characters = encodeUtf8(text)
  const bytes = new Uint8Array(characters.byteLength + stateVector.byteLength)
  bytes.set(characters)
  bytes.set(stateVector, characters.byteLength)
  return Array.from(sha256.digest(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
