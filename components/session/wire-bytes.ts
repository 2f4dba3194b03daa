/**
 * The browser build of the msgpack parser writes only `ArrayBuffer` as binary (a `Uint8Array` would become a map of numbers)
 * and reads binary as `ArrayBuffer`; under Node it reads `Buffer`. These two convert whole payloads at the socket's edge, so
 * that everything behind it deals in `Uint8Array`.
 */
export function toWire(value: unknown): unknown {
  if (value instanceof Uint8Array) return exactBuffer(value)
  return mapped(value, toWire)
}

export function fromWire(value: unknown): unknown {
  if (value instanceof ArrayBuffer) return new Uint8Array(value)
  if (ArrayBuffer.isView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength)
  return mapped(value, fromWire)
}

function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  const copy = new ArrayBuffer(bytes.byteLength)
  new Uint8Array(copy).set(bytes)
  return copy
}

function mapped(value: unknown, each: (value: unknown) => unknown): unknown {
  if (Array.isArray(value)) return value.map(each)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([, entry]) => entry !== undefined)
  return Object.fromEntries(entries.map(([key, entry]) => [key, each(entry)]))
}
