import { Worker } from 'node:worker_threads'
import type { AnswerBlock } from '#edits/answer-blocks.ts'
import type { FromSimilarityWorker, ToSimilarityWorker } from './similarity-worker.ts'

/** Where old lines stand that were misquoted, in the text that was searched (UTF-16 units), and what is to be put there. */
export type SimilarPlace = { start: number; end: number; newLines: readonly string[] }

/** Looks for the place that a block's old lines come closest to. Resolves to nothing where there is none, or not only one. Never rejects. */
export type SimilaritySearch = (
  text: string,
  block: Pick<AnswerBlock, 'oldLines' | 'newLines'>,
) => Promise<SimilarPlace | undefined>

/** A search takes about a second for 40 lines in 10,000; a turn does not wait longer than this. */
const longestMs = 2_000

type Waiting = { resolve: (place: SimilarPlace | undefined) => void; timer: NodeJS.Timeout }

/**
 * Searches by similarity in a thread of its own, started with the first search: it takes too long for the event loop. The thread is ended
 * where it does not keep its deadline.
 */
export class SimilarityThread {
  readonly #waiting = new Map<number, Waiting>()
  readonly #log: { warn(detail: object, message: string): void }
  #nextId = 1
  #worker: Worker | undefined

  constructor(log: { warn(detail: object, message: string): void }) {
    this.#log = log
  }

  readonly search: SimilaritySearch = (text, { oldLines, newLines }) =>
    new Promise((resolve) => {
      const id = this.#nextId++
      // Twice its deadline: then it hangs, and with it every search behind it.
      const timer = setTimeout(() => void this.#worker?.terminate(), 2 * longestMs)
      this.#waiting.set(id, { resolve, timer })
      this.#worker ??= this.#start()
      this.#worker.postMessage({ id, text, oldLines, newLines, longestMs } satisfies ToSimilarityWorker)
    })

  async close(): Promise<void> {
    await this.#worker?.terminate()
  }

  #start(): Worker {
    const entry = new URL('./similarity-worker.ts', import.meta.url).href
    const worker = new Worker(new URL('../worker-boot.mjs', import.meta.url), { workerData: { entry }, execArgv: [] })
    worker.unref()
    worker.on('message', ({ id, place }: FromSimilarityWorker) => this.#answer(id, place))
    worker.on('error', (error) => this.#log.warn({ err: error }, 'the thread that searches by similarity failed'))
    worker.once('exit', () => {
      this.#worker = undefined
      for (const id of this.#waiting.keys()) this.#answer(id, undefined)
    })
    return worker
  }

  #answer(id: number, place: SimilarPlace | undefined): void {
    const waiting = this.#waiting.get(id)
    this.#waiting.delete(id)
    clearTimeout(waiting?.timer)
    waiting?.resolve(place)
  }
}
