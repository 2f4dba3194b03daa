import type { AnswerBlock } from '#edits/answer-blocks.ts'
import type { FileBasis } from '#edits/file-basis.ts'
import { lineCount } from '#edits/lines.ts'
import type { Range } from '#edits/offset-edit.ts'
import type { Hunk, HunkReason } from '#protocol/hunks.ts'

/** A block that could not be applied, as its model is told. */
export type FailedBlock = {
  block: number
  path: string
  hunk: Hunk
  reason: HunkReason
  /** The places that come closest, in the file as the model should know it: 1-based first line, and the lines. */
  candidates: { firstLine: number; lines: string[] }[]
  /** Lines of that file; absent where there is none. */
  fileLines?: number
}

const mostCandidateLines = 40

export function failedBlock(
  { number, path }: AnswerBlock,
  hunk: Hunk,
  reason: HunkReason,
  basis?: FileBasis,
  candidates: readonly Range[] = [],
): FailedBlock {
  const failed = { block: number, path, hunk, reason }
  if (basis === undefined) return { ...failed, candidates: [] }
  const { expectedText } = basis
  return {
    ...failed,
    fileLines: lineCount(expectedText),
    candidates: candidates.slice(0, 3).map(({ start, end }) => ({
      firstLine: lineCount(expectedText.slice(0, start)) + 1,
      lines: expectedText.slice(start, end).replace(/\n$/, '').split('\n').slice(0, mostCandidateLines),
    })),
  }
}
