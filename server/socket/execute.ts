import type { Logger } from 'pino'
import { commands, type Command } from '#protocol/commands.ts'
import type { Result } from '#protocol/failures.ts'
import { permits } from '#protocol/roles.ts'
import type { CommandLimits } from './command-limits.ts'
import type { FlintSocket, Handlers } from './connection.ts'
import { failureOf } from './failure-of.ts'
import type { createJoin } from './join.ts'
import { isPlainPayload } from './plain-payload.ts'

export type Execute = (socket: FlintSocket, name: unknown, payload: unknown) => Promise<Result<unknown>>

/** Answers whatever a connection sends: checks name, limits, shape, session and role, then lets the command's handler do it. Never rejects. */
export function createExecute({
  handlers,
  join,
  commandLimits,
  log,
  newLogId,
}: {
  handlers: Handlers
  join: ReturnType<typeof createJoin>
  commandLimits: CommandLimits
  log: Logger
  newLogId: () => string
}): Execute {
  const execute: Execute = async (socket, name, payload) => {
    // Never converted: an object's own `toString` would throw, and an array of one name would pass for it.
    if (typeof name !== 'string' || !Object.hasOwn(commands, name)) return { ok: false, error: { code: 'unknown_command' } }
    const command = name as Command
    const retryAfterMs = await commandLimits.consume(socket.id, command)
    if (retryAfterMs > 0) return { ok: false, error: { code: 'rate_limited', retryAfterMs } }
    if (!isPlainPayload(payload)) return { ok: false, error: { code: 'invalid_payload' } }
    const parsed = commands[command].payload.safeParse(payload)
    if (!parsed.success) {
      const issues = parsed.error.issues.slice(0, 10).map((issue) => `${issue.path.join('.')}: ${issue.message}`)
      return { ok: false, error: { code: 'invalid_payload', issues } }
    }
    if (command === 'session.join') return { ok: true, value: await join(socket, parsed.data as Parameters<typeof join>[1]) }
    const { joined } = socket.data
    if (joined === undefined) return { ok: false, error: { code: 'not_joined' } }
    if (!permits(joined.participant.role, commands[command].role)) return { ok: false, error: { code: 'denied' } }
    // The map guarantees that the handler and the parsed payload belong to the same command; TypeScript cannot see it.
    const handle = handlers[command] as Handlers[keyof Handlers] & ((caller: unknown, payload: unknown) => Promise<unknown>)
    return { ok: true, value: await handle({ socket, ...joined }, parsed.data as never) }
  }

  return (socket, name, payload) =>
    execute(socket, name, payload).catch((error: unknown): Result<unknown> => {
      const failure = failureOf(error)
      if (failure !== undefined) return { ok: false, error: failure }
      const logId = newLogId()
      log.error({ err: error, command: name, logId }, 'command failed')
      return { ok: false, error: { code: 'internal', logId } }
    })
}
