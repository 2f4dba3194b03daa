import { keyOn, type LineIds, type LineRung, type TextIndex } from './text-index.ts'

const mostCandidatesToTry = 64

/** First lines (0-based, at least `from`, ascending) of all runs of lines that are equal to these on a rung; at least one line. */
export function findRun(index: TextIndex, lines: readonly string[], rung: LineRung, from: number): number[] {
  const { ids, idOf, linesOf }: LineIds = index.idsOn(rung)
  const keyOf = keyOn[rung]
  const wanted = new Int32Array(lines.length)
  let rarest = 0
  let fewest = Infinity
  for (const [i, line] of lines.entries()) {
    const id = idOf.get(keyOf(line))
    if (id === undefined) return []
    wanted[i] = id
    const count = linesOf[id]?.length ?? 0
    if (count < fewest) [rarest, fewest] = [i, count]
  }
  if (fewest > mostCandidatesToTry) return findRunLinearly(ids, wanted, from)
  const places = linesOf[wanted[rarest] ?? 0] ?? []
  return places.map((line) => line - rarest).filter((first) => first >= from && wanted.every((id, i) => ids[first + i] === id))
}

/** Knuth–Morris–Pratt, overlapping hits included: a text of equal lines must not cost lines × lines. */
function findRunLinearly(ids: Int32Array, wanted: Int32Array, from: number): number[] {
  const fallback = new Int32Array(wanted.length)
  for (let i = 1, length = 0; i < wanted.length; i += 1) {
    while (length > 0 && wanted[i] !== wanted[length]) length = fallback[length - 1] ?? 0
    if (wanted[i] === wanted[length]) length += 1
    fallback[i] = length
  }
  const hits: number[] = []
  for (let line = from, length = 0; line < ids.length; line += 1) {
    while (length > 0 && ids[line] !== wanted[length]) length = fallback[length - 1] ?? 0
    if (ids[line] === wanted[length]) length += 1
    if (length === wanted.length) hits.push(line - length + 1)
  }
  return hits
}
