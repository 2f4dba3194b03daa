import type { Hunk, HunkReason } from '#protocol/hunks.ts'
import type { AnswerBlock } from '#edits/answer-blocks.ts'

/** What a hunk becomes when its block cannot be applied: shown with the reason, never dropped. */
export function proposalOf(
  block: AnswerBlock,
  state: 'unmatched' | 'ambiguous' | 'conflict',
  reason: HunkReason,
): Pick<Hunk, 'state' | 'reason' | 'baseText' | 'proposedText' | 'addedLines' | 'deletedLines'> & { state: Hunk['state'] } {
  return {
    state,
    reason,
    baseText: textOf(block.oldLines),
    proposedText: textOf(block.newLines),
    addedLines: block.newLines.length,
    deletedLines: block.oldLines.length,
  }
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('')
}
