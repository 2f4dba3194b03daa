import type { TurnRecord } from '#store/store.ts'
import type { Interruption, RunningTurn } from './running-turn.ts'

/** Turns of one session: one chat turn runs, the others wait; inline turns run beside them. */
export class SessionQueue {
  readonly #waiting: RunningTurn[] = []
  readonly #beside = new Set<RunningTurn>()
  readonly #onTurn: (turn: RunningTurn) => void
  readonly #onEnded: (turn: RunningTurn) => void
  readonly #ended = new Map<RunningTurn, Promise<void>>()
  #running: RunningTurn | undefined
  #idle: Promise<void> = Promise.resolve()

  /** `onTurn`: of one that waited, right before it runs. */
  constructor({ onTurn, onEnded }: Record<'onTurn' | 'onEnded', (turn: RunningTurn) => void>) {
    this.#onTurn = onTurn
    this.#onEnded = onEnded
  }

  get running(): RunningTurn[] {
    return this.#running === undefined ? [...this.#beside] : [this.#running, ...this.#beside]
  }

  /** In the order in which they will run, which is that of their numbers. */
  get waiting(): readonly RunningTurn[] {
    return [...this.#waiting]
  }

  /** Those that run, then those that wait. */
  get turns(): RunningTurn[] {
    return [...this.running, ...this.#waiting]
  }

  /** `kind`: only if it is of that kind. */
  find(turnId: string, kind?: TurnRecord['kind']): RunningTurn | undefined {
    return this.turns.find(({ record }) => record.turnId === turnId && (kind === undefined || record.kind === kind))
  }

  /** `first`: before the turns that wait. */
  add(turn: RunningTurn, first: boolean): void {
    this.#waiting.push(turn)
    if (first) this.reorder([turn, ...this.#waiting.slice(0, -1)])
    if (this.#running === undefined) this.#idle = this.#work()
  }

  /** Runs at once, whatever else does. */
  addBeside(turn: RunningTurn): void {
    this.#beside.add(turn)
    void this.#run(turn)
  }

  /** Lets the waiting turns, all of which it names, run in another order: they exchange their numbers. */
  reorder(order: readonly RunningTurn[]): void {
    const numbers = this.#waiting.map(({ record }) => record.number).toSorted((one, other) => one - other)
    for (const [place, { record }] of order.entries()) record.number = numbers[place] ?? record.number
    this.#waiting.splice(0, this.#waiting.length, ...order)
  }

  /** Ends a turn early, a waiting one at once and without a place in the queue. Resolves when its end is durable. */
  async interrupt(turn: RunningTurn, reason: Interruption, by?: string): Promise<void> {
    turn.interrupt(reason, by)
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
    let waited = false
    for (let turn = this.#waiting.shift(); turn !== undefined; turn = this.#waiting.shift()) {
      this.#running = turn
      if (waited) this.#onTurn(turn)
      waited = true
      await this.#run(turn)
      this.#running = undefined
    }
  }

  async #run(turn: RunningTurn): Promise<void> {
    const ended = turn.run()
    this.#ended.set(turn, ended)
    await ended
    this.#ended.delete(turn)
    this.#beside.delete(turn)
    this.#onEnded(turn)
  }
}
