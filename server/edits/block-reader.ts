import type { ParserOutput } from './block-writer.ts'
import { createChatReader } from './chat-reader.ts'
import type { AnswerLine } from './line-reader.ts'
import type { EditFormat } from './parser-events.ts'
import { createPatchReader } from './patch-reader.ts'
import { createReading, type FormatReader } from './reading.ts'
import { createSearchReplaceReader } from './search-replace-reader.ts'
import { createWholeFileReader } from './whole-file-reader.ts'

export type BlockReader = {
  line(line: AnswerLine): void
  /** Rolls an open block back. Outside of blocks a line that is too long is just text. */
  abort(code: 'line_too_long' | 'answer_too_long', line: AnswerLine): void
  /** `line` is empty and stands at the end of the answer. */
  end(complete: boolean, line: AnswerLine): void
}

/** The grammar of the answer, line by line: text, until a block of one of the formats begins. */
export function createBlockReader(output: ParserOutput, formats: readonly EditFormat[]): BlockReader {
  const reading = createReading(output)
  const searchReplace = createSearchReplaceReader(reading)
  const wholeFile = createWholeFileReader(reading)
  const patch = createPatchReader(reading)
  const chat = createChatReader(reading, { searchReplace, wholeFile, patch }, formats)
  /** Undefined while text is read. */
  let format: FormatReader | undefined

  return {
    line(line) {
      if (line.carriageReturn) output.tolerate('carriage_return')
      if (format !== undefined) {
        const outcome = format.line(line)
        if (outcome === 'open') return
        format = undefined
        if (outcome === 'over') return
      }
      format = chat.line(line)
    },
    abort(code, line) {
      format ??= chat.decide(line)
      if (code === 'line_too_long' && format === patch) return patch.tooLong(line)
      if (reading.writer.isOpen() || code === 'answer_too_long') reading.writer.malformed(code, line)
      reading.finish('aborted', line.start)
      format = undefined
    },
    end(complete, line) {
      format ??= chat.decide(line)
      format?.end(complete, line)
      reading.writer.settle()
    },
  }
}
