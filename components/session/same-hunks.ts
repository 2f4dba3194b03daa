import type { Hunk } from '#protocol/hunks.ts'

/** For what selects hunks of the session's state: the same ones, which are the same objects while nothing of them has changed. */
export function sameHunks(one: readonly Hunk[], other: readonly Hunk[]): boolean {
  return one.length === other.length && one.every((hunk, index) => hunk === other[index])
}
