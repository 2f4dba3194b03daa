import type { IncomingHttpHeaders } from 'node:http'
import type { Dispatcher } from 'undici'
import type { Connections } from './connections.ts'
import type { Timers } from './timers.ts'

export type ExchangeRequest = { method: 'GET' | 'POST'; path: string; headers: Record<string, string>; body: Buffer | null }

/** From the request being written to its headers; without any byte after that. ms. */
export type ExchangeTimeouts = { headersTimeoutMs: number; idleTimeoutMs: number }

export type ExchangeHandlers = {
  onHeaders(status: number, headers: IncomingHttpHeaders): void
  /** One piece of the body; a network read may hold many. */
  onBytes(bytes: Buffer): void
  /** Headers and all pieces of one network read were given, in the same tick in which they arrived. */
  onRead(): void
  onEnd(): void
  /** Instead of `onEnd`; nothing follows. */
  onError(error: Error): void
}

/** Nothing came in time: no headers after the request was written, or no byte after the headers. */
export class ExchangeTimeout extends Error {
  override name = 'ExchangeTimeout'
  readonly waitingFor: 'headers' | 'bytes'
  constructor(waitingFor: 'headers' | 'bytes') {
    super(`no ${waitingFor} in time`)
    this.waitingFor = waitingFor
  }
}

/**
 * One request and its response, by callbacks in the tick of arrival. `abort` destroys the socket in the same tick
 * and silences all callbacks; after the end it does nothing.
 */
export function exchange(
  connections: Connections,
  request: ExchangeRequest,
  timeouts: ExchangeTimeouts,
  timers: Timers,
  handlers: ExchangeHandlers,
): { abort: () => void } {
  let over = false
  let control: Dispatcher.DispatchController | null = null
  let stopWatch = () => {}
  let lastSignAt = 0
  let readPending = false

  const settle = () => {
    over = true
    stopWatch()
  }
  const abort = () => {
    if (over) return
    settle()
    control?.abort(new Error('aborted'))
  }
  const fail = (error: Error) => {
    if (over) return
    abort()
    handlers.onError(error)
  }
  // undici gives all parts of a read in one go; the microtask runs right after the last of them.
  const flushAfterRead = () => {
    if (readPending) return
    readPending = true
    queueMicrotask(flush)
  }
  const flush = () => {
    if (!readPending || over) return
    readPending = false
    lastSignAt = timers.now()
    try {
      handlers.onRead()
    } catch (error) {
      fail(error as Error)
    }
  }
  // One timer that looks back, instead of one that is moved at every read.
  const watch = (waitingFor: 'headers' | 'bytes', limitMs: number, delayMs = limitMs) => {
    stopWatch()
    stopWatch = timers.after(delayMs, () => {
      // The event loop may have been held up: bytes that are already here are read before anything is given up.
      const turn = setImmediate(() => {
        const leftMs = limitMs - (timers.now() - lastSignAt)
        if (leftMs > 0) watch(waitingFor, limitMs, leftMs)
        else fail(new ExchangeTimeout(waitingFor))
      })
      stopWatch = () => clearImmediate(turn)
    })
  }

  const handler: Dispatcher.DispatchHandler = {
    onRequestStart(controller) {
      control = controller
      lastSignAt = timers.now()
      if (over) controller.abort(new Error('aborted'))
      else watch('headers', timeouts.headersTimeoutMs)
    },
    onResponseStart(_controller, status, headers) {
      // 1xx responses come before the real one.
      if (over || status < 200) return
      lastSignAt = timers.now()
      watch('bytes', timeouts.idleTimeoutMs)
      handlers.onHeaders(status, headers)
      flushAfterRead()
    },
    onResponseData(_controller, chunk) {
      if (over) return
      handlers.onBytes(chunk)
      flushAfterRead()
    },
    onResponseEnd() {
      flush()
      if (over) return
      settle()
      handlers.onEnd()
    },
    onResponseError(_controller, error) {
      flush()
      if (over) return
      settle()
      handlers.onError(error)
    },
  }
  try {
    connections.dispatch({ method: request.method, path: request.path, headers: request.headers, body: request.body }, handler)
  } catch (error) {
    fail(error as Error)
  }
  return { abort }
}
