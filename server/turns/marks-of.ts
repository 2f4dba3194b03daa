import type { ParserEvent } from '#edits/parser-events.ts'
import type { Mark } from '#protocol/turns.ts'

/** What viewers are told about the blocks, so that they draw a card in their place. */
export function marksOf(events: readonly ParserEvent[]): Mark[] {
  const marks: Mark[] = []
  for (const event of events) {
    if (event.type === 'blockStart') marks.push({ type: 'open', block: event.block, at: event.at, path: event.path })
    else if (event.type === 'blockEnd') marks.push({ type: 'close', block: event.block, at: event.at })
  }
  return marks
}
