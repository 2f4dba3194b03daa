import { isProposal, type Hunk } from '#protocol/hunks.ts'
import { asLabel, cautionsOf, fileChangeWording, proposalReason } from '#session/hunk-wording.ts'
import type { ChangeRow } from './change-rows.ts'
import type { LineCount } from './changes.ts'

/** What a person should know of a hunk before they decide it; undefined where there is nothing particular. */
export function hintOf(hunk: Hunk): string | undefined {
  if (isProposal(hunk)) return `not applied: ${proposalReason(hunk.reason)}`
  const cautions = cautionsOf(hunk)
  return cautions.length === 0 ? undefined : cautions.join(', ')
}

/** What a hunk does to its file as a whole; undefined where it changes lines. */
export function fileChangeLabel(hunk: Hunk): string | undefined {
  const change = fileChangeWording(hunk)
  return change === undefined ? undefined : asLabel(change)
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
  return fileChangeLabel(hunk) ?? (place === undefined ? 'Hunk' : `Line ${place.line}`)
}

function countsWording(hunk: Hunk): string | undefined {
  if (hunk.kind === 'delete' || hunk.kind === 'rename' || isProposal(hunk)) return undefined
  return linesWording({ added: hunk.addedLines, deleted: hunk.deletedLines })
}

export function linesWording({ added, deleted }: LineCount): string {
  return `${added} added, ${deleted} deleted`
}
