/** What a model remarks about lines of a file (1-based and inclusive); without lines about the file. */
export type Remark = { path: string; fromLine?: number; toLine?: number; body: string }

/** `path:line: text`, with the marks of lists, bold and code around it that models like to add. */
const head =
  /^\s*(?:[-*•]|\d+[.)])?\s*[*_`]*([\w@./ -]*[\w@/-]\.\w+)(?:(?::|#)?(?::| |#)?(?:L|lines? )?(\d+)(?:\s*[-–]\s*L?(\d+))?)?[*_`]*\s*(?::|[-–—])\s*(.*)$/i

/**
 * The remarks of an answer that was asked for in the form `path:line: text`, one after the other. What follows a remark on lines of its
 * own belongs to it; what names no file of the session is no remark.
 */
export function readRemarks(answer: string, paths: ReadonlySet<string>): Remark[] {
  const remarks: Remark[] = []
  let open: Remark | undefined
  for (const line of answer.split('\n')) {
    const [, path = '', from, to, text = ''] = head.exec(line) ?? []
    if (paths.has(path.trim())) {
      const fromLine = from === undefined ? undefined : Number(from)
      open = {
        path: path.trim(),
        ...(fromLine === undefined || fromLine === 0 ? {} : { fromLine, toLine: Math.max(fromLine, Number(to ?? fromLine)) }),
        body: text,
      }
      remarks.push(open)
    } else if (open !== undefined && line.trim() !== '') {
      open.body += `\n${line.trim()}`
    } else {
      open = undefined
    }
  }
  return remarks.map((remark) => ({ ...remark, body: remark.body.trim() })).filter(({ body }) => body !== '')
}
