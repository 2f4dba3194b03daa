import type { Result } from '#protocol/failures.ts'
import type { OutgoingPush } from '../client-documents.ts'
import type { Clock } from '../clock.ts'
import { passing } from '../passing.ts'

const againMs = 1_000

/** Edits whose writer may not edit any more, as the server was asked to propose them. */
export type Offered = { path: string; edits: number; hunks: number }

/** Offers edits to the server until it has answered. The same offer again is the same proposals. */
export class Offers {
  private readonly send: (push: OutgoingPush) => Promise<Result<{ hunks: number }>>
  private readonly clock: Clock
  /** Ends each wait for another try. */
  private readonly waiting = new Set<() => void>()

  constructor({ send, clock }: { send(push: OutgoingPush): Promise<Result<{ hunks: number }>>; clock: Clock }) {
    this.send = send
    this.clock = clock
  }

  /** Undefined: the server does not take them. Never resolves where this tab goes first; the edits are in the outbox then. */
  async make(push: OutgoingPush): Promise<{ hunks: number } | undefined> {
    for (;;) {
      const answer = await this.send(push)
      if (answer.ok) return answer.value
      if (!passing.includes(answer.error.code)) return undefined
      const delayMs = answer.error.retryAfterMs ?? againMs
      await new Promise<void>((resolve) => {
        const cancel = this.clock.after(delayMs, () => {
          this.waiting.delete(cancel)
          resolve()
        })
        this.waiting.add(cancel)
      })
    }
  }

  close() {
    for (const cancel of this.waiting) cancel()
    this.waiting.clear()
  }
}
