import type { EndReason } from '#protocol/turns.ts'
import { withoutHalf } from '#protocol/whole-text.ts'
import { createBlockReader } from './block-reader.ts'
import { createLineReader, type AnswerLine } from './line-reader.ts'
import type { EditFormat, ParserEvent, Tolerance } from './parser-events.ts'

/**
 * Reads the edit blocks of one answer while it streams. The events depend on the text only, however it was cut into chunks.
 *
 *     answer  = (text | block)*
 *     block   = path [blank] fence edit+ fence | path edit | path [blank] fence content fence | patch
 *     edit    = "<<<<<<< SEARCH" old* "=======" new* ">>>>>>> REPLACE"
 *     patch   = "*** Begin Patch" ["*** Environment ID: " text] section+ "*** End Patch"
 *     section = "*** Add File: " path ("+" text)* | "*** Delete File: " path
 *             | "*** Update File: " path ["*** Move to: " path] chunk+
 *     chunk   = ("@@" [" " text])* ((" " | "-" | "+") text | blank)+ ["*** End of File"]
 *
 * Every item is a line of its own (and each chunk but a section's first has a `@@`). A path is relative and `/`-separated; a fence is
 * three or more backquotes, opened with a language or without, closed by at least as many. A fence without a path is text. What
 * departs from this and is still understood is listed as `Tolerance`, what is not as `MalformedCode`.
 */
export type AnswerParser = {
  push(chunk: string): ParserEvent[]
  /**
   * Ends the answer. Only with `complete` the unfinished last line counts as a line, and a search/replace block or a patch may
   * lack its end marker; with any other reason an open block is aborted. Throws when called twice, or when text follows.
   */
  end(reason: EndReason): ParserEvent[]
  /** The unfinished last line: grows only, never ends in half a surrogate pair or in a carriage return. */
  preview(): string
  /** How often each tolerance was used so far. */
  tolerances(): Partial<Record<Tolerance, number>>
}

const defaultLimits = { lineLength: 1_000_000, answerLength: 16_000_000 }

const allFormats: readonly EditFormat[] = ['search_replace', 'patch', 'whole_file']

/** Limits are in UTF-16 units; more than that ends the open block as malformed. Blocks of other formats than these are text. */
export function createAnswerParser(limits = defaultLimits, formats = allFormats): AnswerParser {
  const events: ParserEvent[] = []
  const counts: Partial<Record<Tolerance, number>> = {}
  const lines = createLineReader(limits.lineLength)
  const output = {
    emit: (event: ParserEvent) => events.push(event),
    tolerate(tolerance: Tolerance) {
      counts[tolerance] = (counts[tolerance] ?? 0) + 1
    },
  }
  const blocks = createBlockReader(output, formats)
  let received = 0
  let state: 'open' | 'too_long' | 'ended' = 'open'

  const onLine = (line: AnswerLine) => blocks.line(line)
  const onTooLong = (line: AnswerLine) => blocks.abort('line_too_long', line)

  return {
    push(chunk) {
      if (state === 'ended') throw new Error('the answer has ended')
      if (state === 'too_long') return []
      const room = limits.answerLength - received
      lines.push(chunk.length > room ? chunk.slice(0, room) : chunk, onLine, onTooLong)
      received += Math.min(chunk.length, room)
      if (chunk.length > room) {
        state = 'too_long'
        blocks.abort('answer_too_long', {
          text: '',
          start: received,
          end: received,
          number: lines.number(),
          carriageReturn: false,
        })
      }
      return events.splice(0)
    },
    end(reason) {
      if (state === 'ended') throw new Error('the answer has ended')
      const rest = lines.rest()
      if (reason === 'complete' && state === 'open' && rest !== undefined) blocks.line(rest)
      blocks.end(reason === 'complete', {
        text: '',
        start: received,
        end: received,
        number: lines.number(),
        carriageReturn: false,
      })
      state = 'ended'
      return events.splice(0)
    },
    preview() {
      return state === 'open' ? withoutHalf(lines.rest()?.text ?? '') : ''
    },
    tolerances: () => ({ ...counts }),
  }
}
