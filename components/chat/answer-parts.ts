import type { Mark } from '#protocol/turns.ts'

/** A stretch of an answer: prose, or one of its edit blocks. Offsets in UTF-16 units; `to` is absent while it is still growing. */
export type AnswerPart =
  | { kind: 'prose'; from: number; to?: number }
  | { kind: 'block'; block: number; path: string; from: number; to?: number }

/** Splits an answer by its marks into parts in their order, without empty prose between them. */
export function answerParts(marks: readonly Mark[]): AnswerPart[] {
  const parts: AnswerPart[] = []
  let proseFrom = 0
  for (const mark of marks) {
    if (mark.type === 'open') {
      if (mark.at > proseFrom) parts.push({ kind: 'prose', from: proseFrom, to: mark.at })
      parts.push({ kind: 'block', block: mark.block, path: mark.path, from: mark.at })
      proseFrom = Infinity
      continue
    }
    const open = parts.findLast((part) => part.kind === 'block' && part.block === mark.block)
    if (open !== undefined) open.to = mark.at
    proseFrom = mark.at
  }
  if (proseFrom !== Infinity) parts.push({ kind: 'prose', from: proseFrom })
  return parts
}

/** The end of a text that may still turn out to begin an edit block: a path line, then a fence, then a search marker. */
const undecidedEnd =
  /(?:^|\n)[ \t*_`#]*[\w@.-]+(?:[/.][\w@.-]+)+[`*_:]*[ \t]*(?:\n[ \t]*)?(?:\n(?:`{3,}|~{3,})[^\n]*)?(?:\n(?:<{1,9}[ A-Z]{0,8})?)?$/
const undecidedMarker = /(?:^|\n)(?:(?:`{3,}|~{3,})[^\n]*\n)?<{2,9}[ A-Z]{0,8}$/

/** Longer than any path with its fence and marker. */
const undecidedLength = 700

/**
 * How much of growing prose to show. Lines that may begin an edit block are held back until the lines after them decide;
 * otherwise they would flash up as text and vanish.
 */
export function settledProse(text: string): string {
  const from = Math.max(0, text.length - undecidedLength)
  const end = text.slice(from)
  const match = undecidedEnd.exec(end) ?? undecidedMarker.exec(end)
  return match === null ? text : text.slice(0, from + match.index)
}
