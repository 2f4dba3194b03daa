import { promisify } from 'node:util'
import { crc32, inflateRaw } from 'node:zlib'
import { SessionFailure } from './sessions.ts'

/** A file in a zip archive, as its central directory tells. Nothing of it is believed before `readEntry` has checked it. */
export type ZipEntry = {
  path: string
  /** Bytes it claims to have. */
  size: number
  isSymbolicLink: boolean
  crc: number
  method: number
  isEncrypted: boolean
  headerOffset: number
  compressedSize: number
}

const inflate = promisify<Uint8Array, { maxOutputLength: number }, Buffer>(inflateRaw)

const endSignature = 0x06054b50
const endLength = 22
const entrySignature = 0x02014b50
const entryLength = 46
const localSignature = 0x04034b50
const localLength = 30

/**
 * Lists the files (not the folders) of a zip archive from its central directory, as APPNOTE 6.3 lays it out, without Zip64:
 * everything that needs it is beyond our limits. Throws `SessionFailure` with `not_a_zip`.
 */
export function zipEntries(zip: Uint8Array): ZipEntry[] {
  return orNotAZip(() => {
    const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
    const end = endOfDirectory(view)
    const count = view.getUint16(end + 10, true)
    const entries: ZipEntry[] = []
    let at = view.getUint32(end + 16, true)
    for (let index = 0; index < count; index++) {
      if (view.getUint32(at, true) !== entrySignature) throw new RangeError('no entry where one should be')
      const nameLength = view.getUint16(at + 28, true)
      const path = entryName(zip.subarray(at + entryLength, at + entryLength + nameLength))
      // Only Unix says so; the upper half of the attributes is then the mode of `stat`.
      const unixMode = view.getUint8(at + 5) === 3 ? view.getUint16(at + 40, true) : 0
      const entry = {
        path,
        size: view.getUint32(at + 24, true),
        isSymbolicLink: (unixMode & 0xf000) === 0xa000,
        crc: view.getUint32(at + 16, true),
        method: view.getUint16(at + 10, true),
        isEncrypted: (view.getUint16(at + 8, true) & 1) === 1,
        headerOffset: view.getUint32(at + 42, true),
        compressedSize: view.getUint32(at + 20, true),
      }
      if (!path.endsWith('/') && !path.endsWith('\\')) entries.push(entry)
      at += entryLength + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    }
    return entries
  })
}

/**
 * The bytes of an entry. Inflates no further than the size that the entry claims, so a claim that was checked against a
 * limit holds. Rejects with `SessionFailure` `not_a_zip` where size or checksum turn out wrong, or it cannot be read.
 */
export async function readEntry(zip: Uint8Array, entry: ZipEntry): Promise<Uint8Array> {
  const compressed = orNotAZip(() => {
    const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
    if (view.getUint32(entry.headerOffset, true) !== localSignature) throw new RangeError('no file where one should be')
    const start =
      entry.headerOffset +
      localLength +
      view.getUint16(entry.headerOffset + 26, true) +
      view.getUint16(entry.headerOffset + 28, true)
    return zip.subarray(start, start + entry.compressedSize)
  })
  if (entry.isEncrypted || (entry.method !== 0 && entry.method !== 8)) throw new SessionFailure('not_a_zip')
  let bytes: Uint8Array
  try {
    bytes =
      entry.method === 0
        ? compressed.slice(0, entry.size)
        : new Uint8Array(await inflate(compressed, { maxOutputLength: Math.max(1, entry.size) }))
  } catch (cause) {
    throw new SessionFailure('not_a_zip', { cause })
  }
  if (bytes.byteLength !== entry.size || crc32(bytes) !== entry.crc) throw new SessionFailure('not_a_zip')
  return bytes
}

/** The record stands at the end, before a comment of at most 65,535 bytes. */
function endOfDirectory(view: DataView): number {
  const last = view.byteLength - endLength
  for (let at = last; at >= Math.max(0, last - 0xffff); at--) {
    if (view.getUint32(at, true) === endSignature) return at
  }
  throw new RangeError('no end of a central directory')
}

/** Most tools write UTF-8, many without saying so. */
function entryName(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return Buffer.from(bytes).toString('latin1')
  }
}

function orNotAZip<Value>(read: () => Value): Value {
  try {
    return read()
  } catch (cause) {
    throw new SessionFailure('not_a_zip', { cause })
  }
}
