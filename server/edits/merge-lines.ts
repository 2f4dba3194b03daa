import { diffLines, type LineChange } from './line-diff.ts'
import { splitLines } from './lines.ts'

/** `conflict`: both sides changed the same lines, differently; `text` then has theirs in those places and ours everywhere else. */
export type MergedLines = { kind: 'clean' | 'conflict'; text: string }

/**
 * Three-way merge of whole lines. Changes of the two sides that share no line of `base` are both kept, also where they touch: what one
 * side inserts at an edge of what the other one replaces stays on its side of it, and of two insertions at one place `ours` comes first.
 */
export function mergeLines(base: string, ours: string, theirs: string): MergedLines {
  const baseLines = splitLines(base)
  const our = new Side(baseLines, ours)
  const their = new Side(baseLines, theirs)
  const merged: string[] = []
  let kind: MergedLines['kind'] = 'clean'
  let at = 0
  for (;;) {
    const first = earlier(our.next, their.next)
    if (first === undefined) break
    merged.push(...baseLines.slice(at, first.oldStart))
    const region = { start: first.oldStart, end: first.oldEnd }
    const mine = our.begin(region)
    const other = their.begin(region)
    while (our.extend(region, mine) || their.extend(region, other));
    const ourText = our.textOf(region, mine)
    const theirText = their.textOf(region, other)
    if (mine.length === 0) merged.push(theirText)
    else if (other.length === 0 || ourText === theirText) merged.push(ourText)
    else if (region.start === region.end) merged.push(ourText, theirText)
    else {
      kind = 'conflict'
      merged.push(theirText)
    }
    at = region.end
  }
  merged.push(...baseLines.slice(at))
  return { kind, text: merged.join('') }
}

/** Lines `[start, end)` of the base. */
type Lines = { start: number; end: number }

class Side {
  readonly #lines: readonly string[]
  readonly #changes: LineChange[]

  constructor(base: readonly string[], text: string) {
    this.#lines = splitLines(text)
    this.#changes = diffLines(base, this.#lines).flatMap(lineByLine)
  }

  get next(): LineChange | undefined {
    return this.#changes[0]
  }

  /** The next change, if it is about just this region. */
  begin({ start, end }: Lines): LineChange[] {
    const { next } = this
    return next?.oldStart === start && next.oldEnd === end ? this.#changes.splice(0, 1) : []
  }

  /** Takes the next change if it shares a line with the region, and widens that. Returns whether it did. */
  extend(region: Lines, taken: LineChange[]): boolean {
    const { next } = this
    if (next === undefined || next.oldStart >= region.end || next.oldEnd <= region.start) return false
    taken.push(...this.#changes.splice(0, 1))
    region.end = Math.max(region.end, next.oldEnd)
    return true
  }

  /** What this side has in place of the region's lines. */
  textOf({ start, end }: Lines, taken: readonly LineChange[]): string {
    const [first] = taken
    const last = taken.at(-1)
    if (first === undefined || last === undefined) return ''
    const from = first.newStart - (first.oldStart - start)
    return this.#lines.slice(from, last.newEnd + (end - last.oldEnd)).join('')
  }
}

/** As many new lines as old ones are taken for the old ones changed, so that a conflict about one of them stays with that one. */
function lineByLine(change: LineChange): LineChange[] {
  const { oldStart, oldEnd, newStart, newEnd } = change
  if (oldEnd - oldStart !== newEnd - newStart) return [change]
  return Array.from({ length: oldEnd - oldStart }, (_, line) => ({
    oldStart: oldStart + line,
    oldEnd: oldStart + line + 1,
    newStart: newStart + line,
    newEnd: newStart + line + 1,
  }))
}

/** An insertion comes before a change of the line behind it. */
function earlier(one: LineChange | undefined, other: LineChange | undefined): LineChange | undefined {
  if (one === undefined || other === undefined) return one ?? other
  if (one.oldStart !== other.oldStart) return one.oldStart < other.oldStart ? one : other
  return one.oldEnd <= other.oldEnd ? one : other
}
