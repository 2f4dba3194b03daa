import { createAnswerParser } from '#edits/answer-parser.ts'
import { similarPlace } from '#edits/similar-place.ts'
import type { EndReason } from '#protocol/turns.ts'
import type { Decision } from '../decision.ts'
import { Decisions } from '../decisions.ts'
import { EditSession } from '../edit-session.ts'
import type { SimilaritySearch } from '../similarity-search.ts'
import { Targets } from '../targets.ts'
import type { QuickRoom } from './quick-room.ts'

const frameMs = 16

const searchAtOnce: SimilaritySearch = async (text, { oldLines, newLines }) =>
  similarPlace(text, oldLines, newLines, () => false)

/** Lets everything run that waits for nothing but other promises. */
const quiet = () => new Promise(setImmediate)

export class QuickTurn {
  readonly turnId: string
  readonly #session: EditSession
  readonly #parser = createAnswerParser()
  #nowMs = 0

  /** From now on the model has seen the room's files as they are. */
  constructor(room: QuickRoom, search = searchAtOnce) {
    this.turnId = room.newId()
    room.turns.push({ turnId: this.turnId, number: room.turns.length + 1, kind: 'chat', status: 'ended' })
    const turn = { turnId: this.turnId, sessionId: room.sessionId, askedBy: 'mara' }
    const basis = { files: room.files(), texts: room.texts() }
    this.#session = new EditSession({
      turn,
      targets: new Targets({
        sessions: room.sessions,
        documents: room.documents,
        turn,
        basis,
        textBefore: async () => undefined,
      }),
      store: room.store,
      sessions: room.sessions,
      lines: room.lines,
      search,
      newHunkId: () => room.newId(),
      onHunks: () => {},
    })
  }

  say(text: string): void {
    this.#session.take(this.#parser.push(text), this.#nowMs)
  }

  /** Lets frames pass; edits are written in them. */
  async pass(frames: number): Promise<void> {
    for (let frame = 0; frame < frames; frame += 1) {
      this.#nowMs += frameMs
      this.#session.tick(this.#nowMs)
      await quiet()
    }
  }

  async end(reason: EndReason = 'complete'): Promise<void> {
    this.#session.take(this.#parser.end(reason), this.#nowMs, reason !== 'complete')
    await this.#session.finish(() => this.#nowMs)
  }

  /** All of it at once. */
  async answer(text: string): Promise<void> {
    this.say(text)
    await this.end()
  }
}

/** Decides hunks as people do. */
export function deciderOf(room: QuickRoom) {
  const { store, documents, sessions, lines, sessionId } = room
  const decisions = new Decisions({ store, documents, sessions, lines, onHunks: () => {} })
  return (decision: Decision['decision'], hunkIds: readonly string[]) =>
    decisions.decide({ sessionId, participantId: 'mara', hunkIds, decision })
}
