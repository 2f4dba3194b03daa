import type { Failure, Result } from '#protocol/failures.ts'
import type { PresencePlace } from '#protocol/presence-commands.ts'
import type { Clock } from './clock.ts'

/** What an editor says of itself. */
export type EditorPlace = Pick<PresencePlace, 'line' | 'selections' | 'top'> & { fileId: string }

/** Less often than the server allows, so that a burst is never refused. */
const betweenMs = 120
const typingMs = 2_000
const idleMs = 120_000

/** What this tab tells the others of itself: where its person is, and what they do there. */
export class OwnPresence {
  private readonly clock: Clock
  private readonly send: (place: PresencePlace) => Promise<Result<unknown>>
  private fileId: string | null = null
  private following: string | null = null
  private readEditor: (() => EditorPlace | undefined) | undefined
  private hidden = false
  private usedAt: number
  private typedAt = -Infinity
  private messagedAt = -Infinity
  private joinedOnce = false
  private last: PresencePlace | undefined
  private sentAt = -Infinity
  private cancel: (() => void) | undefined

  constructor({ clock, send }: { clock: Clock; send: (place: PresencePlace) => Promise<Result<unknown>> }) {
    this.clock = clock
    this.send = send
    this.usedAt = clock.now()
  }

  /** The file on screen, and the participant (or `assistant`) whose view it follows. */
  show(fileId: string | null, following: string | null) {
    this.fileId = fileId
    this.following = following
    this.moved()
  }

  /** Where cursors and view of the editor are is read when it is sent. Returns its undo. */
  attach(readEditor: () => EditorPlace | undefined): () => void {
    this.readEditor = readEditor
    return () => {
      if (this.readEditor === readEditor) this.readEditor = undefined
    }
  }

  /** Cursor, view or file may have moved. */
  moved() {
    this.soon(0)
  }

  /** The person did something in this tab. */
  used() {
    const wasIdle = this.isIdle()
    this.usedAt = this.clock.now()
    if (wasIdle) this.moved()
  }

  typed() {
    this.typedAt = this.clock.now()
    this.used()
    this.moved()
  }

  /** The person writes to the others; not any more with what is sent or taken out again. */
  messaging(isWriting: boolean) {
    this.messagedAt = isWriting ? this.clock.now() : -Infinity
    this.used()
    this.moved()
  }

  /** The tab was hidden or shown again. */
  setHidden(hidden: boolean) {
    this.hidden = hidden
    this.moved()
  }

  /** The server knows nothing of this connection yet, or wants to hear that it is still there. */
  tell() {
    this.joinedOnce = true
    this.last = undefined
    this.soon(0)
  }

  close() {
    this.cancel?.()
    this.cancel = undefined
  }

  private soon(delayMs: number) {
    this.cancel?.()
    const wait = Math.max(delayMs, this.sentAt + betweenMs - this.clock.now(), 0)
    this.cancel = this.clock.after(wait, () => this.now())
  }

  private now() {
    this.cancel = undefined
    if (!this.joinedOnce) return
    const place = this.place()
    if (this.last !== undefined && samePlace(this.last, place)) return this.later()
    this.last = place
    this.sentAt = this.clock.now()
    void this.send(place).then((answer) => answer.ok || this.refused(answer.error))
    this.later()
  }

  /** What time alone changes: somebody who typed types no more, somebody who did nothing is idle. */
  private later() {
    if (this.cancel !== undefined) return
    const now = this.clock.now()
    const ends = [this.typedAt + typingMs, this.messagedAt + typingMs, this.usedAt + idleMs].filter((end) => end > now)
    if (ends.length > 0) this.soon(Math.min(...ends) - now)
  }

  /** A lost connection tells again when it is back; a file that is gone is left soon. */
  private refused({ code, retryAfterMs = 1_000 }: Failure) {
    if (code !== 'rate_limited') return
    this.last = undefined
    this.soon(retryAfterMs)
  }

  private place(): PresencePlace {
    const { fileId, following } = this
    const editor = this.readEditor?.()
    const inEditor = editor?.fileId === fileId ? editor : {}
    return { ...inEditor, fileId, following, state: this.state() }
  }

  private state(): PresencePlace['state'] {
    const now = this.clock.now()
    if (now - this.messagedAt < typingMs) return 'messaging'
    if (now - this.typedAt < typingMs) return 'typing'
    return this.isIdle() ? 'idle' : 'active'
  }

  private isIdle(): boolean {
    return this.hidden || this.clock.now() - this.usedAt >= idleMs
  }
}

function samePlace(one: PresencePlace, other: PresencePlace): boolean {
  const ones = one.selections ?? []
  const others = other.selections ?? []
  return (
    one.fileId === other.fileId &&
    one.line === other.line &&
    one.following === other.following &&
    one.state === other.state &&
    sameBytes(one.top, other.top) &&
    ones.length === others.length &&
    ones.every(({ head, anchor }, at) => sameBytes(head, others[at]?.head) && sameBytes(anchor, others[at]?.anchor))
  )
}

export function sameBytes(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  if (one === undefined || other === undefined) return one === other
  return one.length === other.length && one.every((byte, at) => byte === other[at])
}
