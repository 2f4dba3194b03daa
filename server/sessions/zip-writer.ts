import { promisify } from 'node:util'
import { crc32, deflateRaw } from 'node:zlib'

const deflate = promisify<Uint8Array, Buffer>(deflateRaw)
/** Bit 11: names are UTF-8. */
const utf8Names = 0x0800
const version = 20

/** Writes a zip archive entry by entry, as APPNOTE 6.3 lays it out, without Zip64. A path that ends in `/` is a folder. */
export async function* zipBytes(
  entries: AsyncIterable<{ path: string; bytes: Uint8Array }>,
  modified: Date,
): AsyncGenerator<Uint8Array> {
  const directory: Buffer[] = []
  let offset = 0
  for await (const { path, bytes } of entries) {
    const name = Buffer.from(path)
    const deflated = await deflate(bytes)
    const isSmaller = deflated.byteLength < bytes.byteLength
    const content = isSmaller ? deflated : bytes
    const common = Buffer.alloc(26)
    common.writeUInt16LE(version, 0)
    common.writeUInt16LE(utf8Names, 2)
    common.writeUInt16LE(isSmaller ? 8 : 0, 4)
    common.writeUInt32LE(dosTime(modified), 6)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(content.byteLength, 14)
    common.writeUInt32LE(bytes.byteLength, 18)
    common.writeUInt16LE(name.byteLength, 22)
    const local = Buffer.concat([signature(0x04034b50), common, name])
    yield local
    yield content
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([signature(0x02014b50), versionMadeBy, common, rest, name]))
    offset += local.byteLength + content.byteLength
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(directory.length, 4)
  end.writeUInt16LE(directory.length, 6)
  end.writeUInt32LE(central.byteLength, 8)
  end.writeUInt32LE(offset, 12)
  yield Buffer.concat([central, signature(0x06054b50), end])
}

const versionMadeBy = Buffer.from([version, 0])

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

/** Date and time as MS-DOS kept them, in seconds times two, from 1980 on. */
function dosTime(time: Date): number {
  const date = ((Math.max(1980, time.getUTCFullYear()) - 1980) << 9) | ((time.getUTCMonth() + 1) << 5) | time.getUTCDate()
  const clock = (time.getUTCHours() << 11) | (time.getUTCMinutes() << 5) | (time.getUTCSeconds() >> 1)
  return ((date << 16) | clock) >>> 0
}
