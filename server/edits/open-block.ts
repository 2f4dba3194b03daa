import type { Fence } from './fences.ts'
import type { NamedPath } from './named-path.ts'
import type { AnswerLine } from './line-reader.ts'
import type { EditFormat } from './parser-events.ts'

/** A code fence that is open around what the parser reads. */
export type OpenFence = Fence & {
  /** Where a block that owns this fence begins: at the path line above it, or at the fence. */
  at: number
  named: NamedPath | undefined
  /** Lines read since it opened. */
  lines: number
  /** `owned`: a block includes the opening line, so the closing line belongs to that fence's last block. */
  use: 'none' | 'owned' | 'chat'
}

/** A block between its `blockStart` and its `blockEnd`. */
export type OpenBlock = {
  block: number
  path: string
  format: EditFormat
  elided: boolean
  /** Replace part: lines that look like the fence's end and blank lines after it, until the next line tells. */
  held: AnswerLine[]
  /** Replace part: a held fence end turned out to be content. Whole file: a search marker was seen. */
  seen: boolean
  /** Whole file: fences inside a Markdown file that are open. */
  depth: number
}
