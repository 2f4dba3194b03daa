import { createAnswerParser } from '#edits/answer-parser.ts'
import type { EditFormat } from '#edits/parser-events.ts'
import { percentile } from '../percentiles.ts'
import { answerIn } from './answers.ts'

const formats: EditFormat[] = ['search_replace', 'patch', 'whole_file']
const chunkLength = 60
const rounds = 7

/**
 * How fast answers are read, in millions of UTF-16 units per second, fed in chunks as they arrive; beside it, splitting the same text
 * into lines at once and looking at each. Returns the slowest format's speed.
 */
export function measureParser(length: number, print: (line: string) => void): number {
  const speeds = formats.map((format) => {
    const answer = answerIn(format, length)
    const chunks = answer.match(new RegExp(`[\\s\\S]{1,${chunkLength}}`, 'g')) ?? []
    let blocks = 0
    let lines = 0
    const times = { parser: [] as number[], split: [] as number[] }
    for (let round = 0; round <= rounds; round += 1) {
      const parsing = timed(() => (blocks = parse(chunks)))
      const splitting = timed(() => (lines = splitLines(answer)))
      if (round === 0) continue // warm
      times.parser.push(parsing)
      times.split.push(splitting)
    }
    const [parser, split] = [times.parser, times.split].map((each) => answer.length / 1_000 / percentile(each, 0.5))
    print(
      `parser, ${format}: ${parser?.toFixed(1)} MB/s in chunks of ${chunkLength} (${blocks} blocks, ${lines} lines); ` +
        `splitting into lines: ${split?.toFixed(1)} MB/s, ratio ${((split ?? 0) / (parser ?? 1)).toFixed(2)}`,
    )
    return parser ?? Number.NaN
  })
  return Math.min(...speeds)
}

function parse(chunks: readonly string[]): number {
  const parser = createAnswerParser()
  let blocks = 0
  const count = (events: ReturnType<typeof parser.push>) => {
    for (const event of events) if (event.type === 'blockEnd') blocks += 1
  }
  for (const chunk of chunks) count(parser.push(chunk))
  count(parser.end('complete'))
  return blocks
}

function splitLines(answer: string): number {
  let lines = 0
  for (const line of answer.split('\n')) if (line.length >= 0) lines += 1
  return lines
}

function timed(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}
