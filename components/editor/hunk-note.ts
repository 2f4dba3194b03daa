import type { Hunk } from '#protocol/hunks.ts'

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
    hunk.kind === 'rename' ? `rename to ${hunk.newPath ?? '?'}` : hunk.kind === 'delete' ? 'delete this file' : undefined,
    hunk.rung === 'fuzzy' ? 'found by similarity, please look' : undefined,
    hunk.merged ? 'merged with edits made meanwhile' : undefined,
    asker === undefined ? undefined : `asked by ${asker}`,
  ].filter((note) => note !== undefined)
  return notes.length === 0 ? undefined : notes.join(' · ')
}
