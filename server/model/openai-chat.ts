import { setImmediate } from 'node:timers/promises'
import { Pool } from 'undici'
import type { Dialect } from './dialects.ts'
import { type Model, ModelFailure } from './model.ts'
import { answerStream } from './wire/answer-stream.ts'
import { isRecord } from './wire/error-body.ts'
import { get } from './wire/get.ts'
import type { Log } from './wire/log.ts'
import { systemTimers, type Timers } from './wire/timers.ts'
import { Warmth } from './wire/warmth.ts'
import type { Wire } from './wire/wire.ts'

export type OpenAiChatOptions = {
  /** With or without `/v1` at its end. */
  baseUrl: string
  apiKey?: string
  dialect: Dialect
  /** Longest silence inside a response. */
  idleTimeoutMs?: number
  connectTimeoutMs?: number
  /** From the request being written to the response's headers. */
  headersTimeoutMs?: number
  timers?: Timers
  log: Log
}

/** Idle connections are pinged every minute while they may be needed (see `Warmth`), so they outlive two of those. */
const keepAliveTimeoutMs = 150_000

/**
 * A backend that speaks OpenAI chat completions, over its own pool of kept-alive HTTP/1.1 connections (undici sets TCP_NODELAY).
 * Every failure is a `ModelFailure`; none carries the key, the prompt or the backend's wording.
 */
export function createOpenAiChatModel(options: OpenAiChatOptions): Model {
  const { dialect, log, timers = systemTimers } = options
  const url = new URL(options.baseUrl)
  const pool = new Pool(url.origin, {
    connectTimeout: options.connectTimeoutMs ?? 5_000,
    keepAliveTimeout: keepAliveTimeoutMs,
    // Timed by the exchange, which can tell the two apart and needs no timer per read.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  const wire: Wire = {
    pool,
    dialect,
    timers,
    log,
    timeouts: { headersTimeoutMs: options.headersTimeoutMs ?? 30_000, idleTimeoutMs: options.idleTimeoutMs ?? 15_000 },
    pathPrefix: url.pathname.replace(/\/+$/, '').replace(/\/v1$/, ''),
    headers: {
      ...dialect.headers,
      'accept-encoding': 'identity',
      ...(options.apiKey !== undefined && { authorization: `Bearer ${options.apiKey}` }),
    },
  }
  const warmth = new Warmth(async () => {
    const warmed = await get(wire, dialect.paths.warm ?? dialect.paths.models)
    if ('problem' in warmed)
      log.info({ backend: dialect.name, ...warmed.problem.failure }, 'model connection could not be warmed')
    // undici takes a connection into use again one turn of the event loop after its response.
    await setImmediate()
  }, timers)
  let closing: Promise<void> | null = null

  return {
    stream(request, signal) {
      warmth.used()
      return answerStream(wire, request, signal)
    },
    async models() {
      const listed = await get(wire, dialect.paths.models)
      if ('problem' in listed) throw new ModelFailure(listed.problem.failure)
      return readModels(listed.text)
    },
    warm: () => warmth.want(),
    close() {
      warmth.close()
      closing ??= pool.destroy()
      return closing
    },
  }
}

/** `{"data":[{"id":…}]}` */
function readModels(text: string): string[] {
  let list: unknown
  try {
    list = JSON.parse(text)
  } catch {
    throw new ModelFailure({ code: 'bad_stream' })
  }
  if (!isRecord(list) || !Array.isArray(list.data)) throw new ModelFailure({ code: 'bad_stream' })
  return list.data.flatMap((model: unknown) => (isRecord(model) && typeof model.id === 'string' ? [model.id] : []))
}
