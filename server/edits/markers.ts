type MarkerKind = 'search' | 'divider' | 'replace'

const shapes = {
  search: /^(<{5,9}) SEARCH(>?)([ \t]*)$/,
  divider: /^(={5,9})()([ \t]*)$/,
  replace: /^(>{5,9}) REPLACE()([ \t]*)$/,
} as const

const kindByFirstCharacter: Record<string, MarkerKind> = { '<': 'search', '=': 'divider', '>': 'replace' }

export type Marker = { kind: MarkerKind; length: number; bracket: boolean; trailingSpace: boolean }

/** Reads a line as a marker of a search/replace block. Markers begin at the start of the line; 5 to 9 signs, 7 are asked for. */
export function readMarker(line: string): Marker | undefined {
  const kind = kindByFirstCharacter[line.charAt(0)]
  if (kind === undefined) return undefined
  const found = shapes[kind].exec(line)
  if (found === null) return undefined
  return { kind, length: found[1]?.length ?? 0, bracket: found[2] !== '', trailingSpace: found[3] !== '' }
}
