import parser from 'socket.io-msgpack-parser'

type Encode = (packet: unknown) => unknown

/**
 * The parser's build for browsers writes an ArrayBuffer as binary, which is what the session room hands it; the one for Node writes an
 * extension type that no server expects, and only Buffers as binary. After this it writes both the same way.
 */
export function writeBytesAsBrowsersDo(): void {
  const encoder = parser.Encoder.prototype as { encode: Encode }
  const { encode } = encoder
  encoder.encode = (packet) => encode(withBuffers(packet))
}

function withBuffers(value: unknown): unknown {
  if (value instanceof ArrayBuffer) return Buffer.from(value)
  if (Array.isArray(value)) return value.map(withBuffers)
  if (typeof value !== 'object' || value === null || Buffer.isBuffer(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withBuffers(entry)]))
}
