import type { HunkReason, MatchRung } from '#protocol/hunks.ts'
import type { MalformedCode } from './parser-events.ts'

/** What became of one block of an answer that was applied to a folder. */
export type AppliedHunk = {
  /** As the answer names it; empty where it names none. */
  path: string
  op: 'update' | 'add' | 'delete' | 'rename'
  state: 'applied' | 'already_applied' | 'unmatched' | 'ambiguous' | 'malformed' | 'refused'
  /** How the place was found; null where none was looked for. */
  rung: MatchRung | null
  /** Why it was not applied. */
  code: ApplyCode | null
  /** The same for people, with line numbers where there are any. */
  message: string | null
}

export type ApplyCode =
  | Exclude<HunkReason, 'retried' | 'malformed'>
  | MalformedCode
  | 'elided' // a whole file with a line that stands for code that was left out
  | 'empty_file' // a whole file without a line, for a file that has some
  | 'fuzzy_match' // found by similarity only, which the caller does not want
  | UntouchableCode

/** Why a path can be neither read nor written. */
export type UntouchableCode =
  | 'not_a_file' // a folder, a device
  | 'not_a_folder' // a folder of the path is a file
  | 'symbolic_link' // the file, or a folder above it
  | 'failed_to_read'
  | 'failed_to_write'

const sentences: Record<ApplyCode, string> = {
  no_such_file: 'there is no such file',
  no_match: 'the old text does not stand in the file',
  several_matches: 'the old text stands in the file more than once',
  anchor_not_found: 'a line that the patch names after @@ does not stand ahead in the file',
  offered: 'a person wrote it',
  overlap: 'an earlier change of this answer took that place',
  changed_meanwhile: 'the file was changed while the answer was applied',
  refused_path: 'the path is not a relative path inside the folder',
  not_text: 'the file is not UTF-8 text',
  too_large: 'the file is too large',
  turn_ended: 'the answer ended in the middle of it',
  no_path: 'it names no file',
  missing_search_marker: 'it has the end of a search/replace block, but not its beginning',
  diff_in_fence: 'a diff stands where the whole file was expected',
  missing_divider: 'the line ======= is missing',
  missing_replace_marker: 'the line >>>>>>> REPLACE is missing',
  missing_fence: 'the closing fence is missing',
  no_operation: 'the patch has no operation',
  unknown_header: 'the patch has a *** line that is none of its headers',
  misplaced_move: '*** Move to stands only once, right below its *** Update File',
  update_without_chunk: 'it has no chunk',
  chunk_without_lines: 'the chunk has no lines',
  unprefixed_line: 'a line of the chunk begins with none of space, - and +',
  line_out_of_place: 'a line stands where only a header may stand',
  line_too_long: 'a line is too long',
  answer_too_long: 'the answer is too long',
  elided: 'a line stands for code that was left out',
  empty_file: 'the whole file has no line, and the file there has some',
  fuzzy_match: 'the old text only resembles that place',
  not_a_file: 'there is something that is not a regular file',
  not_a_folder: 'a part of the path is a file, not a folder',
  symbolic_link: 'a part of the path is a symbolic link',
  failed_to_read: 'the file could not be read',
  failed_to_write: 'the file could not be written',
}

/** `lines`: 1-based, where it could be meant. */
export function messageOf(code: ApplyCode, lines: readonly number[] = []): string {
  if (lines.length === 0) return sentences[code]
  const places = `${lines.length === 1 ? 'line' : 'lines'} ${lines.join(', ')}`
  return `${sentences[code]} (${code === 'several_matches' ? '' : 'closest: '}${places})`
}

export function isFailed({ state }: AppliedHunk): boolean {
  return state !== 'applied' && state !== 'already_applied'
}
