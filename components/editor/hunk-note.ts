import type { Hunk } from '#protocol/hunks.ts'
import { cautionsOf, fileChangeWording } from '#session/hunk-wording.ts'

/**
 * What a reviewer should know about a hunk beside its text, in a few words. `elsewhere`: it is in another file than the one on screen.
 * `asker`: who asked for it, where that was somebody else.
 */
export function hunkNote(
  hunk: Hunk,
  { elsewhere = false, asker }: { elsewhere?: boolean; asker?: string | undefined } = {},
): string | undefined {
  const notes = [
    elsewhere ? `in ${hunk.path}` : undefined,
    fileChangeWording(hunk),
    ...cautionsOf(hunk),
    asker === undefined ? undefined : `asked by ${asker}`,
  ].filter((note) => note !== undefined)
  return notes.length === 0 ? undefined : notes.join(' · ')
}
