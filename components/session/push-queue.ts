import * as Y from 'yjs'
import type { Failure, Result } from '#protocol/failures.ts'
import type { Clock } from './clock.ts'

/** Own edits are sent together at most this often, so that fast typing makes few rows. */
const batchMs = 30
const retryMs = 1_000
/** What waits is gathered into pushes of this size at most; adding to a larger one would take longer than a key may. */
const gatheredBytes = 8_000
/** Refusals that pass: the same push may succeed later. */
const passing: readonly Failure['code'][] = ['unavailable', 'internal', 'rate_limited', 'not_joined']

/** `sent`: waits for its answer. `tried`: the server may know its id, so what it holds is fixed. */
type Push = { pushId: string; update: Uint8Array; edits: number; sent: boolean; tried: boolean }

export type PushQueueOptions = {
  clock: Clock
  newPushId(): string
  send(pushId: string, update: Uint8Array): Promise<Result<{ seq: number }>>
  /** Larger pushes travel alone: nothing that depends on them may overtake them on another channel. */
  isLarge(update: Uint8Array): boolean
  /** Claims one of the connection's places for pushes in flight; false when none is free (`pump` again later). */
  claim(): boolean
  release(): void
  /** The server lacks something that came before: what it has must be read before anything is sent again. */
  onResync(): void
  onRefused(failure: Failure): void
  onPendingChanged(): void
}

/**
 * Own edits of one document on their way to the server, in order. A push keeps its id until the server has it, so sending it
 * again is harmless. Paused until the document is open, while it is being reopened and after a refusal.
 */
export class PushQueue {
  private readonly options: PushQueueOptions
  private collected: Uint8Array[] = []
  private pushes: Push[] = []
  private running = false
  private cancelBatch: (() => void) | undefined
  private cancelRetry: (() => void) | undefined

  constructor(options: PushQueueOptions) {
    this.options = options
  }

  /** Own edits that the server has not stored yet. */
  get pending(): number {
    return this.pushes.reduce((sum, push) => sum + push.edits, this.collected.length)
  }

  add(update: Uint8Array) {
    this.collected.push(update)
    this.cancelBatch ??= this.options.clock.after(batchMs, () => {
      this.cancelBatch = undefined
      this.seal()
      this.pump()
    })
    this.options.onPendingChanged()
  }

  /** Sends (again) everything that the server may not have. */
  resume() {
    this.pause()
    this.running = true
    for (const push of this.pushes) push.sent = false
    this.pump()
  }

  pause() {
    this.running = false
    this.cancelRetry?.()
    this.cancelRetry = undefined
  }

  /** After a resync: one push with everything that the server lacks takes the place of all others. */
  replaceAll(update: Uint8Array) {
    const edits = this.pending
    this.collected = []
    this.pushes = [{ pushId: this.options.newPushId(), update, edits, sent: false, tried: false }]
    this.options.onPendingChanged()
  }

  /** The push came back in the log or was acknowledged; whichever is noticed first. */
  stored(pushId: string) {
    const before = this.pushes.length
    this.pushes = this.pushes.filter((push) => push.pushId !== pushId)
    if (this.pushes.length < before) this.options.onPendingChanged()
  }

  pump() {
    if (!this.running || this.cancelRetry !== undefined) return
    for (const push of this.pushes) {
      const large = this.options.isLarge(push.update)
      if (push.sent && large) return
      if (push.sent) continue
      if (large && this.pushes.some((other) => other.sent)) return
      if (!this.options.claim()) return
      push.sent = true
      push.tried = true
      void this.deliver(push)
      if (large) return
    }
  }

  close() {
    this.pause()
    this.cancelBatch?.()
    this.collected = []
    this.pushes = []
    this.options.onPendingChanged()
  }

  /**
   * Makes a push of what was collected, or adds it to the last one while that waits for its turn: minutes of typing without a
   * connection would otherwise come as thousands of pushes, more than the server takes from anybody.
   */
  private seal() {
    const [first, ...rest] = this.collected
    if (first === undefined) return
    const update = rest.length === 0 ? first : Y.mergeUpdates(this.collected)
    const edits = this.collected.length
    this.collected = []
    const last = this.pushes.at(-1)
    if (last !== undefined && !last.tried && last.update.byteLength + update.byteLength <= gatheredBytes) {
      last.update = Y.mergeUpdates([last.update, update])
      last.edits += edits
    } else {
      this.pushes.push({ pushId: this.options.newPushId(), update, edits, sent: false, tried: false })
    }
  }

  private async deliver(push: Push) {
    const answer = await this.options.send(push.pushId, push.update)
    this.options.release()
    if (!this.pushes.includes(push)) return this.pump()
    if (answer.ok) {
      this.stored(push.pushId)
      this.pump()
    } else if (answer.error.code === 'resync') {
      this.pause()
      this.options.onResync()
    } else if (passing.includes(answer.error.code)) {
      push.sent = false
      this.tryAgain(answer.error.retryAfterMs ?? retryMs)
    } else {
      this.pause()
      this.options.onRefused(answer.error)
    }
  }

  private tryAgain(delayMs: number) {
    this.cancelRetry ??= this.options.clock.after(delayMs, () => {
      this.cancelRetry = undefined
      this.pump()
    })
  }
}
