const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Decodes one MessagePack value (https://github.com/msgpack/msgpack/blob/master/spec.md), as far as a JSON request can
 * need it: extension types are refused. Throws on anything that is not exactly one value.
 */
export function decodeMsgpack(bytes: Uint8Array): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0

  const skip = (length: number) => {
    at += length
    return at - length
  }
  const size = (width: 1 | 2 | 4) => {
    if (width === 1) return view.getUint8(skip(1))
    return width === 2 ? view.getUint16(skip(2)) : view.getUint32(skip(4))
  }
  const take = (length: number) => {
    const start = skip(length)
    if (at > bytes.length) throw new RangeError('MessagePack: the bytes end inside a value')
    return bytes.subarray(start, at)
  }
  const text = (length: number) => utf8.decode(take(length))
  const items = (length: number) => {
    const values: unknown[] = []
    for (let index = 0; index < length; index += 1) values.push(value())
    return values
  }
  const entries = (length: number) => {
    const pairs: [string, unknown][] = []
    for (let index = 0; index < length; index += 1) pairs.push([String(value()), value()])
    return Object.fromEntries(pairs)
  }

  function value(): unknown {
    const head = view.getUint8(skip(1))
    if (head < 0x80) return head
    if (head >= 0xe0) return head - 0x100
    if (head < 0x90) return entries(head & 0x0f)
    if (head < 0xa0) return items(head & 0x0f)
    if (head < 0xc0) return text(head & 0x1f)
    switch (head) {
      case 0xc0:
        return null
      case 0xc2:
        return false
      case 0xc3:
        return true
      case 0xc4:
        return take(size(1))
      case 0xc5:
        return take(size(2))
      case 0xc6:
        return take(size(4))
      case 0xca:
        return view.getFloat32(skip(4))
      case 0xcb:
        return view.getFloat64(skip(8))
      case 0xcc:
        return size(1)
      case 0xcd:
        return size(2)
      case 0xce:
        return size(4)
      case 0xcf:
        return Number(view.getBigUint64(skip(8)))
      case 0xd0:
        return view.getInt8(skip(1))
      case 0xd1:
        return view.getInt16(skip(2))
      case 0xd2:
        return view.getInt32(skip(4))
      case 0xd3:
        return Number(view.getBigInt64(skip(8)))
      case 0xd9:
        return text(size(1))
      case 0xda:
        return text(size(2))
      case 0xdb:
        return text(size(4))
      case 0xdc:
        return items(size(2))
      case 0xdd:
        return items(size(4))
      case 0xde:
        return entries(size(2))
      case 0xdf:
        return entries(size(4))
      default:
        throw new TypeError(`MessagePack: type 0x${head.toString(16)} is not supported`)
    }
  }

  const decoded = value()
  if (at !== bytes.length) throw new RangeError('MessagePack: there are bytes after the value')
  return decoded
}
