import type { ClientDocument } from '#session/client-document.ts'
import type { Hunk } from '#protocol/hunks.ts'
import { TextPlaces } from './hunk-place.ts'

/** Applied and waiting for a decision; a rename or deletion waits without anything in the text. */
export function isDecidable(hunk: Hunk): boolean {
  return hunk.state === 'settled' && hunk.fileId !== null
}

/** Drawn in the editor. */
export function isDrawn(hunk: Hunk): boolean {
  return (hunk.state === 'settled' || hunk.state === 'streaming') && hunk.start !== undefined
}

export type ReviewEntry = { hunkId: string; turnId: string; fileId: string; offset: number }

const beforeText = -1

/** The decidable hunks in reading order: by path, then by place. A document that is not open yet keeps the order of arrival. */
export function reviewOrder(
  hunks: readonly Hunk[],
  files: readonly { fileId: string; path: string }[],
  documents: { get(fileId: string): Pick<ClientDocument, 'text'> | undefined },
): ReviewEntry[] {
  const rank = new Map(files.map(({ fileId }, index) => [fileId, index]))
  const places = new Map<string, TextPlaces>()
  const placesIn = (fileId: string) => {
    const text = documents.get(fileId)?.text
    if (text !== undefined && !places.has(fileId)) places.set(fileId, new TextPlaces(text))
    return places.get(fileId)
  }
  return hunks
    .flatMap((hunk, arrival) => {
      if (!isDecidable(hunk) || hunk.fileId === null) return []
      // What happens to the file as a whole comes before what happens in it.
      const isWhole = hunk.kind === 'rename' || hunk.kind === 'delete'
      const offset = isWhole ? beforeText : (placesIn(hunk.fileId)?.of(hunk)?.start ?? arrival)
      return [{ hunkId: hunk.hunkId, turnId: hunk.turnId, fileId: hunk.fileId, offset }]
    })
    .filter(({ fileId }) => rank.has(fileId))
    .toSorted((one, other) => (rank.get(one.fileId) ?? 0) - (rank.get(other.fileId) ?? 0) || one.offset - other.offset)
}

/** A rename or deletion: it is about the file as a whole. */
export function isOfFile({ offset }: ReviewEntry): boolean {
  return offset === beforeText
}

/** The entry after (`step` 1) or before (−1) the current one, round and round; from nowhere, the first one from the cursor on. */
export function neighbour(
  order: readonly ReviewEntry[],
  current: string | null,
  step: 1 | -1,
  cursor: { fileId: string; offset: number } | null,
): ReviewEntry | undefined {
  if (order.length === 0) return undefined
  const at = order.findIndex(({ hunkId }) => hunkId === current)
  if (at >= 0) return order[(at + step + order.length) % order.length]
  if (cursor === null) return step === 1 ? order[0] : order.at(-1)
  const inFile = order.filter(({ fileId }) => fileId === cursor.fileId)
  const found =
    step === 1 ? inFile.find(({ offset }) => offset >= cursor.offset) : inFile.findLast(({ offset }) => offset < cursor.offset)
  return found ?? (step === 1 ? order[0] : order.at(-1))
}
