import type { Failure, Result, TurnFailure } from './failures.ts'
import type { Command, Payload, Reply } from './commands.ts'
import type { HunkEvent } from './hunks.ts'
import type { FileNode, SessionInfo } from './sessions.ts'
import type { EndReason, Turn, TurnFrame, TurnMeasurements, TurnStatus } from './turns.ts'

/** Every message the server may send; payloads are believed by the browser, so they are types only. */
export type ServerEvents = {
  /** Name, model or backend changed. */
  'session.updated': SessionInfo
  'session.deleted': Record<string, never>
  'tree.changed': { changed: FileNode[]; removed: string[] }
  /** One committed log row of any document of the session: text and hunk events of the same moment. A tab that has not opened the document yet opens it. */
  'document.updated': { fileId: string; seq: number; pushId?: string; update?: Uint8Array; hunkEvents?: HunkEvent[] }
  /** Hunk events that belong to no document: proposals for a path that names no file. */
  'hunks.changed': { hunkEvents: HunkEvent[] }
  'turn.started': Turn
  'turn.status': { turnId: string; status: Exclude<TurnStatus, 'ended'>; waitUntil?: number }
  'turn.delta': TurnFrame
  /** After the last delta: every viewer has the whole text before it is told that the turn ended. */
  'turn.ended': { turnId: string; reason: EndReason; failure?: TurnFailure; measurements?: TurnMeasurements }
  /** A checkpoint was restored with its chat: these turns are not part of the conversation any more. */
  'turns.rolled-back': { turnIds: string[] }
  /** An answer to a message that carried no ack. */
  failure: Failure
  'server.restarting': { retryMs: number }
}
export type ServerEvent = keyof ServerEvents

export type ServerToClientEvents = { [E in ServerEvent]: (payload: ServerEvents[E]) => void }
export type ClientToServerEvents = {
  [C in Command]: (payload: Payload<C>, reply: (result: Result<Reply<C>>) => void) => void
}
