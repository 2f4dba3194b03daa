import type { EndReason } from '#protocol/turns.ts'
import { createAnswerParser } from './answer-parser.ts'
import type { ParserEvent, PatchPart } from './parser-events.ts'

export const lines = (...all: string[]) => all.join('\n') + '\n'

/** A search/replace block as an answer writes it, and as `readBlocks` tells it. */
export const change = ['<<<<<<< SEARCH', 'old', '=======', 'new', '>>>>>>> REPLACE']
export const changed = { search: ['old'], replace: ['new'], state: 'complete' }

type ReadBlock = {
  path: string
  search?: string[]
  replace?: string[]
  state?: string
  elided?: true
  problems?: string[]
} & Partial<ReadPatch>

/** Of a patch: what the block is about, and its lines with their prefixes. */
type ReadPatch = { section: number; operation: string; anchors?: string[]; newPath?: string; lines: string[]; endOfFile?: true }

function startedBlock(event: Extract<ParserEvent, { type: 'blockStart' }>): ReadBlock {
  if (event.patch === undefined)
    return { path: event.path, replace: [], ...(event.format === 'search_replace' ? { search: [] } : {}) }
  const { section, operation, anchors, newPath } = event.patch
  return {
    path: event.path,
    section,
    operation,
    lines: [],
    ...(anchors.length > 0 && { anchors: [...anchors] }),
    ...(newPath !== undefined && { newPath }),
  }
}

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
      blocks.push(startedBlock(event))
      seen += answer.slice(from, event.at)
    } else if (event.type === 'searchLine') {
      block?.search?.push(event.text)
      block?.lines?.push((event.context ? ' ' : '-') + event.text)
    } else if (event.type === 'replaceLine') {
      block?.replace?.push(event.text)
      if (!event.context) block?.lines?.push(`+${event.text}`)
    } else if (event.type === 'malformed' && block !== undefined) {
      block.problems = [...(block.problems ?? []), event.code]
    } else if (event.type === 'blockEnd' && block !== undefined) {
      block.state = event.state
      if (event.elided) block.elided = true
      if (event.endOfFile) block.endOfFile = true
      from = event.at
    }
  }
  return { blocks, seen: seen + answer.slice(from), tolerances: parser.tolerances() }
}

/** A patch as an answer writes it. */
export const patch = (...all: string[]) => ['*** Begin Patch', ...all, '*** End Patch']

/** Everything that the parser says about an answer that came in these chunks. */
export function parse(chunks: readonly string[], reason: EndReason, limits?: { lineLength: number; answerLength: number }) {
  const parser = createAnswerParser(limits)
  const events = chunks.flatMap((chunk) => parser.push(chunk))
  return { events: [...events, ...parser.end(reason)], tolerances: parser.tolerances() }
}

/** Complete blocks as the caller would apply them. */
export function completeBlocks(events: ParserEvent[]): Map<number, unknown> {
  const all = new Map<number, { path: string; format: string; patch?: PatchPart; lines: string[] }>()
  const complete = new Map<number, unknown>()
  for (const event of events) {
    if (event.type === 'blockStart') {
      const { path, format, patch } = event
      all.set(event.block, { path, format, ...(patch && { patch }), lines: [] })
    } else if (event.type === 'searchLine' || event.type === 'replaceLine') {
      all.get(event.block)?.lines.push(`${event.type}${event.context ? ' context' : ''} ${event.text}`)
    } else if (event.type === 'blockEnd' && event.state === 'complete') {
      complete.set(event.block, { ...all.get(event.block), elided: event.elided, ...(event.endOfFile && { endOfFile: true }) })
    }
  }
  return complete
}
