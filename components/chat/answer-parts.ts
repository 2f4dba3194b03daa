import type { Mark } from '#protocol/turns.ts'

/** A stretch of an answer. Offsets in UTF-16 units; `to` is absent while it is still growing. */
type Stretch = { from: number; to?: number }

/** Prose, edit blocks of one file that stand side by side, or the place where the model was told of blocks that failed. */
export type AnswerPart =
  | ({ kind: 'prose' } & Stretch)
  | { kind: 'retry'; blocks: number; whole: boolean }
  | { kind: 'blocks'; path: string; blocks: ({ block: number } & Stretch)[] }

/** Splits an answer by its marks into parts in their order; white space between blocks is nothing to read. */
export function answerParts(text: string, marks: readonly Mark[]): AnswerPart[] {
  const parts: AnswerPart[] = []
  let proseFrom: number | undefined = 0
  for (const mark of marks) {
    if (mark.type === 'retry') {
      if (proseFrom !== undefined && text.slice(proseFrom, mark.at).trim() !== '') {
        parts.push({ kind: 'prose', from: proseFrom, to: mark.at })
      }
      parts.push({ kind: 'retry', blocks: mark.blocks.length, whole: mark.whole })
      proseFrom = mark.at
      continue
    }
    const last = parts.at(-1)
    if (mark.type === 'close') {
      const open = last?.kind === 'blocks' ? last.blocks.at(-1) : undefined
      if (open !== undefined) open.to = mark.at
      proseFrom = mark.at
      continue
    }
    const blank = proseFrom === undefined || text.slice(proseFrom, mark.at).trim() === ''
    if (!blank && proseFrom !== undefined) parts.push({ kind: 'prose', from: proseFrom, to: mark.at })
    proseFrom = undefined
    const block = { block: mark.block, from: mark.at }
    if (blank && last?.kind === 'blocks' && last.path === mark.path) last.blocks.push(block)
    else parts.push({ kind: 'blocks', path: mark.path, blocks: [block] })
  }
  if (proseFrom !== undefined) parts.push({ kind: 'prose', from: proseFrom })
  return parts
}

// No repetition inside a repetition: a long row of dots would take for ever to refuse.
const pathLine = String.raw`[ \t*_\`#]*[A-Za-z0-9@.-][\w@./-]*[/.][\w@.-]+[\`*_:]*[ \t]*(?:\n[ \t]*)?`
const fenceLine = String.raw`(?:\`{3,}|~{3,})[^\n]*`

/**
 * The end of a text that may still turn out to begin an edit block: a path line, a fence, and the first lines in it, of which the
 * third one decides; a fence and the beginning of a search marker; or a path, a fence, a heredoc and the beginning of a patch. Once
 * a patch has begun, all that follows is its own, although its block is known only after the headers.
 */
const undecidedEnd = new RegExp(String.raw`(?:^|\n)${pathLine}(?:\n${fenceLine}(?:\n[^\n]*){0,3})?$`)
const undecidedMarker = new RegExp(String.raw`(?:^|\n)(?:${fenceLine}\n)?<{2,9}[ A-Z]{0,8}$`)
const heredocLine = String.raw`(?:apply_patch[ \t]+)?<<[ \t]*['"]?EOF['"]?[ \t]*`
const patchBegun = String.raw`\*\*\* (?:(?:Add|Update|Delete) File: |Begin Patch[ \t]*(?:\n|$))`
const patchBeginning = String.raw`\*{1,3}$|\*\*\* [A-Z][A-Za-z ]{0,12}$`
const undecidedPatch = new RegExp(
  String.raw`(?:^|\n)(?:${pathLine}\n)?(?:${fenceLine}\n\s*)?(?:${heredocLine}\n)?[ \t]*(?:${patchBegun}|${patchBeginning})`,
)
const undecidedHeredoc = new RegExp(String.raw`(?:^|\n)(?:${fenceLine}\n\s*)?${heredocLine}$`)

const undecided = [undecidedEnd, undecidedMarker, undecidedPatch, undecidedHeredoc]

/** Longer than nearly any path with its fence and the lines that decide. */
const undecidedLength = 1_000

/**
 * How much of growing prose to show. Lines that may begin an edit block are held back until the lines after them decide;
 * otherwise they would flash up as text and vanish.
 */
export function settledProse(text: string): string {
  const from = Math.max(0, text.length - undecidedLength)
  const end = text.slice(from)
  const starts = undecided.flatMap((pattern) => pattern.exec(end)?.index ?? [])
  return starts.length === 0 ? text : text.slice(0, from + Math.min(...starts))
}
