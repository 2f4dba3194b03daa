import type { Hunk } from '#protocol/hunks.ts'

/** What became of the files in a turn that did not come to its end: complete hunks stay, the unfinished one was taken back. */
export function whatIsSafe(hunks: readonly Hunk[]): string {
  const isTakenBack = hunks.some(({ state }) => state === 'aborted')
  const kept = hunks.filter(({ state }) => state === 'settled' || state === 'accepted').length
  if (kept === 0) return isTakenBack ? 'The unfinished hunk was taken back.' : 'Nothing was changed.'
  const stay = kept === 1 ? '1 complete hunk stays' : `${kept} complete hunks stay`
  return isTakenBack ? `${stay}, the unfinished one was taken back.` : `${stay}.`
}

/** What trying again does to hunks that nobody has decided; undefined where there are none. */
export function whatTryingAgainRejects(hunks: readonly Hunk[]): string | undefined {
  const undecided = hunks.filter(({ state }) => state === 'settled').length
  if (undecided === 0) return undefined
  return `Trying again rejects ${undecided === 1 ? 'its undecided hunk' : `its ${undecided} undecided hunks`} first.`
}
