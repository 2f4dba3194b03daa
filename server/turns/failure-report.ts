import type { HunkReason } from '#protocol/hunks.ts'
import type { FailedBlock } from './failed-block.ts'

/** Asked once to write the failed blocks again, then once for the whole of small files; what fails after that is for people. */
const mostRetries = 2
/** Lines up to which writing a file anew takes a model less time than it takes a person to notice. */
const mostLinesOfWholeFile = 250

export type FailureReport = { text: string; blocks: number[]; whole: boolean }

/**
 * What the model is told about blocks that could not be applied, or undefined where asking again cannot help. `retry`: 1 or 2.
 * `applied`: numbers of the blocks that were.
 */
export function failureReport(
  failed: readonly FailedBlock[],
  applied: readonly number[],
  retry: number,
): FailureReport | undefined {
  const whole = retry === mostRetries
  const mendable = failed.filter((one) => isMendable(one.reason) && (!whole || (one.fileLines ?? 0) <= mostLinesOfWholeFile))
  if (mendable.length === 0 || retry > mostRetries) return undefined
  return {
    text: whole ? wholeFileText(mendable) : blocksText(mendable, applied),
    blocks: mendable.map(({ block }) => block),
    whole,
  }
}

/** The first words of every report; whoever plays a model recognises it by them. */
export const reportOpening = 'Flint could not apply'

function blocksText(failed: readonly FailedBlock[], applied: readonly number[]): string {
  return [
    `${reportOpening} ${failed.length === 1 ? 'one edit block' : `${failed.length} edit blocks`} of your answer. ${appliedSentence(applied)}`,
    ...failed.map(blockText),
    'Write only the failed blocks again, corrected, in the same format. Copy the old lines exactly from the file as it is now. No other text.',
  ].join('\n\n')
}

function wholeFileText(failed: readonly FailedBlock[]): string {
  const paths = [...new Set(failed.map(({ path }) => path))]
  return `${reportOpening} the corrected blocks either. Write the complete new content of ${paths.join(' and ')}: the path alone on a line, then one fenced block with the whole file, nothing left out. No other text.`
}

function appliedSentence(applied: readonly number[]): string {
  if (applied.length === 0) return 'No block was applied.'
  const numbers = applied.length === 1 ? `Block ${applied[0]} was` : `Blocks ${applied.join(', ')} were`
  return `${numbers} applied: do not send ${applied.length === 1 ? 'it' : 'them'} again.`
}

function blockText({ block, path, reason, candidates }: FailedBlock): string {
  const closest = candidates.map(({ firstLine, lines }) => {
    const last = firstLine + lines.length - 1
    return `Lines ${firstLine} to ${last} now:\n${fenced(lines)}`
  })
  return [`Block ${block}, ${path}: ${reason}. ${meaning[reason]}`, ...closest].join('\n')
}

function fenced(lines: readonly string[]): string {
  const longest = lines.reduce((most, line) => Math.max(most, /^\s*(`{3,})/.exec(line)?.[1]?.length ?? 0), 2)
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${lines.join('\n')}\n${fence}`
}

const meaning: Record<HunkReason, string> = {
  no_such_file: 'There is no file of that path in the project.',
  no_match: 'Its old lines do not stand in the file.',
  several_matches: 'Its old lines stand in the file more than once: add lines above or below until they are unique.',
  anchor_not_found: 'The line after @@ does not stand in the file.',
  overlap: 'An earlier block of your answer has already changed these lines.',
  malformed: 'The block is not well-formed, or leaves parts of the file out.',
  offered: 'A person wrote it.',
  changed_meanwhile: 'A person changed these lines.',
  refused_path: 'The path is not allowed.',
  not_text: 'The file is not text.',
  too_large: 'The file would become too large.',
  turn_ended: 'The answer ended inside the block.',
  retried: 'It was written again.',
}

/** Where a person has decided otherwise, or a rule of the session stands against it, the model is not asked again. */
function isMendable(reason: HunkReason): boolean {
  switch (reason) {
    case 'no_such_file':
    case 'no_match':
    case 'several_matches':
    case 'anchor_not_found':
    case 'overlap':
    case 'malformed':
      return true
    default:
      return false
  }
}
