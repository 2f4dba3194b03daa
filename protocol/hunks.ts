/**
 * One reviewable change made by a turn.
 *
 * `located → streaming → settled → accepted or rejected`, an accepted one may become `reverted`;
 * exits `unmatched`, `ambiguous`, `conflict`, `aborted`. The exits but `aborted` are proposals: shown, not applied.
 */
export type HunkState =
  | 'located'
  | 'streaming'
  | 'settled'
  | 'accepted'
  | 'rejected'
  | 'reverted'
  | 'unmatched'
  | 'ambiguous'
  | 'conflict'
  | 'aborted'

/**
 * How the old text was found, from strict to loose: exactly; up to trailing space at line ends; up to one indent shift for all lines; up to
 * typographic variants of quotes, dashes and spaces; by similarity only (`fuzzy`: somebody should look at it).
 */
export type MatchRung = 'exact' | 'trailing_space' | 'indent' | 'unicode' | 'fuzzy'

/** Why a hunk is a proposal, or was aborted. */
export type HunkReason =
  | 'no_such_file' // the path names no file, and the block has something to replace
  | 'no_match' // the old text stands nowhere in what the model saw
  | 'several_matches' // it stands there more than once
  | 'anchor_not_found' // a line that a patch names as landmark is not there
  | 'overlap' // an earlier change of the same answer took that place
  | 'offered' // written by a person whose role was lowered before it reached the server
  | 'changed_meanwhile' // a person changed that range since the model read it
  | 'malformed' // the block itself is broken
  | 'refused_path' // absolute, `..` or otherwise not allowed
  | 'not_text' // the file is binary
  | 'too_large'
  | 'turn_ended' // the turn ended before the block did
  | 'retried' // the model was told, and wrote it again

export type Hunk = {
  hunkId: string
  turnId: string
  /** Number of the answer's block that made it (see `Mark`); one block may make several hunks. */
  block: number
  /** Null while the path names no file. */
  fileId: string | null
  path: string
  /**
   * `create`: the hunk is the whole text of a file that this turn created. `rename`, `delete`: nothing happens to the file until the hunk
   * is accepted; a `delete` has the file's text as `baseText`.
   */
  kind: 'edit' | 'create' | 'rename' | 'delete'
  /** Where a rename leads. */
  newPath?: string
  /** Who asked for the turn. */
  askedBy: string
  state: HunkState
  reason?: HunkReason
  rung?: MatchRung
  /** Encoded Y.RelativePositions around the hunk's text in its document: start assoc 0 or as anchored, end assoc -1. */
  start?: Uint8Array
  end?: Uint8Array
  /** Whole old lines that the hunk replaces (LF); empty for a pure insertion. */
  baseText: string
  /** What people wrote there meanwhile was merged into it. */
  merged?: true
  /** Only for proposals: the text that the model wanted there. */
  proposedText?: string
  /** Only for proposals: places in the document where it could go (encoded Y.RelativePositions), best first. */
  candidates?: { start: Uint8Array; end: Uint8Array }[]
  addedLines: number
  deletedLines: number
  decidedBy?: string
}

/** Old lines that a hunk has replaced since it was told of last: from `at` (UTF-16 units) on they are its `baseText`; `lines` of all. */
export type ReplacedLines = { at: number; text: string; lines: number }

/** What happens to hunks; travels with the text in one log row, folded in one frame. */
export type HunkEvent =
  | { type: 'opened'; hunk: Hunk }
  /** Streaming went on: new end, and where the assistant writes now (encoded Y.RelativePosition). */
  | {
      type: 'grew'
      hunkId: string
      start: Uint8Array
      end: Uint8Array
      head: Uint8Array
      addedLines: number
      replaced?: ReplacedLines
    }
  | { type: 'changed'; hunk: Hunk }

/** States in which somebody still has to decide. */
export function isOpenHunk(hunk: Hunk): boolean {
  return hunk.state === 'located' || hunk.state === 'streaming' || hunk.state === 'settled' || isProposal(hunk)
}

/** Shown but not applied. */
export function isProposal(hunk: Hunk): boolean {
  return hunk.state === 'unmatched' || hunk.state === 'ambiguous' || hunk.state === 'conflict'
}
