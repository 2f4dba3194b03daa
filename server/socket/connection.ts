import type { Socket } from 'socket.io'
import type { Result } from '#protocol/failures.ts'
import type { Command, Payload, Reply } from '#protocol/commands.ts'
import type { ClientToServerEvents, ServerToClientEvents } from '#protocol/events.ts'
import type { Participant } from '#protocol/sessions.ts'
import type { OutboundConnection } from './outbound/outbound-connection.ts'

/** What the server remembers of one connection. */
export type ConnectionData = {
  visitId: string
  /** Settles with the last join that was asked for. */
  joining: Promise<unknown>
  /** The session that a join under way is for. */
  entering?: string
  joined?: { sessionId: string; participant: Participant; leave: () => void }
  /** Answers to joins that it has not been sent yet. */
  unsentSnapshots: number
  /** The way to its tab. */
  outbound: OutboundConnection
  /** Documents this connection has opened; released when it goes. */
  openFileIds: Set<string>
}

export type FlintSocket = Socket<ClientToServerEvents, ServerToClientEvents, Record<string, never>, ConnectionData>

/** A joined connection, as command handlers see it. */
export type Caller = { socket: FlintSocket; sessionId: string; participant: Participant }

export type Handlers = {
  [C in Exclude<Command, 'session.join'>]: (caller: Caller, payload: Payload<C>) => Promise<Reply<C>>
}

export type Acknowledge = (result: Result<unknown>) => void
