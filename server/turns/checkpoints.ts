import type { BaseId } from '#protocol/bases.ts'
import type { Reply } from '#protocol/commands.ts'
import type { ChangesSinceBase } from '#protocol/http.ts'
import { KeyedQueue } from '#sessions/keyed-queue.ts'
import type { Checkpoint } from '#store/store.ts'
import { changesSince } from './changes-since.ts'
import type { RestoreRooms } from './checkpoint-document.ts'
import { FileRestore } from './checkpoint-restore.ts'
import type { LineCounter } from './line-counting.ts'
import { TurnRefused, type TurnEvent } from './turns.ts'

/** What files and chat were before each turn, and the way back there. Works from what is stored alone. */
export class Checkpoints {
  readonly #rooms: RestoreRooms & { countLines: LineCounter }
  /** One at a time in each session: several that take turns would make everybody else wait for all of them. */
  readonly #comparisons = new KeyedQueue()
  readonly #isBusy: (sessionId: string) => boolean
  readonly #tell: (event: TurnEvent) => void

  /** `isBusy`: a chat turn of the session runs or waits. */
  constructor(options: {
    rooms: RestoreRooms & { countLines: LineCounter }
    isBusy: (sessionId: string) => boolean
    tell: (event: TurnEvent) => void
  }) {
    this.#rooms = options.rooms
    this.#isBusy = options.isBusy
    this.#tell = options.tell
  }

  /** Runs what must not fall into the middle of a restore: the moment in which a turn sees the files. */
  undisturbed<Value>(sessionId: string, work: () => Promise<Value>): Promise<Value> {
    return this.#rooms.lines.run(sessionId, work)
  }

  /** Rejects with `TurnRefused` `not_found` where the session has no such base, or it goes meanwhile. */
  changesSince(sessionId: string, baseId: BaseId, isWanted?: () => boolean): Promise<ChangesSinceBase> {
    return this.#comparisons.run(sessionId, async () => {
      const base = await this.#rooms.store.baseFiles(sessionId, baseId)
      if (base === undefined) throw new TurnRefused('not_found')
      return changesSince(this.#rooms, base, isWanted)
    })
  }

  /** Rejects with `TurnRefused`: `turn_active`, or `not_found` for a turn that is not of this session or has no checkpoint. */
  restore(wanted: {
    sessionId: string
    participantId: string
    turnId: string
    files: boolean
    chat: boolean
  }): Promise<Reply<'checkpoint.restore'>> {
    const { sessionId, participantId, turnId } = wanted
    return this.undisturbed(sessionId, async () => {
      const checkpoint = await this.#checkpoint(sessionId, turnId)
      if (this.#isBusy(sessionId)) throw new TurnRefused('turn_active')
      const files = wanted.files
        ? await FileRestore.run(this.#rooms, { sessionId, participantId }, checkpoint)
        : { restored: [], kept: [] }
      return { ...files, rolledBack: wanted.chat ? await this.#rollBack(sessionId, turnId) : [] }
    })
  }

  /** The model is not reminded of this turn and the later ones any more. */
  async #rollBack(sessionId: string, turnId: string): Promise<string[]> {
    const { store } = this.#rooms
    const turns = await store.turns(sessionId)
    const first = turns.find((turn) => turn.turnId === turnId)?.number ?? Infinity
    const turnIds = turns
      .filter(({ number, status, rolledBack }) => number >= first && status === 'ended' && rolledBack === undefined)
      .map((turn) => turn.turnId)
    if (turnIds.length === 0) return []
    await store.rollBackTurns(turnIds)
    this.#tell({ type: 'rolledBack', sessionId, turnIds })
    return turnIds
  }

  async #checkpoint(sessionId: string, turnId: string): Promise<Checkpoint> {
    const checkpoint = await this.#rooms.store.checkpoint(turnId)
    if (checkpoint?.sessionId !== sessionId) throw new TurnRefused('not_found')
    return checkpoint
  }
}
