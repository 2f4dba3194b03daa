import { isOpenHunk, isProposal, type Hunk, type HunkReason } from '#protocol/hunks.ts'

/** What a file's card says about the hunks of its blocks, most pressing first. */
export type FileCardState =
  | { kind: 'writing' }
  | { kind: 'open'; undecided: number }
  | { kind: 'proposal' }
  | { kind: 'decided'; label: 'accepted' | 'rejected' | 'partly accepted' | 'reverted' }
  | { kind: 'aborted' }
  | { kind: 'nothing' }

/** `blocks`: whether the turn may still make hunks of them, and whether it ended before it could. */
export function fileCardState(hunks: readonly Hunk[], blocks: 'running' | 'cut_off' | 'whole'): FileCardState {
  if (hunks.length === 0) return { kind: blocks === 'running' ? 'writing' : blocks === 'cut_off' ? 'aborted' : 'nothing' }
  if (hunks.some((hunk) => hunk.state === 'streaming' || hunk.state === 'located')) return { kind: 'writing' }
  const undecided = hunks.filter((hunk) => isOpenHunk(hunk) && !isProposal(hunk)).length
  if (undecided > 0) return { kind: 'open', undecided }
  if (hunks.some(isProposal)) return { kind: 'proposal' }
  const states = new Set(hunks.map((hunk) => hunk.state).filter((state) => state !== 'aborted'))
  const [state] = states
  if (state === undefined) return { kind: 'aborted' }
  if (states.size > 1) return { kind: 'decided', label: 'partly accepted' }
  return { kind: 'decided', label: state === 'accepted' ? 'accepted' : state === 'reverted' ? 'reverted' : 'rejected' }
}

export function lineCounts(hunks: readonly Hunk[]): { added: number; deleted: number } {
  return {
    added: hunks.reduce((sum, hunk) => sum + hunk.addedLines, 0),
    deleted: hunks.reduce((sum, hunk) => sum + hunk.deletedLines, 0),
  }
}

/** Why a change is only shown. */
export function proposalReason(reason: HunkReason | undefined): string {
  switch (reason) {
    case 'no_such_file':
      return 'There is no such file, and the change replaces text that would have to be in it.'
    case 'no_match':
      return 'The text it replaces is not in the file.'
    case 'several_matches':
      return 'The text it replaces stands in the file more than once.'
    case 'anchor_not_found':
      return 'A line that it names as landmark is not in the file.'
    case 'overlap':
      return 'An earlier change of this answer took that place.'
    case 'retried':
      return 'The model was told and wrote it again.'
    case 'changed_meanwhile':
      return 'Somebody changed that place after the model read it.'
    case 'malformed':
      return 'The block is not well-formed, or leaves parts of the file out.'
    case 'refused_path':
      return 'The path leads out of the session.'
    case 'not_text':
      return 'The file is not text.'
    case 'too_large':
      return 'The result would be larger than a file may be.'
    case 'turn_ended':
    case undefined:
      return 'The turn ended before the change was complete.'
  }
}
