import type { Dialect } from '../dialects.ts'
import type { Connections } from './connections.ts'
import type { ExchangeTimeouts } from './exchange.ts'
import type { Log } from './log.ts'
import type { Timers } from './timers.ts'

/** A backend's connections and how to speak on them. */
export type Wire = {
  connections: Connections
  dialect: Dialect
  /** In front of the dialect's paths. */
  pathPrefix: string
  /** Sent with every request, authorization included. */
  headers: Readonly<Record<string, string>>
  timeouts: ExchangeTimeouts
  timers: Timers
  log: Log
}
