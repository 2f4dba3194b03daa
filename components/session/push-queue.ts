import * as Y from 'yjs'
import type { Failure, Result } from '#protocol/failures.ts'
import type { Clock } from './clock.ts'
import { passing } from './passing.ts'

/** What is typed is sent at once, and again after this time at the earliest, so that fast typing makes few rows. */
const batchMs = 30
const retryMs = 1_000
/** What waits is gathered into pushes of this size at most; adding to a larger one would take longer than a key may. */
const gatheredBytes = 8_000

/** Edits under an id that names these bytes for ever: gathering more of them takes a new id. */
export type Push = { pushId: string; update: Uint8Array; edits: number }

/** `sent`: waits for its answer. `tried`: the server may know its id. `kept`: whether it would outlive this tab. */
type Queued = Push & { sent: boolean; tried: boolean; kept: 'writing' | 'kept' | 'in_tab' }

export type PushQueueOptions = {
  clock: Clock
  newPushId(): string
  /** Pushes of a tab that is gone. */
  left?: readonly Push[]
  /** Keeps a push beyond this tab, in the place of others that it contains. Resolves to false where that cannot be, or not soon. */
  keep(push: Push, instead: readonly string[], onLate: () => void): Promise<boolean>
  /** They need not be kept any longer. */
  forget(pushIds: readonly string[]): void
  send(pushId: string, update: Uint8Array): Promise<Result<{ seq: number }>>
  /** Larger pushes travel alone: nothing that depends on them may overtake them on another channel. */
  isLarge(update: Uint8Array): boolean
  /** Claims one of the connection's places for pushes in flight; false when none is free (`pump` again later). */
  claim(): boolean
  release(): void
  /** The server lacks something that came before this push: what it has must be read before anything is sent again. */
  onResync(pushId: string): void
  onRefused(failure: Failure): void
  onPendingChanged(): void
}

/**
 * Own edits of one document on their way to the server, in order: kept first, then sent. A push keeps its id until the server has it,
 * so sending it again is harmless. Paused until the document is open, while it is being reopened and after a refusal.
 */
export class PushQueue {
  private readonly options: PushQueueOptions
  private collected: Uint8Array[] = []
  private pushes: Queued[]
  private running = false
  /** Epoch ms; a clock that is set back costs one batch. */
  private lastSealedAt = Number.NEGATIVE_INFINITY
  private cancelBatch: (() => void) | undefined
  private cancelRetry: (() => void) | undefined

  constructor(options: PushQueueOptions) {
    this.options = options
    this.pushes = (options.left ?? []).map((push) => ({ ...push, sent: false, tried: true, kept: 'kept' }))
  }

  /** Own edits that the server has not stored yet. */
  get pending(): number {
    return this.pushes.reduce((sum, push) => sum + push.edits, this.collected.length)
  }

  /** Those of them that would go with this tab, `unkept` because the browser cannot keep them. */
  get inTab(): { edits: number; unkept: number } {
    const held = this.pushes.filter(({ kept }) => kept !== 'kept')
    const count = (pushes: Queued[]) => pushes.reduce((sum, { edits }) => sum + edits, 0)
    return { edits: this.collected.length + count(held), unkept: count(held.filter(({ kept }) => kept === 'in_tab')) }
  }

  add(update: Uint8Array) {
    this.collected.push(update)
    this.cancelBatch ??= this.sealLater()
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
    const instead = this.pushes.map(({ pushId }) => pushId)
    this.collected = []
    this.pushes = []
    this.enqueue({ pushId: this.options.newPushId(), update, edits }, instead)
    this.options.onPendingChanged()
  }

  /** Everything that is not stored, as one push under the id of the last: who has that one has all. Undefined: nothing is. */
  rest(): Push | undefined {
    this.seal()
    const last = this.pushes.at(-1)
    if (last === undefined) return undefined
    return { pushId: last.pushId, update: merged(this.pushes.map(({ update }) => update)), edits: this.pending }
  }

  /** The push came back in the log or was acknowledged; whichever is noticed first. */
  stored(pushId: string) {
    const before = this.pushes.length
    this.pushes = this.pushes.filter((push) => push.pushId !== pushId)
    if (this.pushes.length === before) return
    this.options.forget([pushId])
    this.options.onPendingChanged()
  }

  pump() {
    if (!this.running || this.cancelRetry !== undefined) return
    for (const push of this.pushes) {
      if (push.kept === 'writing') return
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

  /** Gives everything up. Returns the ids that are still kept. */
  close(): string[] {
    this.pause()
    this.cancelBatch?.()
    const pushIds = this.pushes.map(({ pushId }) => pushId)
    this.collected = []
    this.pushes = []
    this.options.onPendingChanged()
    return pushIds
  }

  /**
   * Makes a push of what was collected, together with the last one while that waits for its turn: minutes of typing without a
   * connection would otherwise come as thousands of pushes, more than the server takes from anybody.
   */
  seal() {
    this.cancelBatch?.()
    this.cancelBatch = undefined
    if (this.collected.length === 0) return
    this.lastSealedAt = this.options.clock.now()
    const own: Push = { pushId: this.options.newPushId(), update: merged(this.collected), edits: this.collected.length }
    this.collected = []
    const last = this.pushes.at(-1)
    if (last === undefined || last.tried || last.update.byteLength + own.update.byteLength > gatheredBytes) {
      return this.enqueue(own, [])
    }
    this.pushes.pop()
    this.enqueue({ ...own, update: merged([last.update, own.update]), edits: last.edits + own.edits }, [last.pushId])
  }

  /** After what runs now: a paste, or an edit with many cursors, is many changes of one moment. A timer would come 1 to 2 ms later. */
  private sealLater(): () => void {
    const { clock } = this.options
    const delayMs = Math.min(batchMs, this.lastSealedAt + batchMs - clock.now())
    if (delayMs > 0) return clock.after(delayMs, () => this.seal())
    let isCancelled = false
    queueMicrotask(() => isCancelled || this.seal())
    return () => (isCancelled = true)
  }

  private enqueue(push: Push, instead: readonly string[]) {
    const queued: Queued = { ...push, sent: false, tried: false, kept: 'writing' }
    this.pushes.push(queued)
    const settle = (kept: Queued['kept']) => {
      queued.kept = kept
      if (!this.pushes.includes(queued)) return
      this.options.onPendingChanged()
      this.pump()
    }
    void this.options
      .keep(push, instead, () => settle('kept'))
      .then((kept) => settle(kept || queued.kept === 'kept' ? 'kept' : 'in_tab')) // what is late can come at that very moment
  }

  private async deliver(push: Queued) {
    const answer = await this.options.send(push.pushId, push.update)
    this.options.release()
    if (!this.pushes.includes(push)) return this.pump()
    if (answer.ok) {
      this.stored(push.pushId)
      this.pump()
    } else if (answer.error.code === 'resync') {
      this.pause()
      this.options.onResync(push.pushId)
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

function merged(updates: readonly Uint8Array[]): Uint8Array {
  const [only, ...more] = updates
  return only !== undefined && more.length === 0 ? only : Y.mergeUpdates([...updates])
}
