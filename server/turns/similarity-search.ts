import type { AnswerBlock } from '#edits/answer-blocks.ts'
import { JobThread } from '#threads/job-thread.ts'
import type { SimilarityJob } from './similarity-worker.ts'

/** Where old lines stand that were misquoted, in the text that was searched (UTF-16 units), and what is to be put there. */
export type SimilarPlace = { start: number; end: number; newLines: readonly string[] }

/** Looks for the place that a block's old lines come closest to. Resolves to nothing where there is none, or not only one. Never rejects. */
export type SimilaritySearch = (
  text: string,
  block: Pick<AnswerBlock, 'oldLines' | 'newLines'>,
) => Promise<SimilarPlace | undefined>

/** A search takes about a second for 40 lines in 10,000; a turn does not wait longer than this. */
const longestMs = 2_000

/** Searches by similarity in a thread of its own, started with the first search: it takes too long for the event loop. */
export class SimilarityThread {
  readonly #log: { warn(detail: object, message: string): void }
  readonly #thread = new JobThread<SimilarityJob, SimilarPlace | undefined>(new URL('./similarity-worker.ts', import.meta.url))

  constructor(log: { warn(detail: object, message: string): void }) {
    this.#log = log
  }

  readonly search: SimilaritySearch = async (text, { oldLines, newLines }) => {
    try {
      // Twice its deadline: then it hangs.
      return await this.#thread.run({ text, oldLines, newLines, longestMs }, 2 * longestMs)
    } catch (error) {
      this.#log.warn({ err: error }, 'a search by similarity failed')
      return undefined
    }
  }

  close(): Promise<void> {
    return this.#thread.close()
  }
}
