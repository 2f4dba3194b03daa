import { isDeepStrictEqual } from 'node:util'
import type { Logger } from 'pino'
import type { ServerEvents } from '#protocol/events.ts'
import { limits } from '#protocol/limits.ts'
import type { Presence } from '#protocol/presence.ts'
import type { PresencePlace } from '#protocol/presence-commands.ts'

export type PresenceClock = {
  now(): number
  /** Runs `work` once after that many milliseconds. Returns its undo. */
  after(delayMs: number, work: () => void): () => void
}

export type PresenceEvent =
  | { type: 'changed'; sessionId: string; changed: Presence[]; gone: string[] }
  /** Was silent for a while. */
  | { type: 'asked'; connectionId: string }
  | { type: 'gathering'; sessionId: string; gathering: ServerEvents['presence.gathering'] }

type Entry = { sessionId: string; presence: Presence; heardAt: number }
type Waiting = { changed: Set<string>; gone: Set<string>; cancel: () => void }

/** What happens within this time is told together. */
const mergeMs = 80
const askAfterMs = 4_000
const lookEveryMs = 2_000
const nowhere: PresencePlace = { fileId: null, following: null, state: 'active' }

/** Who is where, by connection. Lives in memory only: after a restart every tab tells it again. */
export class Presences {
  private readonly clock: PresenceClock
  private readonly log: Logger
  private readonly entries = new Map<string, Entry>()
  private readonly waiting = new Map<string, Waiting>()
  private readonly toldAt = new Map<string, number>()
  private readonly listeners = new Set<(event: PresenceEvent) => void>()
  private cancelLook: (() => void) | undefined

  constructor({ clock, log }: { clock: PresenceClock; log: Logger }) {
    this.clock = clock
    this.log = log
  }

  /** Returns its undo. */
  onEvent(listener: (event: PresenceEvent) => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  of(sessionId: string): Presence[] {
    return [...this.entries.values()].filter((entry) => entry.sessionId === sessionId).map(({ presence }) => presence)
  }

  get(connectionId: string): Presence | undefined {
    return this.entries.get(connectionId)?.presence
  }

  /** A connection has joined, or says where it is: also one that was taken for gone. */
  set(who: { sessionId: string; connectionId: string; participantId: string }, place: PresencePlace = nowhere) {
    const { sessionId, connectionId, participantId } = who
    const presence = { ...place, connectionId, participantId }
    const known = this.entries.get(connectionId)
    this.entries.set(connectionId, { sessionId, presence, heardAt: this.clock.now() })
    this.lookLater()
    // Who was asked answers with where it is: nobody else has to hear that it is still there.
    if (known?.sessionId === sessionId && isDeepStrictEqual(known.presence, presence)) return
    const { changed, gone } = this.soon(sessionId)
    changed.add(connectionId)
    gone.delete(connectionId)
  }

  /** Told at once. */
  leave(connectionId: string) {
    const entry = this.entries.get(connectionId)
    if (entry === undefined) return
    this.entries.delete(connectionId)
    const { changed, gone } = this.soon(entry.sessionId)
    changed.delete(connectionId)
    gone.add(connectionId)
    this.flush(entry.sessionId)
  }

  /** Asks everyone to come to where a connection is. False where it is in no file. */
  gather(connectionId: string): boolean {
    const entry = this.entries.get(connectionId)
    if (entry === undefined || entry.presence.fileId === null) return false
    const { participantId, fileId, line = 1, selections } = entry.presence
    const head = selections?.[0]?.head
    const gathering = { participantId, connectionId, fileId, line, ...(head === undefined ? {} : { head }) }
    this.tell({ type: 'gathering', sessionId: entry.sessionId, gathering })
    return true
  }

  close() {
    this.cancelLook?.()
    for (const { cancel } of this.waiting.values()) cancel()
    this.waiting.clear()
    this.entries.clear()
    this.listeners.clear()
  }

  private soon(sessionId: string): Waiting {
    const known = this.waiting.get(sessionId)
    if (known !== undefined) return known
    const delay = Math.max(0, (this.toldAt.get(sessionId) ?? -Infinity) + mergeMs - this.clock.now())
    const cancel = this.clock.after(delay, () => this.flush(sessionId))
    const fresh = { changed: new Set<string>(), gone: new Set<string>(), cancel }
    this.waiting.set(sessionId, fresh)
    return fresh
  }

  private flush(sessionId: string) {
    const waiting = this.waiting.get(sessionId)
    if (waiting === undefined) return
    waiting.cancel()
    this.waiting.delete(sessionId)
    const changed = [...waiting.changed].map((connectionId) => this.get(connectionId)).filter((found) => found !== undefined)
    const gone = [...waiting.gone]
    if (gone.length > 0 && this.of(sessionId).length === 0) this.toldAt.delete(sessionId)
    else this.toldAt.set(sessionId, this.clock.now())
    if (changed.length + gone.length > 0) this.tell({ type: 'changed', sessionId, changed, gone })
  }

  private lookLater() {
    this.cancelLook ??= this.clock.after(lookEveryMs, () => {
      this.cancelLook = undefined
      this.look()
      if (this.entries.size > 0) this.lookLater()
    })
  }

  /** Asks those who are silent, and gives up those who do not answer: a dead network path tells nobody that it is dead. */
  private look() {
    const now = this.clock.now()
    for (const [connectionId, { heardAt }] of this.entries) {
      if (now - heardAt >= limits.presenceExpiryMs) this.leave(connectionId)
      else if (now - heardAt >= askAfterMs) this.tell({ type: 'asked', connectionId })
    }
  }

  private tell(event: PresenceEvent) {
    for (const listener of this.listeners) {
      try {
        listener(event)
      } catch (error) {
        this.log.error({ err: error }, 'a listener of presence failed')
      }
    }
  }
}

export const systemPresenceClock: PresenceClock = {
  now: () => Date.now(),
  after(delayMs, work) {
    const timer = setTimeout(work, delayMs)
    return () => clearTimeout(timer)
  },
}
