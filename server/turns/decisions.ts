import type { StoredHunk } from '#store/store.ts'
import { decidedHunk, isFileOperation, lastTurns, type Decision, type DecisionRooms } from './decision.ts'
import { decideInDocument } from './document-decisions.ts'
import type { DocumentLines } from './document-lines.ts'
import { decideFileOperation, filesOf } from './file-operations.ts'

type Decided = { decided: string[]; skipped: string[] }

/** Decides hunks from their stored records alone: while the turn streams, after it, and after a restart. */
export class Decisions {
  readonly #rooms: DecisionRooms
  readonly #lines: DocumentLines

  constructor({ lines, ...rooms }: DecisionRooms & { lines: DocumentLines }) {
    this.#rooms = rooms
    this.#lines = lines
  }

  /**
   * One transaction per document; then, or before it where it is reverted, what happens to whole files, one after the other. Hunks that
   * cannot be decided that way, or no longer, are skipped.
   */
  async decide(decision: Decision): Promise<Decided> {
    // Taking one hunk back twice would restore its text twice.
    const wanted = [...new Set(decision.hunkIds)]
    const hunks = await this.#undoneNoMore(decision, wanted)
    const inText = hunks.filter((hunk) => !isFileOperation(hunk))
    const operations = await this.#inOrder(hunks.filter(isFileOperation))
    const decided = new Set<string>()
    const steps = [
      async () => this.#decideInDocuments(decision, inText, decided),
      async () => this.#decideOperations(decision, operations, decided),
    ]
    for (const step of decision.decision === 'revert' ? steps.toReversed() : steps) await step()
    return { decided: wanted.filter((hunkId) => decided.has(hunkId)), skipped: wanted.filter((hunkId) => !decided.has(hunkId)) }
  }

  /** The session's hunks, less those that can no longer be redone. */
  async #undoneNoMore({ sessionId, decision }: Decision, hunkIds: string[]): Promise<StoredHunk[]> {
    const { store } = this.#rooms
    const hunks = (await store.hunksById(hunkIds)).filter((hunk) => hunk.sessionId === sessionId)
    if (decision !== 'redo' || hunks.length === 0) return hunks
    const last = await lastTurns(store, sessionId)
    return hunks.filter(({ turnId }) => last.has(turnId))
  }

  async #decideInDocuments(decision: Decision, hunks: readonly StoredHunk[], decided: Set<string>): Promise<void> {
    const files = new Map<string | null, string[]>()
    for (const { fileId, hunkId } of hunks) files.set(fileId, [...(files.get(fileId) ?? []), hunkId])
    const parts = Array.from(files, ([fileId, hunkIds]) =>
      this.#lines.run(fileId ?? decision.sessionId, () => decideInDocument(this.#rooms, fileId, { ...decision, hunkIds })),
    )
    for (const hunkId of (await Promise.all(parts)).flat()) decided.add(hunkId)
  }

  async #decideOperations(decision: Decision, hunks: readonly StoredHunk[], decided: Set<string>): Promise<void> {
    const along = new Set(decision.hunkIds)
    for (const hunk of decision.decision === 'revert' ? hunks.toReversed() : hunks) {
      const hunkIds = await this.#lines.runAll(await filesOf(this.#rooms, hunk), async () => {
        const [stored] = await this.#rooms.store.hunksById([hunk.hunkId])
        const becomes = stored && decidedHunk(stored, decision)
        if (stored === undefined || becomes === undefined) return []
        return decideFileOperation(this.#rooms, { stored, becomes }, along)
      })
      for (const hunkId of hunkIds) decided.add(hunkId)
    }
  }

  /** As the answers have them: a path that one operation frees may be the goal of the next. */
  async #inOrder(hunks: readonly StoredHunk[]): Promise<StoredHunk[]> {
    const turnIds = [...new Set(hunks.map(({ turnId }) => turnId))]
    const turns = await Promise.all(turnIds.map((turnId) => this.#rooms.store.turn(turnId)))
    const numbers = new Map(turns.map((turn) => [turn?.turnId, turn?.number ?? 0]))
    const numberOf = ({ turnId }: StoredHunk) => numbers.get(turnId) ?? 0
    return hunks.toSorted((a, b) => numberOf(a) - numberOf(b) || a.block - b.block)
  }
}
