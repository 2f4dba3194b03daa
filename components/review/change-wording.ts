import { isProposal, type Hunk, type HunkReason } from '#protocol/hunks.ts'
import type { ChangeRow } from './change-rows.ts'
import type { LineCount } from './changes.ts'

/** What a person should know of a hunk before they decide it; undefined where there is nothing particular. */
export function hintOf(hunk: Hunk): string | undefined {
  if (isProposal(hunk)) return `not applied: ${reasonWording(hunk.reason)}`
  const hints = [hunk.rung === 'fuzzy' && 'found by similarity', hunk.merged === true && 'merged with an edit'].filter(
    (hint) => hint !== false,
  )
  return hints.length === 0 ? undefined : hints.join(', ')
}

/** What a hunk does to its file as a whole; undefined where it changes lines. */
export function fileChangeWording(hunk: Hunk): string | undefined {
  if (hunk.kind === 'rename') return `Rename to ${hunk.newPath ?? 'another path'}`
  return hunk.kind === 'delete' ? 'Delete this file' : undefined
}

export function countWording(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`
}

/** The accessible name of a row. */
export function rowName(row: ChangeRow): string {
  switch (row.type) {
    case 'turn':
      return `Turn ${row.turn.number}: ${row.turn.prompt}, ${countWording(row.turn.open, 'hunk')}`
    case 'file':
      return `${row.file.path}, ${countWording(row.file.changes.length, 'hunk')}`
    case 'hunk': {
      const { hunk } = row.change
      const parts = [subjectOf(row), countsWording(hunk), hunk.state === 'streaming' ? 'being written' : hintOf(hunk)]
      return parts.filter((part) => part !== undefined && part !== '').join(', ')
    }
  }
}

/** What accept and reject of a row are about, as in `Accept src/game.ts`. */
export function rowSubject(row: ChangeRow): string {
  switch (row.type) {
    case 'turn':
      return `turn ${row.turn.number}`
    case 'file':
      return row.file.path
    case 'hunk': {
      const { hunk, place } = row.change
      if (hunk.kind === 'rename') return `the rename of ${row.file.path}`
      if (hunk.kind === 'delete') return `the deletion of ${row.file.path}`
      return place === undefined ? `a hunk of ${row.file.path}` : `line ${place.line} of ${row.file.path}`
    }
  }
}

function subjectOf({ change: { hunk, place } }: ChangeRow & { type: 'hunk' }): string {
  return fileChangeWording(hunk) ?? (place === undefined ? 'Hunk' : `Line ${place.line}`)
}

function countsWording(hunk: Hunk): string | undefined {
  if (hunk.kind === 'delete' || hunk.kind === 'rename' || isProposal(hunk)) return undefined
  return linesWording({ added: hunk.addedLines, deleted: hunk.deletedLines })
}

export function linesWording({ added, deleted }: LineCount): string {
  return `${added} added, ${deleted} deleted`
}

/** Why a change is only shown; the chat has the whole sentence beside the text. */
function reasonWording(reason: HunkReason | undefined): string {
  switch (reason) {
    case 'no_such_file':
      return 'there is no such file'
    case 'no_match':
      return 'its old text is not in the file'
    case 'several_matches':
      return 'its old text stands there more than once'
    case 'anchor_not_found':
      return 'its landmark is not in the file'
    case 'overlap':
      return 'an earlier change took that place'
    case 'changed_meanwhile':
      return 'somebody changed that place'
    case 'malformed':
      return 'the block is not well-formed'
    case 'refused_path':
      return 'the path leads out of the session'
    case 'not_text':
      return 'the file is not text'
    case 'too_large':
      return 'the file would be too large'
    case 'retried':
      return 'the model wrote it again'
    case 'turn_ended':
    case undefined:
      return 'the turn ended before it was complete'
  }
}
