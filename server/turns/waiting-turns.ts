import type { Store } from '#store/store.ts'
import type { RunningTurn } from './running-turn.ts'
import type { SessionQueue } from './session-queue.ts'
import { TurnRefused, type QueuePlace, type Remover, type TurnEvent } from './turns.ts'

/**
 * The prompts that wait, as people change them. What is waiting is decided in memory, at once, so that no two people can settle it
 * differently; it is told when it is durable.
 */
export class WaitingTurns {
  readonly #store: Store
  readonly #queueOf: (sessionId: string) => SessionQueue | undefined
  readonly #tell: (event: TurnEvent) => void

  constructor({
    store,
    queueOf,
    tell,
  }: {
    store: Store
    queueOf: (sessionId: string) => SessionQueue | undefined
    tell: (event: TurnEvent) => void
  }) {
    this.#store = store
    this.#queueOf = queueOf
    this.#tell = tell
  }

  /** Rejects with `TurnRefused`, or with `StoreFailure`: the order is then what it was. */
  async move(sessionId: string, turnId: string, place: QueuePlace): Promise<void> {
    const found = this.#find(sessionId, turnId)
    if (found === undefined) throw await this.#refusal(sessionId, turnId)
    const { queue, turn } = found
    const before = queue.waiting
    const others = before.filter((waiting) => waiting !== turn)
    const neighbour = 'before' in place ? place.before : place.after
    if (neighbour === turnId) return
    const at = others.findIndex(({ record }) => record.turnId === neighbour)
    if (at === -1) throw new TurnRefused('turn_begun')
    const order = others.toSpliced('before' in place ? at : at + 1, 0, turn)
    if (isSame(order, before)) return
    queue.reorder(order)
    try {
      await this.save(sessionId, queue)
    } catch (error) {
      // Where turns have begun or others were moved since, the order in memory is what everyone will be told next.
      if (isSame(queue.waiting, order)) queue.reorder(before)
      throw error
    }
  }

  /** Rejects with `TurnRefused`. Resolves when it is durable. */
  async remove(sessionId: string, turnId: string, { participantId, removesAny }: Remover): Promise<void> {
    const found = this.#find(sessionId, turnId)
    if (found === undefined) throw await this.#refusal(sessionId, turnId)
    const { queue, turn } = found
    if (turn.record.askedBy !== participantId && !removesAny) throw new TurnRefused('denied')
    await queue.interrupt(turn, 'removed', participantId)
  }

  /** Stores and tells the order in which the turns wait now. */
  async save(sessionId: string, queue: SessionQueue): Promise<void> {
    const numbers = queue.waiting.map(({ record: { turnId, number } }) => ({ turnId, number }))
    await this.#store.numberTurns(sessionId, numbers)
    this.#tell({ type: 'queued', sessionId, numbers })
  }

  /** Not awaited: what is found waits only until the next tick. */
  #find(sessionId: string, turnId: string): { queue: SessionQueue; turn: RunningTurn } | undefined {
    const queue = this.#queueOf(sessionId)
    const turn = queue?.waiting.find(({ record }) => record.turnId === turnId)
    return queue && turn && { queue, turn }
  }

  async #refusal(sessionId: string, turnId: string): Promise<TurnRefused> {
    const stored = await this.#store.turn(turnId)
    return new TurnRefused(stored?.sessionId === sessionId ? 'turn_begun' : 'not_found')
  }
}

function isSame(one: readonly RunningTurn[], other: readonly RunningTurn[]): boolean {
  return one.length === other.length && one.every((turn, index) => turn === other[index])
}
