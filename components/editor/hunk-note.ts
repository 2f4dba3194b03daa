import type { Hunk } from '#protocol/hunks.ts'

/** What a reviewer should know about a hunk beside its text, in a few words. `asker`: who asked for it, where that was somebody else. */
export function hunkNote(hunk: Hunk, asker?: string): string | undefined {
  const notes = [
    hunk.kind === 'rename' ? `rename to ${hunk.newPath ?? '?'}` : hunk.kind === 'delete' ? 'delete this file' : undefined,
    hunk.rung === 'fuzzy' ? 'found by similarity, please look' : undefined,
    hunk.merged ? 'merged with edits made meanwhile' : undefined,
    asker === undefined ? undefined : `asked by ${asker}`,
  ].filter((note) => note !== undefined)
  return notes.length === 0 ? undefined : notes.join(' · ')
}
