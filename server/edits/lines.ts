/** Lines with their LF; what follows the last LF is a line only if it is not empty. */
export function splitLines(text: string): string[] {
  const lines: string[] = []
  for (let start = 0; start < text.length;) {
    const feed = text.indexOf('\n', start)
    const end = feed === -1 ? text.length : feed + 1
    lines.push(text.slice(start, end))
    start = end
  }
  return lines
}

/** How many `splitLines` returns. */
export function lineCount(text: string): number {
  return text.split('\n').length - (text === '' || text.endsWith('\n') ? 1 : 0)
}

/** Whether there is nothing to see in any of them; so of none. */
export function isBlank(lines: readonly string[]): boolean {
  return lines.every((line) => line.trim() === '')
}
