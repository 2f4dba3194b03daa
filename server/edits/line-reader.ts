/** A line of the answer: text without its ending, offsets in UTF-16 units, `end` after the line feed. `number` is 1-based. */
export type AnswerLine = { text: string; start: number; end: number; number: number; carriageReturn: boolean }

export type LineReader = {
  push(chunk: string, onLine: (line: AnswerLine) => void, onTooLong: (line: AnswerLine) => void): void
  /** Number of the line that is being read. */
  number(): number
  /** The unfinished last line, if there is one. */
  rest(): AnswerLine | undefined
}

/**
 * Splits a stream at line feeds, wherever its chunks were cut; amortised O(1) per character. A line longer than `maxLineLength`
 * is told once, as what was read of it until then, and skipped up to its end.
 */
export function createLineReader(maxLineLength: number): LineReader {
  let pending = ''
  let start = 0
  let skipped = 0
  let skipping = false
  let number = 1

  function line(end: number): AnswerLine {
    const carriageReturn = pending.endsWith('\r')
    return { text: carriageReturn ? pending.slice(0, -1) : pending, start, end, number, carriageReturn }
  }

  function take(piece: string, onTooLong: (line: AnswerLine) => void): void {
    if (skipping) {
      skipped += piece.length
      return
    }
    const room = maxLineLength - pending.length
    if (piece.length <= room) {
      pending += piece
      return
    }
    pending += piece.slice(0, room)
    onTooLong({ ...line(start + pending.length), carriageReturn: false })
    skipping = true
    skipped = piece.length - room
  }

  return {
    push(chunk, onLine, onTooLong) {
      let from = 0
      for (let feed = chunk.indexOf('\n'); feed !== -1; feed = chunk.indexOf('\n', from)) {
        take(chunk.slice(from, feed), onTooLong)
        const end = start + pending.length + skipped + 1
        if (!skipping) onLine(line(end))
        start = end
        number += 1
        pending = ''
        skipped = 0
        skipping = false
        from = feed + 1
      }
      take(chunk.slice(from), onTooLong)
    },
    number: () => number,
    rest() {
      return pending === '' || skipping ? undefined : line(start + pending.length)
    },
  }
}
