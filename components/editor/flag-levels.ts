/** A name flag at a cursor; `column` and `width` in characters. */
export type Flag = { lineNumber: number; column: number; width: number }

/** How many flags each one has to stand above, so that none covers another on the same line, nor one that is `fixed` at its line. */
export function flagLevels(flags: readonly Flag[], fixed: readonly Flag[] = []): number[] {
  const levels = flags.map(() => 0)
  const order = flags.map((flag, at) => ({ flag, at })).toSorted((one, other) => one.flag.column - other.flag.column)
  const placed = fixed.map((flag) => ({ flag, level: 0 }))
  for (const { flag, at } of order) {
    const taken = placed.filter((other) => overlaps(other.flag, flag)).map(({ level }) => level)
    let level = 0
    while (taken.includes(level)) level += 1
    levels[at] = level
    placed.push({ flag, level })
  }
  return levels
}

function overlaps(one: Flag, other: Flag): boolean {
  return one.lineNumber === other.lineNumber && one.column < other.column + other.width && other.column < one.column + one.width
}
