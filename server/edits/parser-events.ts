/** Which of the edit formats a block uses. */
export type EditFormat = 'search_replace' | 'patch' | 'whole_file'

/** What a block of a V4A patch is about. A chunk of an `Update File` is a block of its own; so is a `Move to`, after its chunks. */
export type PatchPart = {
  /** 1, 2, … within the answer: blocks of one `*** … File` section share a place up to which the file was read. */
  section: number
  operation: 'update' | 'add' | 'delete' | 'rename'
  /** Texts of the `@@` lines above a chunk, outermost first. */
  anchors: readonly string[]
  /** Where a rename leads. */
  newPath?: string
}

/** Why a block is broken. Closed set; a block that has one is never `complete` unless the code says so. */
export type MalformedCode =
  | 'no_path' // no path and no earlier block to take it from; the block's text still follows and it may be `complete`
  | 'refused_path' // absolute, `~`, `..`, NUL, empty segment or too long; the text still follows, it may be `complete`
  | 'missing_search_marker' // a whole-file block that holds the end of a search/replace block; may be `complete`
  | 'diff_in_fence' // a diff or its markers where the new text itself was expected; may be `complete`
  | 'missing_divider'
  | 'missing_replace_marker'
  | 'missing_fence' // a whole-file block without its closing fence
  | 'no_operation' // a patch without any; the block has no path
  | 'unknown_header' // a `***` line of a patch that is none of its headers; the block has no path
  | 'misplaced_move' // a `Move to` that does not stand right below its `Update File`, or a second one
  | 'update_without_chunk' // also a move without one that can be read
  | 'chunk_without_lines'
  | 'unprefixed_line' // a chunk's line that is neither context nor removed nor added
  | 'line_out_of_place' // text where only a header may stand: after `Begin Patch`, `Delete File` or `End of File`
  | 'line_too_long'
  | 'answer_too_long' // everything after it is ignored

/**
 * What the parser found. Every `at` is an offset into the raw answer in UTF-16 units; lines come without their ending.
 * Blocks do not nest: one block's `blockEnd` comes before the next one's `blockStart`.
 *
 * search/replace: `blockStart searchLine* searchEnd replaceLine* blockEnd`.
 * whole file: `blockStart replaceLine* blockEnd`, the lines being the file's content.
 * patch: `update` is `blockStart (searchLine | replaceLine)* searchEnd blockEnd`, old and new lines in the order in which they came and a
 * context line as one of each, both flagged; `add` is as a whole file; `delete` and `rename` have no lines.
 */
export type ParserEvent =
  /**
   * `at`: where the block begins, its path and opening fence lines included. `block`: 1, 2, … within the answer. `place`: where the old
   * lines are in the text that the model saw, for a block that has not to be searched for.
   */
  | {
      type: 'blockStart'
      block: number
      at: number
      path: string
      format: EditFormat
      patch?: PatchPart
      place?: { start: number; end: number }
    }
  | { type: 'searchLine'; block: number; text: string; context?: true }
  | { type: 'searchEnd'; block: number }
  | { type: 'replaceLine'; block: number; text: string; context?: true }
  /**
   * `at`: after the closing fence line where there is one. `aborted`: nothing of the block counts, roll it back.
   * `endOfFile`: a patch says that the chunk's old lines are the file's last ones.
   * `elided`: a whole file in which a line stands for code that was left out ("rest unchanged"): not the whole file.
   */
  | { type: 'blockEnd'; block: number; at: number; state: 'complete' | 'aborted'; elided: boolean; endOfFile?: true }
  /** Comes between the block's `blockStart` and its `blockEnd`. `line` is 1-based, `excerpt` at most 120 units of it. */
  | { type: 'malformed'; block?: number; code: MalformedCode; line: number; excerpt: string; at: number }

/** A departure from the formats that was read as what it must have meant; counted, so that a model's habits show. */
export type Tolerance =
  | 'carriage_return'
  | 'decorated_path'
  | 'path_in_info_string'
  | 'path_in_sentence'
  | 'previous_path'
  | 'backslash_path'
  | 'dot_slash_path'
  | 'marker_length'
  | 'search_marker_bracket'
  | 'marker_trailing_space'
  | 'text_before_marker'
  | 'text_after_block'
  | 'missing_fence'
  | 'missing_replace_marker'
  | 'nested_fence'
  | 'missing_begin_patch'
  | 'missing_end_patch'
  | 'added_end_patch' // the end of a patch written as if it were a line to add
  | 'padded_patch_marker'
  | 'patch_in_fence'
  | 'heredoc'
  | 'environment_id'
  | 'unprefixed_add_line'
  | 'anchor_numbers'
