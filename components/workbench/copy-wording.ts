import type { FailureCode } from '#protocol/failures.ts'
import type { Offered } from '#session/outbox/offers.ts'
import type { AsideReason, KeptCopy } from '#session/outbox/outbox-database.ts'

/** Why a copy was kept, as the dialog says it under the file's name. */
export function wordCopy({ why, edits }: Pick<KeptCopy, 'why' | 'edits'>): string {
  const which =
    edits === 1 ? 'Your last edit' : edits === 0 ? 'What you had here' : `Your last ${edits.toLocaleString('en')} edits`
  return `${which} could not be stored: ${reasons[why]}.`
}

const reasons: Record<AsideReason, string> = {
  epoch: 'the server was set back to an earlier state',
  file_gone: 'the file was deleted meanwhile',
  refused: 'the server did not accept them',
  denied: 'your role does not allow edits any more',
}

/** Edits that became a proposal. */
export function wordOffered({ path, edits }: Pick<Offered, 'path' | 'edits'>): string {
  const which = edits === 1 ? 'Your last edit' : `Your last ${edits.toLocaleString('en')} edits`
  return `${which} in ${path} came after your role had changed. Editors see ${edits === 1 ? 'it' : 'them'} as a proposal.`
}

/** The line above the workbench. */
export function wordCopies(copies: readonly Pick<KeptCopy, 'path'>[]): string {
  const [first] = copies
  const names = copies.length === 1 && first !== undefined ? first.path : `${copies.length} files`
  return `Edits of yours in ${names} could not be stored. They are kept in this browser.`
}

export const wordTaken =
  'Somebody has changed the same lines since. Nothing was changed yet: the file can become as your copy is, or you take from the copy what you need.'

/** Why a copy could not be put back; nothing has changed. */
export function wordNotPutBack(code: FailureCode): string {
  switch (code) {
    case 'unavailable':
    case 'rate_limited':
      return 'There is no connection to the server now. The copy is still here; try it again then.'
    case 'denied':
      return 'Your role does not allow edits. Download the copy, or ask for another role.'
    case 'path_taken':
      return 'Other files stand at its path now. Download the copy, or rename those first.'
    case 'limit_reached':
      return 'The session holds as many files as it can. Delete one first, or download the copy.'
    default:
      return 'The server does not accept the file’s edits. Download the copy to keep it.'
  }
}
