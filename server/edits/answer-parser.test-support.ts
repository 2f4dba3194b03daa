import type { EndReason } from '#protocol/turns.ts'
import { createAnswerParser } from './answer-parser.ts'

export const lines = (...all: string[]) => all.join('\n') + '\n'

/** A search/replace block as an answer writes it, and as `readBlocks` tells it. */
export const change = ['<<<<<<< SEARCH', 'old', '=======', 'new', '>>>>>>> REPLACE']
export const changed = { search: ['old'], replace: ['new'], state: 'complete' }

type ReadBlock = { path: string; search?: string[]; replace: string[]; state?: string; elided?: true; problems?: string[] }

/** Blocks of an answer as a reader would write them down, `seen` being the text that is left between them. */
export function readBlocks(answer: string, reason: EndReason = 'complete') {
  const parser = createAnswerParser()
  const events = [...parser.push(answer), ...parser.end(reason)]
  const blocks: ReadBlock[] = []
  let seen = ''
  let from = 0
  for (const event of events) {
    const block = blocks.at(-1)
    if (event.type === 'blockStart') {
      blocks.push({ path: event.path, replace: [], ...(event.format === 'search_replace' ? { search: [] } : {}) })
      seen += answer.slice(from, event.at)
    } else if (event.type === 'searchLine') block?.search?.push(event.text)
    else if (event.type === 'replaceLine') block?.replace.push(event.text)
    else if (event.type === 'malformed' && block !== undefined) block.problems = [...(block.problems ?? []), event.code]
    else if (event.type === 'blockEnd' && block !== undefined) {
      block.state = event.state
      if (event.elided) block.elided = true
      from = event.at
    }
  }
  return { blocks, seen: seen + answer.slice(from), tolerances: parser.tolerances() }
}
