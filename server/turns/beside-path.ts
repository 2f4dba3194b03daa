/** Tried before a file is refused that cannot have its own path yet. */
const mostNames = 20

/** Names for a file beside the path that it is to have: `src/a.ts` → `src/a.new.ts`, `src/a.new2.ts` … */
export function pathsBeside(path: string): string[] {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const dot = name.lastIndexOf('.')
  const ending = dot > 0 ? name.slice(dot) : ''
  const stem = path.slice(0, path.length - ending.length)
  return Array.from({ length: mostNames }, (_, index) => `${stem}.new${index === 0 ? '' : index + 1}${ending}`)
}
