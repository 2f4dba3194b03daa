import * as Y from 'yjs'

/** Whether bytes are an encoded position in a document of ours: nothing else may be passed on to those who decode it. */
export function isPosition(bytes: Uint8Array): boolean {
  try {
    const { type, tname, item } = Y.decodeRelativePosition(bytes)
    return item === null ? tname === 'text' : type === null && (tname === null || tname === 'text')
  } catch {
    return false // whatever Yjs says about bytes that it did not write
  }
}
