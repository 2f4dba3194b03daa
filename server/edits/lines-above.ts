import { readOpeningFence } from './fences.ts'
import type { AnswerLine } from './line-reader.ts'
import { pathAlone, pathInInfoString, pathInSentence, type NamedPath } from './named-path.ts'

/** How far above a search marker its path may stand. */
export const linesAboveMarker = 3

/** Where a line stands: in running text, a fence's opening line, or inside a fence. */
type Place = 'outside' | 'fence' | 'inside'

/** A path and where its line begins; without `at` the line says more than the path, or other text lies between. */
type PathAbove = { named: NamedPath; at?: number }

/** The last few lines that the parser read, because a block's path stands above its fence or marker. */
export type LinesAbove = {
  add(line: AnswerLine, place: Place): void
  clear(): void
  /** The line right above. */
  last(): AnswerLine | undefined
  /** The path alone on the line right above, with at most one blank line between. */
  pathDirectlyAbove(): Required<PathAbove> | undefined
  /** The nearest path above a search marker: alone on its line, in a fence's info string, or the only one that a sentence names. */
  pathAboveMarker(): PathAbove | undefined
}

export function createLinesAbove(): LinesAbove {
  let above: { line: AnswerLine; place: Place }[] = []
  return {
    add(line, place) {
      above.push({ line, place })
      if (above.length > linesAboveMarker) above.shift()
    },
    clear() {
      above = []
    },
    last: () => above.at(-1)?.line,
    pathDirectlyAbove() {
      const last = above.at(-1)
      const candidate = last?.line.text.trim() === '' ? above.at(-2) : last
      const named = candidate && pathAlone(candidate.line.text)
      return candidate && named && { named, at: candidate.line.start }
    },
    pathAboveMarker() {
      let adjacent = true
      for (const { line, place } of above.toReversed()) {
        const alone = pathAlone(line.text)
        if (alone !== undefined) return adjacent ? { named: alone, at: line.start } : { named: alone }
        const named = place === 'fence' ? pathInInfoString(readOpeningFence(line.text)?.info ?? '') : undefined
        const said = place === 'outside' ? pathInSentence(line.text) : named
        if (said !== undefined) return { named: said }
        if (place !== 'fence' && line.text.trim() !== '') adjacent = false
      }
      return undefined
    },
  }
}
