import { createBlockWriter, type BlockWriter, type ParserOutput } from './block-writer.ts'
import type { Fence } from './fences.ts'
import type { AnswerLine } from './line-reader.ts'
import { createLinesAbove, type LinesAbove } from './lines-above.ts'
import type { NamedPath } from './named-path.ts'
import type { Tolerance } from './parser-events.ts'

/** A code fence that is open. */
export type OpenFence = Fence & {
  /** Where a block that owns this fence begins: at the path line above it, or at the fence. */
  at: number
  named: NamedPath | undefined
  /** Lines read since it opened. */
  lines: number
  /** A block includes the opening line, so the closing line belongs to the last block in it. */
  owned: boolean
}

/** What became of a line: its format goes on, is over with it, or was over before it, so that the line is the chat's. */
export type LineOutcome = 'open' | 'over' | 'unread'

/** Reads the blocks of one format, line by line. */
export type FormatReader = {
  line(line: AnswerLine): LineOutcome
  /** `line` is empty and stands at the end of the answer. */
  end(complete: boolean, line: AnswerLine): void
}

/** Where in the answer its readers are; they share it. */
export type Reading = {
  tolerate(tolerance: Tolerance): void
  readonly writer: BlockWriter
  readonly above: LinesAbove
  fence: OpenFence | undefined
  /** Closes the open block. What stands above it does not count for the next one. */
  finish(state: 'complete' | 'aborted', at: number): void
  /** Makes the open fence part of the block that begins at `at`; returns where it begins with the fence. */
  ownFence(at: number): number
  closeFence(line: AnswerLine): void
}

export function createReading(output: ParserOutput): Reading {
  const writer = createBlockWriter(output)
  const above = createLinesAbove()
  const reading: Reading = {
    tolerate: output.tolerate,
    writer,
    above,
    fence: undefined,
    finish(state, at) {
      writer.finish(state, at)
      above.clear()
    },
    ownFence(at) {
      if (reading.fence === undefined) return at
      reading.fence.owned = true
      return Math.min(at, reading.fence.at)
    },
    closeFence(line) {
      writer.settle(reading.fence?.owned ? line.end : undefined)
      reading.fence = undefined
      above.clear()
    },
  }
  return reading
}
