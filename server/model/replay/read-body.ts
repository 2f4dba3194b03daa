import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { bodyTooLarge, wrongApiFormat, type ApiError } from './api-errors.ts'
import { decodeMsgpack } from './msgpack.ts'

/** Compressed and uncompressed alike: more than the longest prompt of any model served here. */
const bodyLimitBytes = 16 * 1024 * 1024

const unzip = promisify(gunzip)

export type Body = { ok: true; value: unknown } | { ok: false; error: ApiError }

/** Reads a JSON or MessagePack body, plain or gzipped. */
export async function readBody(request: IncomingMessage): Promise<Body> {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    length += part.length
    // The rest is still read, because a client that is writing does not listen.
    if (length <= bodyLimitBytes) parts.push(part)
  }
  if (length > bodyLimitBytes) return { ok: false, error: bodyTooLarge(bodyLimitBytes) }
  const bytes = await decompress(Buffer.concat(parts), request.headers['content-encoding'])
  if (!bytes.ok) return bytes
  try {
    const isMsgpack = /^application\/(vnd\.|x-)?msgpack/i.test(request.headers['content-type'] ?? '')
    return { ok: true, value: isMsgpack ? decodeMsgpack(bytes.value) : JSON.parse(bytes.value.toString('utf8')) }
  } catch (error) {
    return { ok: false, error: wrongApiFormat([`body: cannot be decoded (${messageOf(error)})`]) }
  }
}

async function decompress(
  bytes: Buffer,
  encoding: string | undefined,
): Promise<{ ok: true; value: Buffer } | { ok: false; error: ApiError }> {
  if (encoding === undefined || encoding === 'identity') return { ok: true, value: bytes }
  if (encoding !== 'gzip') return { ok: false, error: wrongApiFormat([`body: content-encoding ${encoding} is not supported`]) }
  try {
    return { ok: true, value: await unzip(bytes, { maxOutputLength: bodyLimitBytes }) }
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, error: bodyTooLarge(bodyLimitBytes) }
    return { ok: false, error: wrongApiFormat([`body: cannot be unzipped (${messageOf(error)})`]) }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
