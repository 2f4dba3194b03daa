import type { AnswerParser } from './answer-parser.ts'
import { isElision } from './elision.ts'
import { closesFence, opensInside, readOpeningFence, type Fence } from './fences.ts'
import { createLineReader, type AnswerLine } from './line-reader.ts'
import { readMarker } from './markers.ts'
import type { MalformedCode, ParserEvent } from './parser-events.ts'

/** The lines that the answer replaces: whole lines of the text that the model saw. */
export type SelectedLines = { path: string; lines: readonly string[]; place: { start: number; end: number } }

const defaultLimits = { lineLength: 1_000_000, answerLength: 4_000_000 }

/**
 * Reads the answer to an inline edit while it streams: the first fenced block is the new text of the selected lines, told as one
 * search/replace block whose place is known. Everything around it is chat, later fences too. The events depend on the text only,
 * however it was cut into chunks.
 */
export function createInlineParser(selected: SelectedLines, limits = defaultLimits): Pick<AnswerParser, 'push' | 'end'> {
  const events: ParserEvent[] = []
  const lines = createLineReader(limits.lineLength)
  const known = new Set(selected.lines)
  const isMarkdown = /\.(?:md|mdx|markdown)$/i.test(selected.path)
  let fence: Fence | undefined
  let nested = 0
  let elided = false
  let state: 'before' | 'inside' | 'after' | 'ended' = 'before'
  let received = 0

  function malformed(code: MalformedCode, line: AnswerLine): void {
    const excerpt = line.text.slice(0, 120)
    events.push({ type: 'malformed', block: 1, code, line: line.number, excerpt, at: line.start })
  }

  function finish(end: 'complete' | 'aborted', at: number): void {
    events.push({ type: 'blockEnd', block: 1, at, state: end, elided })
    state = 'after'
  }

  function open(opened: Fence, line: AnswerLine): void {
    const { path, place } = selected
    fence = opened
    state = 'inside'
    events.push({ type: 'blockStart', block: 1, at: line.start, path, format: 'search_replace', place })
    for (const text of selected.lines) events.push({ type: 'searchLine', block: 1, text })
    events.push({ type: 'searchEnd', block: 1 })
    if (/^(?:diff|patch)\b/i.test(opened.info) && !/\.(?:diff|patch)$/i.test(path)) malformed('diff_in_fence', line)
  }

  function inside(line: AnswerLine, within: Fence): void {
    if (closesFence(line.text, within)) {
      if (nested === 0) return finish('complete', line.end)
      nested -= 1
    } else if (isMarkdown && opensInside(line.text, within)) {
      nested += 1
    }
    // What stood there before may stay, whatever it looks like.
    if (!known.has(line.text)) {
      const marker = readMarker(line.text)?.kind
      if (marker === 'search' || marker === 'replace') malformed('diff_in_fence', line)
      if (isElision(line.text, selected.path)) elided = true
    }
    events.push({ type: 'replaceLine', block: 1, text: line.text })
  }

  function onLine(line: AnswerLine): void {
    if (state === 'inside' && fence !== undefined) return inside(line, fence)
    if (state !== 'before') return
    const opened = readOpeningFence(line.text)
    if (opened !== undefined) open(opened, line)
  }

  function abort(code: MalformedCode, line: AnswerLine): void {
    if (state !== 'inside') return
    malformed(code, line)
    finish('aborted', line.start)
  }

  const nowhere = (): AnswerLine => ({
    text: '',
    start: received,
    end: received,
    number: lines.number(),
    carriageReturn: false,
  })

  return {
    push(chunk) {
      if (state === 'ended') throw new Error('the answer has ended')
      const room = limits.answerLength - received
      const taken = chunk.length > room ? chunk.slice(0, room) : chunk
      lines.push(taken, onLine, (line) => abort('line_too_long', line))
      received += taken.length
      if (chunk.length > room) {
        abort('answer_too_long', nowhere())
        state = 'after'
      }
      return events.splice(0)
    },
    end(reason) {
      if (state === 'ended') throw new Error('the answer has ended')
      const rest = lines.rest()
      if (reason === 'complete' && rest !== undefined) onLine(rest)
      if (state === 'inside') {
        if (reason === 'complete') malformed('missing_fence', nowhere())
        finish('aborted', received)
      }
      state = 'ended'
      return events.splice(0)
    },
  }
}
