import { match } from '#edits/match.ts'
import { similarPlace } from '#edits/similar-place.ts'
import { createTextIndex, lineRungs, type LineRung } from '#edits/text-index.ts'
import { generatedSources } from '#model/replay/generated-edits.ts'
import { createSeededRandom } from '#model/replay/seeded-random.ts'
import { percentile } from '../percentiles.ts'

const rounds = 60
const searchedLines = 8

/** What a model makes of lines that it quotes less and less faithfully; each is found on its rung and not before. */
const quoted: Record<LineRung, (line: string) => string> = {
  exact: (line) => line,
  trailing_space: (line) => `${line}  `,
  indent: (line) => (line === '' ? '' : `  ${line}`),
  unicode: (line) => line.replaceAll(' ', '\u00A0'),
}

/**
 * How long it takes (ms) to find a block's lines once in a file of that many lines that nothing is known of yet, median of many; and
 * in one whose index the turn holds already. Returns the slowest rung's first time.
 */
export function measureMatch(lineCount: number, print: (line: string) => void): number {
  const text = fileOf(lineCount)
  const lines = text.split('\n')
  const times = lineRungs.map((rung) => {
    const first: number[] = []
    const again: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const at = Math.floor(((round + 0.5) / rounds) * (lines.length - 2 * searchedLines))
      const old = lines.slice(at, at + searchedLines).map(quoted[rung])
      const start = performance.now()
      const index = createTextIndex(text)
      const found = match(index, old, [...old, 'added'])
      first.push(performance.now() - start)
      const next = performance.now()
      match(index, old, [...old, 'added'])
      again.push(performance.now() - next)
      if (found.kind !== 'one' || found.rung !== rung || found.start !== index.starts[at])
        throw new Error(`${rung}: the lines at ${at} were not found there`)
    }
    const [median, slow] = [0.5, 0.95].map((share) => percentile(first, share).toFixed(2))
    const known = percentile(again, 0.5).toFixed(3)
    print(`match, ${rung}: p50 ${median} ms, p95 ${slow} ms with the index of ${lineCount} lines; ${known} ms once it is there`)
    return percentile(first, 0.5)
  })
  measureSimilar(lineCount, print)
  return Math.max(...times)
}

/** The last resort, which runs in a worker with a deadline of its own: lines that are found by their likeness only. */
function measureSimilar(lineCount: number, print: (line: string) => void) {
  const random = createSeededRandom(1)
  const lines = Array.from({ length: lineCount }, () => variedLine(random))
  const text = `${lines.join('\n')}\n`
  const { starts } = createTextIndex(text)
  const times: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    const at = Math.floor(((round + 0.5) / rounds) * (lineCount - searchedLines))
    const old = lines.slice(at, at + searchedLines).map((line) => line.replace('=', '=='))
    const start = performance.now()
    const found = similarPlace(text, old, [...old, 'added'], () => false)
    times.push(performance.now() - start)
    if (found?.start !== starts[at]) throw new Error(`fuzzy: the lines at ${at} were not found there`)
  }
  const [median, slow] = [0.5, 0.95].map((share) => percentile(times, share).toFixed(1))
  print(
    `match, fuzzy: p50 ${median} ms, p95 ${slow} ms with the index of ${lineCount} lines, in a worker where it holds up nobody`,
  )
}

/** A statement of made-up names: where all lines look alike, none is found by its likeness. */
function variedLine(random: () => number): string {
  const name = () => random().toString(36).slice(2, 8)
  return `  const ${name()} = ${name()}.${name()}(${name()}, ${name()})`
}

function fileOf(lineCount: number): string {
  const [file] = generatedSources(1, lineCount) // several lines each
  return `${file?.text.split('\n').slice(0, lineCount).join('\n')}\n`
}
