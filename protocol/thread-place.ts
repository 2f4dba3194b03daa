/** What a thread's anchor comes to in a text of now: UTF-16 units; the edges tell whether the first and last character are still there. */
export type ResolvedAnchor = { start: number; end: number; startLives: boolean; endLives: boolean }

/**
 * Where a thread's lines stand, or undefined where they are gone: the thread is *detached*. The anchor counts as long as an end of it is
 * there, or a quoted line stands between its ends; what was cut and pasted is known again by its text, where that stood in the file once.
 */
export function threadPlace(
  text: string,
  anchor: ResolvedAnchor | undefined,
  { quotedText, quotedOnce }: { quotedText: string; quotedOnce: boolean },
): { start: number; end: number } | undefined {
  if (anchor !== undefined && anchor.start < anchor.end) {
    const { start, end, startLives, endLives } = anchor
    if (startLives || endLives || sharesLine(text.slice(start, end), quotedText)) return { start, end }
  }
  if (!quotedOnce) return undefined
  const start = text.indexOf(quotedText)
  const again = text.indexOf(quotedText, start + 1)
  const isLine = start === 0 || text.charAt(start - 1) === '\n'
  return start === -1 || again !== -1 || !isLine ? undefined : { start, end: start + quotedText.length }
}

/** The lines that a range touches, whole and with their line feeds. */
export function wholeLines(text: string, { start, end }: { start: number; end: number }): { start: number; end: number } {
  const from = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1
  if (end > start && text.charAt(end - 1) === '\n') return { start: from, end }
  const feed = text.indexOf('\n', end)
  return { start: from, end: feed === -1 ? text.length : feed + 1 }
}

function sharesLine(text: string, quotedText: string): boolean {
  const lines = new Set(linesOf(text))
  return linesOf(quotedText).some((line) => lines.has(line))
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}
