import type { Command } from '#protocol/commands.ts'
import type { Result } from '#protocol/failures.ts'

type Request = { command: Command; payload: unknown; answer: (result: Result<unknown>) => void }

/** What a server does with a command that has arrived. */
export type Serve = (command: Command, payload: unknown) => Promise<Result<unknown>>

/**
 * One connection of one tab, in order in each direction as TCP is. Nothing arrives by itself: the plan says when. What is under way when
 * it is cut is lost, and who waits for an answer is told that there is none.
 */
export class Link {
  /** The tab's messages arrive and nothing comes back, until somebody notices. */
  halfOpen = false
  readonly #serve: Serve
  readonly #onClose: () => void
  readonly #toServer: Request[] = []
  readonly #toTab: (() => void)[] = []
  readonly #unanswered = new Set<Request>()
  #lastPush: Request | undefined
  #closed = false

  constructor(serve: Serve, onClose: () => void) {
    this.#serve = serve
    this.#onClose = onClose
  }

  get isQuiet(): boolean {
    return this.#toServer.length === 0 && this.#toTab.length === 0 && this.#unanswered.size === 0
  }

  request(command: Command, payload: unknown): Promise<Result<unknown>> {
    return new Promise((resolve) => {
      const request = { command, payload, answer: resolve }
      if (this.#closed) return resolve({ ok: false, error: { code: 'unavailable' } })
      this.#unanswered.add(request)
      this.#toServer.push(request)
    })
  }

  /** Something that the server tells without being asked. */
  tell(arrive: () => void): void {
    if (!this.#closed && !this.halfOpen) this.#toTab.push(arrive)
  }

  send(count: number): void {
    for (const request of this.#toServer.splice(0, count)) {
      if (request.command === 'document.push') this.#lastPush = request
      void this.#serve(request.command, request.payload).then((result) =>
        this.tell(() => {
          if (this.#unanswered.delete(request)) request.answer(result)
        }),
      )
    }
  }

  receive(count: number): void {
    for (const arrive of this.#toTab.splice(0, count)) arrive()
  }

  /** The last push arrives once more, as after an answer that was lost. */
  repeat(): void {
    if (this.#lastPush) void this.#serve(this.#lastPush.command, this.#lastPush.payload)
  }

  close(): void {
    if (this.#closed) return
    this.#closed = true
    this.#toServer.length = 0
    this.#toTab.length = 0
    const unanswered = [...this.#unanswered]
    this.#unanswered.clear()
    this.#onClose()
    for (const { answer } of unanswered) answer({ ok: false, error: { code: 'unavailable' } })
  }
}
