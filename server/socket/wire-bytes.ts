/**
 * The same value with every byte array as a Buffer. The msgpack parser writes only Buffers as binary of exactly their bytes; of
 * any other view it would send the whole ArrayBuffer behind it.
 */
export function toWire<Value>(value: Value): Value {
  return convert(value) as Value
}

function convert(value: unknown): unknown {
  if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength)
  if (Array.isArray(value)) return value.map(convert)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, convert(entry)]))
}
