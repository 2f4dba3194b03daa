/** So many alternatives of braces are looked at; more in one field is no search that somebody types. */
const mostAlternatives = 100

/**
 * Whether a path is one that the globs of a field choose, separated by commas: `*` and `?` within a name, `**` for any folders,
 * `[abc]`, `{a,b}`. A glob without a slash is a name at any depth; one that names a folder chooses all that is in it. Upper and
 * lower case are one. Takes a time that grows with the lengths and never with their powers.
 */
export function globMatcher(field: string): ((path: string) => boolean) | undefined {
  const globs = splitOutsideBraces(field.toLowerCase())
    .map((glob) =>
      glob
        .trim()
        .replaceAll('\\', '/')
        .replace(/^\.?\//, '/')
        .replace(/\/$/, ''),
    )
    .filter((glob) => glob !== '')
    .flatMap((glob) => expanded(glob))
    .slice(0, mostAlternatives)
    .map((glob) => (glob.startsWith('/') ? glob.slice(1) : glob.includes('/') ? glob : `**/${glob}`).split('/'))
  if (globs.length === 0) return undefined
  return (path) => {
    const segments = path.toLowerCase().split('/')
    return globs.some((glob) => matchesSegments(glob, segments))
  }
}

/** Commas inside braces belong to them. */
function splitOutsideBraces(text: string): string[] {
  const parts = ['']
  let depth = 0
  for (const character of text) {
    if (character === '{') depth += 1
    if (character === '}') depth -= 1
    if (character === ',' && depth <= 0) parts.push('')
    else parts[parts.length - 1] += character
  }
  return parts
}

function expanded(glob: string): string[] {
  const done: string[] = []
  const open = [glob]
  for (let next = open.pop(); next !== undefined && done.length < mostAlternatives; next = open.pop()) {
    const braces = /^(.*?)\{([^{}]*)\}(.*)$/.exec(next)
    if (braces === null) done.push(next)
    else {
      const [, before = '', inside = '', after = ''] = braces
      if (open.length > mostAlternatives) break
      open.push(...inside.split(',').map((choice) => before + choice + after))
    }
  }
  return done
}

/** Whether the glob matches the path, or a folder above it. */
function matchesSegments(glob: string[], path: string[]): boolean {
  /** Places in the path that what came before of the glob can end at. */
  let reached = new Set([0])
  for (const segment of glob) {
    const next = new Set<number>()
    for (const at of reached) {
      if (segment === '**') for (let to = at; to <= path.length; to += 1) next.add(to)
      else if (at < path.length && matchesName(segment, path[at] ?? '')) next.add(at + 1)
    }
    reached = next
  }
  return reached.size > 0 && (glob.at(-1) !== '**' || reached.has(path.length))
}

/** `*` goes back to its last place only, so that a name is never tried in every combination. */
function matchesName(glob: string, name: string): boolean {
  const parts = glob.match(/\[[^\]]+\]|[\s\S]/g) ?? []
  let at = 0
  let part = 0
  let star: { part: number; at: number } | undefined
  while (at < name.length) {
    if (parts[part] === '*') star = { part: part++, at }
    else if (part < parts.length && matchesOne(parts[part] ?? '', name[at] ?? '')) {
      part += 1
      at += 1
    } else if (star === undefined) return false
    else {
      part = star.part + 1
      star.at += 1
      at = star.at
    }
  }
  while (parts[part] === '*') part += 1
  return part === parts.length
}

function matchesOne(part: string, character: string): boolean {
  if (part === '?') return true
  if (part.length === 1) return part === character
  const isNot = part[1] === '!' || part[1] === '^'
  const ranges = part.slice(isNot ? 2 : 1, -1).match(/.-.|./g) ?? []
  const isIn = ranges.some((range) => {
    const last = range.length === 3 ? range[2] : range[0]
    return character >= (range[0] ?? '') && character <= (last ?? '')
  })
  return isIn !== isNot
}
