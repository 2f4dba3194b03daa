import type { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import type { HttpFailure } from '#protocol/http.ts'
import { readBody } from './body.ts'

type Head = { status: number; headers?: Record<string, string> }
export type JsonReply = Head & { body: unknown }
/** Sent as it is, with the headers that say what it is; compressed where it says so and the client takes it. */
export type StreamReply = Head & { stream: Readable; compress?: true }
export type ApiReply = JsonReply | StreamReply
export type Call = { request: IncomingMessage; url: URL; visitId: string; ids: Record<string, string> }
/** `open`: also for who has not given the server's password. Groups of `path` are the call's `ids`. */
export type Route = { method: string; path: RegExp; open?: true; handle(call: Call): Promise<ApiReply> }

export const ok = (body: unknown): JsonReply => ({ status: 200, body })

export const refusal = (status: number, code: HttpFailure['error']['code']): JsonReply => ({
  status,
  body: { error: { code } },
})

export function takesGzip({ headers }: IncomingMessage): boolean {
  return /\bgzip\b/.test(String(headers['accept-encoding']))
}

/** The JSON of a body; undefined where it is none. */
export async function readJson(request: IncomingMessage, mostBytes = 64 * 1024): Promise<unknown> {
  const text = new TextDecoder().decode(await readBody(request, mostBytes))
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
