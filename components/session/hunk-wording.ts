import type { Hunk, HunkReason } from '#protocol/hunks.ts'

// Clauses, without a capital letter and a full stop: several rooms say them, alone and in lists.

/** What a hunk does to its file as a whole; undefined where it changes lines. */
export function fileChangeWording(hunk: Hunk): string | undefined {
  if (hunk.kind === 'rename') return `rename to ${hunk.newPath ?? 'another path'}`
  return hunk.kind === 'delete' ? 'delete this file' : undefined
}

/** What calls for a second look before a hunk is accepted. */
export function cautionsOf(hunk: Hunk): string[] {
  const cautions = [
    hunk.rung === 'fuzzy' && 'found by similarity, please look',
    hunk.merged === true && 'merged with edits made meanwhile',
  ]
  return cautions.filter((caution) => caution !== false)
}

/** Why a change is only shown. */
export function proposalReason(reason: HunkReason | undefined): string {
  switch (reason) {
    case 'no_such_file':
      return 'there is no such file, and the change needs one'
    case 'no_match':
      return 'the text it replaces is not in the file'
    case 'several_matches':
      return 'the text it replaces stands in the file more than once'
    case 'anchor_not_found':
      return 'a line that it names as landmark is not in the file'
    case 'overlap':
      return 'an earlier change of this answer took that place'
    case 'retried':
      return 'the model was told and wrote it again'
    case 'changed_meanwhile':
      return 'somebody changed that place after the model read it'
    case 'offered':
      return 'its author may not edit any more'
    case 'malformed':
      return 'the block is not well-formed, or leaves parts of the file out'
    case 'refused_path':
      return 'the path leads out of the session'
    case 'not_text':
      return 'the file is not text'
    case 'too_large':
      return 'the result would be larger than a file may be'
    case 'turn_ended':
    case undefined:
      return 'the turn ended before the change was complete'
  }
}

/** A clause that stands alone. */
export function asLabel(clause: string): string {
  return clause.charAt(0).toUpperCase() + clause.slice(1)
}
