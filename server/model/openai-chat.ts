import type { Dialect } from './dialects.ts'
import { type Model, ModelFailure } from './model.ts'
import { answerStream } from './wire/answer-stream.ts'
import { Connections } from './wire/connections.ts'
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

/** One for the next answer and one to spare: stopping an answer costs its connection, and what follows must not wait for a new one. */
const warmConnections = 2

/**
 * A backend that speaks OpenAI chat completions, over its own kept-alive connections.
 * Every failure is a `ModelFailure`; none carries the key, the prompt or the backend's wording.
 */
export function createOpenAiChatModel(options: OpenAiChatOptions): Model {
  const { dialect, log, timers = systemTimers } = options
  const url = new URL(options.baseUrl)
  const connections = new Connections(url.origin, options.connectTimeoutMs ?? 5_000)
  const wire: Wire = {
    connections,
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
  const ping = async () => {
    const warmed = await get(wire, dialect.paths.warm ?? dialect.paths.models)
    if ('problem' in warmed)
      log.info({ backend: dialect.name, ...warmed.problem.failure }, 'model connection could not be warmed')
  }
  const warmth = new Warmth(async () => {
    // At the same time, so that each takes a connection of its own.
    await Promise.all(Array.from({ length: warmConnections }, ping))
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
      closing ??= connections.destroy()
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
