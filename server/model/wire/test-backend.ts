import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { cerebras, type Dialect } from '../dialects.ts'
import type { Model, ModelEvent, ModelRequest } from '../model.ts'
import { createOpenAiChatModel, type OpenAiChatOptions } from '../openai-chat.ts'
import type { Log } from './log.ts'
import type { Timers } from './timers.ts'

type Received = {
  method: string
  path: string
  headers: IncomingHttpHeaders
  body: unknown
  raw: Buffer
  /** 1 for the first that was opened, … */
  connection: number
}
export type Answer = (response: ServerResponse, request: Received, socket: Socket) => void | Promise<void>

/** A real HTTP server on port 0 that answers request n with `answers[n]`, the last one from then on, byte for byte. */
export async function startBackend(...answers: Answer[]) {
  const received: Received[] = []
  const sockets = new Set<Socket>()
  const numbers = new WeakMap<Socket, number>()
  let connections = 0
  const server = createServer((request, response) => {
    void read(request).then((raw) => {
      const gzipped = request.headers['content-encoding'] === 'gzip'
      const body: unknown = raw.length === 0 ? null : JSON.parse((gzipped ? gunzipSync(raw) : raw).toString('utf8'))
      const entry = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: request.headers,
        body,
        raw,
        connection: numbers.get(request.socket) ?? 0,
      }
      const answer = answers[Math.min(received.length, answers.length - 1)]
      received.push(entry)
      return answer?.(response, entry, request.socket)
    })
  })
  server.on('connection', (socket) => {
    sockets.add(socket)
    connections += 1
    numbers.set(socket, connections)
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    /** Open now. */
    sockets,
    /** Ever opened. */
    get connections() {
      return connections
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

export const eventStream = { 'content-type': 'text/event-stream; charset=utf-8', 'inference-id': 'chatcmpl-1' }

/** One answer of the given lines, each an event, all in one write. */
export function streams(...events: unknown[]): Answer {
  return (response) => {
    response.writeHead(200, eventStream)
    response.end(events.map(sse).join(''))
  }
}

export function refuses(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return (response) => {
    response.writeHead(status, { 'inference-id': 'chatcmpl-1', ...headers })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  }
}

export function sse(event: unknown): string {
  return `data: ${typeof event === 'string' ? event : JSON.stringify(event)}\n\n`
}

/** A chunk in the shape and key order of the Cerebras wire. */
export function chunk(delta: object, rest: object = {}, more: object = {}): object {
  return {
    id: 'chatcmpl-1',
    choices: [{ delta, ...rest, index: 0 }],
    created: 1770000000,
    model: 'gpt-oss-120b',
    system_fingerprint: 'fp_0123456789abcdef0123',
    object: 'chat.completion.chunk',
    ...more,
  }
}

export const text = (content: string) => chunk({ content })
export const finish = (reason = 'stop', more: object = {}) => chunk({}, { finish_reason: reason }, more)

export const quiet: Log = { info() {}, warn() {}, error() {} }

/** Collects what was logged, as `[level, fields, message]`. */
export function listeningLog() {
  const lines: [string, object, string][] = []
  const at = (level: string) => (fields: object, message: string) => void lines.push([level, fields, message])
  return { lines, info: at('info'), warn: at('warn'), error: at('error') }
}

export const ask: ModelRequest = {
  model: 'gpt-oss-120b',
  messages: [{ role: 'user', content: 'make it faster' }],
  maxCompletionTokens: 512,
}

export function modelAt(url: string, options: Partial<OpenAiChatOptions> & { dialect?: Dialect } = {}): Model {
  return createOpenAiChatModel({ baseUrl: url, apiKey: 'csk-secret', dialect: cerebras, log: quiet, ...options })
}

/** Drains an answer: its batches, and the failure that ended it, if any. */
export async function drain(answer: AsyncIterable<readonly ModelEvent[]>) {
  const batches: (readonly ModelEvent[])[] = []
  try {
    for await (const batch of answer) batches.push(batch)
  } catch (error) {
    return { batches, error }
  }
  return { batches, error: null }
}

/** Time that only moves by hand. */
export class ManualTimers implements Timers {
  #now = 0
  readonly #due = new Map<symbol, { at: number; run: () => void }>()

  now(): number {
    return this.#now
  }

  after(delayMs: number, run: () => void): () => void {
    const key = Symbol('timer')
    this.#due.set(key, { at: this.#now + delayMs, run })
    return () => this.#due.delete(key)
  }

  get running(): number {
    return this.#due.size
  }

  advance(byMs: number): void {
    const until = this.#now + byMs
    for (;;) {
      const [next] = [...this.#due].filter(([, { at }]) => at <= until).toSorted(([, a], [, b]) => a.at - b.at)
      if (next === undefined) break
      this.#due.delete(next[0])
      this.#now = Math.max(this.#now, next[1].at)
      next[1].run()
    }
    this.#now = until
  }
}
