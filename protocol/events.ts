import type { BaseEvents } from './bases.ts'
import type { ChatEvents } from './chat.ts'
import type { Failure, Result, TurnFailure } from './failures.ts'
import type { Command, Payload, Reply } from './commands.ts'
import type { HunkEvent } from './hunks.ts'
import type { DocumentEvents } from './documents.ts'
import type { PresenceEvents } from './presence.ts'
import type { ReviewEvents } from './review.ts'
import type { SessionInfo } from './sessions.ts'
import type { SharingEvents } from './sharing.ts'
import type { TreeEvents } from './tree.ts'
import type { EndReason, Turn, TurnFrame, TurnMeasurements, TurnStatus } from './turns.ts'

/** Every message the server may send; payloads are believed by the browser, so they are types only. */
export type ServerEvents = DocumentEvents &
  ChatEvents & {
    /** Name, model or backend changed. */
    'session.updated': SessionInfo
    'session.deleted': Record<string, never>
    /** Hunk events that belong to no document: proposals for a path that names no file. */
    'hunks.changed': { hunkEvents: HunkEvent[] }
    'turn.started': Turn
    /** `startedAt`: of a turn that waited, whose turn has come. */
    'turn.status': { turnId: string; status: Exclude<TurnStatus, 'ended'>; waitUntil?: number; startedAt?: number }
    /** Turns that wait have other numbers now, which is the order in which they will run. */
    'turns.queued': { numbers: { turnId: string; number: number }[] }
    'turn.delta': TurnFrame
    /** After the last delta: every viewer has the whole text before it is told that the turn ended. */
    'turn.ended': {
      turnId: string
      reason: EndReason
      stoppedBy?: string
      failure?: TurnFailure
      measurements?: TurnMeasurements
      hasCheckpoint?: true
    }
    /** A checkpoint was restored with its chat: these turns are not part of the conversation any more. */
    'turns.rolled-back': { turnIds: string[] }
    /** An answer to a message that carried no ack. */
    failure: Failure
    /** This connection was so slow that events were let go of before it had them: the tab joins again. */
    'session.behind': Record<string, never>
    'server.restarting': { retryMs: number }
  } & PresenceEvents &
  BaseEvents &
  ReviewEvents &
  SharingEvents &
  TreeEvents
export type ServerEvent = keyof ServerEvents

export type ServerToClientEvents = { [E in ServerEvent]: (payload: ServerEvents[E]) => void }
export type ClientToServerEvents = {
  [C in Command]: (payload: Payload<C>, reply: (result: Result<Reply<C>>) => void) => void
}
