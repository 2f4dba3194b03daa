import { applyPatch, diffLines, structuredPatch } from 'diff'

/** Lines that must stand around a change for it to be put there, first strictly, then as far as they must. */
const contexts = [3, 1]
const longestMs = 200

export type PlainEdit = { offset: number; length: number; text: string }

/**
 * What becomes of `now` when the changes from `stored` to `mine` are made in it. Undefined: somebody has changed those very lines, or
 * there is too much to compare.
 */
export function mergeBack(stored: string, mine: string, now: string): string | undefined {
  if (stored === now) return mine
  if (mine === now) return now
  for (const context of contexts) {
    const patch = structuredPatch('', '', stored, mine, undefined, undefined, { context, timeout: longestMs })
    if (patch === undefined) return undefined
    const merged = applyPatch(now, patch, { autoConvertLineEndings: false })
    if (merged !== false) return merged
  }
  return undefined
}

/** Line by line, the edits that make `after` of `before`; descending, so that each stands where the text before it is as it was. */
export function lineEdits(before: string, after: string): PlainEdit[] {
  const difference = diffLines(before, after, { timeout: longestMs })
  if (difference === undefined) return [{ offset: 0, length: before.length, text: after }]
  const edits: PlainEdit[] = []
  let offset = 0
  let open: PlainEdit | undefined
  for (const { added, removed, value } of difference) {
    if (!added && !removed) {
      offset += value.length
      open = undefined
      continue
    }
    if (open === undefined) edits.push((open = { offset, length: 0, text: '' }))
    if (added) open.text += value
    else {
      open.length += value.length
      offset += value.length
    }
  }
  return edits.toReversed()
}
