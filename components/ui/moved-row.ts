/** The row that a key leads to in a list of `count` rows, of which `active` has the focus; undefined for a key that does not move. */
export function movedRow(key: string, active: number, count: number, pageRows: number): number | undefined {
  const last = count - 1
  const within = (to: number) => Math.min(Math.max(to, 0), last)
  switch (key) {
    case 'ArrowDown':
      return within(active + 1)
    case 'ArrowUp':
      return within(active - 1)
    case 'Home':
      return within(0)
    case 'End':
      return within(last)
    case 'PageDown':
      return within(active + pageRows)
    case 'PageUp':
      return within(active - pageRows)
    default:
      return undefined
  }
}
