import type * as Y from 'yjs'
import type { LineRange } from '#session/target-lines.ts'

/** What an inline edit is about. */
export type InlineEditSubject = {
  /** Another one for every time that the prompt is opened. */
  key: number
  fileId: string
  text: Y.Text
  /** The lines when it was opened, and positions that keep naming them. */
  lines: LineRange
  anchors: { start: Uint8Array; end: Uint8Array }
  /** What the prompt begins with. */
  prompt: string
}
