import type { AnswerLine } from './line-reader.ts'
import type { NamedPath } from './named-path.ts'
import type { EditFormat, MalformedCode, ParserEvent, PatchPart, Tolerance } from './parser-events.ts'

export type ParserOutput = { emit: (event: ParserEvent) => void; tolerate: (tolerance: Tolerance) => void }

/** How a block begins. `problem`: why it is broken from the start; told instead of what is wrong with its path. */
export type BlockBeginning = {
  format: EditFormat
  at: number
  named: NamedPath | undefined
  patch?: PatchPart
  problem?: MalformedCode
}

const excerptLength = 120

/** Tells a block as events. At most one block is open; the end of one is held until it is known how far it reaches. */
export type BlockWriter = {
  /** Tells the end of the block before, opens the next and says what is wrong with its path. */
  start(beginning: BlockBeginning, line: AnswerLine): void
  searchLine(text: string): void
  searchEnd(): void
  replaceLine(text: string): void
  /** A line that stands in the file and stays. */
  contextLine(text: string): void
  elided(): void
  /** The block's old lines are the file's last ones. */
  endOfFile(): void
  malformed(code: MalformedCode, line: AnswerLine): void
  /** Closes the open block; its end is told by `settle`. */
  finish(state: 'complete' | 'aborted', at: number): void
  /** Tells the held end, at `at` where a closing line follows the block, else where `finish` said. */
  settle(at?: number): void
  /** The held end is at `at`, and more may follow. */
  extend(at: number): void
  isOpen(): boolean
  /** Offset of a held end. */
  heldAt(): number | undefined
  /** The path of the last block that was started. */
  lastPath(): NamedPath | undefined
}

export function createBlockWriter({ emit, tolerate }: ParserOutput): BlockWriter {
  let block = 0
  let open: { elided: boolean; endOfFile: boolean } | undefined
  let held: Extract<ParserEvent, { type: 'blockEnd' }> | undefined
  let last: NamedPath | undefined

  const writer: BlockWriter = {
    start({ format, at, named, patch, problem }, line) {
      writer.settle()
      block += 1
      open = { elided: false, endOfFile: false }
      emit({ type: 'blockStart', block, at, path: named?.path ?? '', format, ...(patch && { patch }) })
      for (const tolerance of named?.tolerances ?? []) tolerate(tolerance)
      if (problem !== undefined) writer.malformed(problem, line)
      else if (named === undefined) writer.malformed('no_path', line)
      else if (named.refused) writer.malformed('refused_path', line)
      last = named
    },
    searchLine: (text) => emit({ type: 'searchLine', block, text }),
    searchEnd: () => emit({ type: 'searchEnd', block }),
    replaceLine: (text) => emit({ type: 'replaceLine', block, text }),
    contextLine(text) {
      emit({ type: 'searchLine', block, text, context: true })
      emit({ type: 'replaceLine', block, text, context: true })
    },
    elided() {
      if (open !== undefined) open.elided = true
    },
    endOfFile() {
      if (open !== undefined) open.endOfFile = true
    },
    malformed(code, line) {
      const told = { code, line: line.number, excerpt: line.text.slice(0, excerptLength), at: line.start }
      if (open === undefined) writer.settle()
      emit(open === undefined ? { type: 'malformed', ...told } : { type: 'malformed', block, ...told })
    },
    finish(state, at) {
      if (open === undefined) return
      held = { type: 'blockEnd', block, at, state, elided: open.elided, ...(open.endOfFile && { endOfFile: true }) }
      open = undefined
    },
    settle(at) {
      if (held === undefined) return
      emit(at === undefined ? held : { ...held, at })
      held = undefined
    },
    extend(at) {
      if (held !== undefined) held = { ...held, at }
    },
    isOpen: () => open !== undefined,
    heldAt: () => held?.at,
    lastPath: () => last,
  }
  return writer
}
