import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'

/** Updates that are applied one after the other, as one body: each with its length (lib0's variable integer) before it. */
export function joinUpdates(updates: readonly Uint8Array[]): Uint8Array {
  const encoder = encoding.createEncoder()
  for (const update of updates) encoding.writeVarUint8Array(encoder, update)
  return encoding.toUint8Array(encoder)
}

/** Throws where the body was cut off. */
export function splitUpdates(body: Uint8Array): Uint8Array[] {
  const decoder = decoding.createDecoder(body)
  const updates: Uint8Array[] = []
  while (decoding.hasContent(decoder)) updates.push(decoding.readVarUint8Array(decoder))
  return updates
}
