import { KeyedQueue } from '#sessions/keyed-queue.ts'

/**
 * Whoever reads a document's hunks and then writes what follows from them is alone with them until that is stored: people who decide,
 * and turns that write or take back what they have begun. The first one wins. Nobody asks for a line that it holds already.
 */
export class DocumentLines extends KeyedQueue {
  /** As `run`, for several documents at once. Always in one order, so that two that wait for each other's documents do not wait forever. */
  runAll<Value>(fileIds: readonly string[], work: () => Promise<Value>): Promise<Value> {
    const [first, ...rest] = [...new Set(fileIds)].toSorted()
    return first === undefined ? work() : this.run(first, () => this.runAll(rest, work))
  }
}
