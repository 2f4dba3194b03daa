import type { Hunk } from '#protocol/hunks.ts'

/** Looked at means: on the person's screen for this long without a break, in a window that can be seen. */
export const lookMs = 1_000

/** Hunks that were looked at, and since when others have been on screen (ms). */
export type Looking = { looked: ReadonlySet<string>; onScreen: ReadonlyMap<string, number> }

export const nothingLooked: Looking = { looked: new Set(), onScreen: new Map() }

/** From now on exactly these hunks are on screen. */
export function show(looking: Looking, hunkIds: readonly string[], nowMs: number): Looking {
  const { looked, onScreen } = look(looking, nowMs)
  const next = hunkIds.filter((hunkId) => !looked.has(hunkId))
  if (next.length === onScreen.size && next.every((hunkId) => onScreen.has(hunkId))) return { looked, onScreen }
  return { looked, onScreen: new Map(next.map((hunkId) => [hunkId, onScreen.get(hunkId) ?? nowMs])) }
}

/** Time went on: what has been on screen for long enough is looked at. */
export function look(looking: Looking, nowMs: number): Looking {
  const due = [...looking.onScreen].filter(([, since]) => nowMs - since >= lookMs).map(([hunkId]) => hunkId)
  if (due.length === 0) return looking
  const onScreen = new Map(looking.onScreen)
  for (const hunkId of due) onScreen.delete(hunkId)
  return { looked: new Set([...looking.looked, ...due]), onScreen }
}

/** When the next hunk will have been looked at (ms), if nothing moves; undefined where nothing is on screen. */
export function nextDueMs({ onScreen }: Looking): number | undefined {
  return onScreen.size === 0 ? undefined : Math.min(...onScreen.values()) + lookMs
}

export type Debt = { hunks: number; lines: number }

/** A change that stands in the text and that its reader may have missed; a rename or deletion has not happened yet. */
function isOwed(hunk: Hunk, looked: ReadonlySet<string>): boolean {
  return hunk.state === 'settled' && (hunk.kind === 'edit' || hunk.kind === 'create') && !looked.has(hunk.hunkId)
}

/** What waits for a decision and was not looked at. */
export function debtOf(hunks: Iterable<Hunk>, looked: ReadonlySet<string>): Debt {
  const debt = { hunks: 0, lines: 0 }
  for (const hunk of hunks) {
    if (!isOwed(hunk, looked)) continue
    debt.hunks += 1
    debt.lines += hunk.addedLines + hunk.deletedLines
  }
  return debt
}

/** The hunk to look at next: in the shown file first, then by path; in a file from the top. */
export function nextOwed(
  hunks: Iterable<Hunk>,
  looked: ReadonlySet<string>,
  files: readonly { fileId: string }[],
  shownFileId: string | null,
  lineOf: (hunk: Hunk) => number | undefined,
): string | undefined {
  const rank = new Map(files.map(({ fileId }, index) => [fileId, fileId === shownFileId ? -1 : index]))
  const owed = [...hunks].flatMap((hunk) => {
    const file = hunk.fileId === null ? undefined : rank.get(hunk.fileId)
    return file === undefined || !isOwed(hunk, looked) ? [] : [{ hunk, file }]
  })
  const file = Math.min(...owed.map((entry) => entry.file))
  const inFile = owed.filter((entry) => entry.file === file)
  const lines = new Map(inFile.map(({ hunk }) => [hunk, lineOf(hunk) ?? Number.MAX_SAFE_INTEGER]))
  return inFile.toSorted((one, other) => (lines.get(one.hunk) ?? 0) - (lines.get(other.hunk) ?? 0))[0]?.hunk.hunkId
}
