import { JobThread, JobTooSlow } from '#threads/job-thread.ts'
import { changedLines, type ChangedLines } from './changed-lines.ts'
import type { LineCountJob } from './line-count-worker.ts'

/** How many lines differ between two texts; nothing where that takes too long to find out. */
export type LineCounter = (before: string, now: string) => Promise<ChangedLines | undefined>

/** Texts up to this are compared within 15 ms, whatever is in them. UTF-16 units of both together. */
const mostCharactersHere = 16_000
/** Texts of the most that are counted at all take a tenth of this. */
const longestMs = 2_000

/** Counts the lines of large texts in a thread of its own, started with the first of them. */
export class LineCountThread {
  readonly #thread = new JobThread<LineCountJob, ChangedLines | undefined>(new URL('./line-count-worker.ts', import.meta.url))

  readonly count: LineCounter = async (before, now) => {
    if (before.length + now.length <= mostCharactersHere) return changedLines(before, now)
    try {
      return await this.#thread.run({ before, now }, longestMs)
    } catch (error) {
      if (error instanceof JobTooSlow) return undefined
      throw error
    }
  }

  close(): Promise<void> {
    return this.#thread.close()
  }
}
