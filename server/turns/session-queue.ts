import type { Interruption, RunningTurn } from './running-turn.ts'

/** Turns of one session: one runs, the others wait. */
export class SessionQueue {
  readonly #waiting: RunningTurn[] = []
  readonly #onEnded: (turn: RunningTurn) => void
  readonly #ended = new Map<RunningTurn, Promise<void>>()
  #running: RunningTurn | undefined
  #idle: Promise<void> = Promise.resolve()

  constructor(onEnded: (turn: RunningTurn) => void) {
    this.#onEnded = onEnded
  }

  get running(): RunningTurn | undefined {
    return this.#running
  }

  /** In the order in which they run. */
  get turns(): RunningTurn[] {
    return this.#running === undefined ? [...this.#waiting] : [this.#running, ...this.#waiting]
  }

  find(turnId: string): RunningTurn | undefined {
    return this.turns.find(({ record }) => record.turnId === turnId)
  }

  /** `first`: before the turns that wait. */
  add(turn: RunningTurn, first: boolean): void {
    if (first) this.#waiting.unshift(turn)
    else this.#waiting.push(turn)
    if (this.#running === undefined) this.#idle = this.#work()
  }

  /** Ends a turn early, a waiting one at once and without a place in the queue. Resolves when its end is durable. */
  async interrupt(turn: RunningTurn, reason: Interruption): Promise<void> {
    turn.interrupt(reason)
    const index = this.#waiting.indexOf(turn)
    if (index === -1) {
      await this.#ended.get(turn)
      return
    }
    this.#waiting.splice(index, 1)
    await this.#run(turn)
  }

  /** Resolves when nothing runs or waits. */
  async close(): Promise<void> {
    await Promise.all(this.turns.map((turn) => this.interrupt(turn, 'interrupted')))
    await this.#idle
  }

  async #work(): Promise<void> {
    for (let turn = this.#waiting.shift(); turn !== undefined; turn = this.#waiting.shift()) {
      this.#running = turn
      await this.#run(turn)
      this.#running = undefined
    }
  }

  async #run(turn: RunningTurn): Promise<void> {
    const ended = turn.run()
    this.#ended.set(turn, ended)
    await ended
    this.#ended.delete(turn)
    this.#onEnded(turn)
  }
}
