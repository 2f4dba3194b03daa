import { parseArgs } from 'node:util'
import { measureMatch } from './match-time.ts'
import { measureParser } from './parser-speed.ts'
import { measureTurn } from './turn.ts'

/**
 * The edit engine: how fast answers are read, how fast lines are found, and what a fast turn over many files costs while people type
 * in them. `--parts parser,match,turn` measures some of it; what was not measured is `-` in the last line.
 */
const { values: options } = parseArgs({
  options: {
    parts: { type: 'string', default: 'parser,match,turn' },
    'answer-length': { type: 'string', default: '4000000' },
    lines: { type: 'string', default: '10000' },
    'tokens-per-second': { type: 'string', default: '3000' },
    seconds: { type: 'string', default: '10' },
    hunks: { type: 'string', default: '200' },
    files: { type: 'string', default: '20' },
    people: { type: 'string', default: '3' },
    chromium: { type: 'string', default: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium' },
  },
})
const parts = new Set(options.parts.split(','))
const print = (line: string) => void process.stdout.write(`${line}\n`)
const figure = (value: number | undefined, digits: number) => value?.toFixed(digits) ?? '-'

const speed = parts.has('parser') ? measureParser(Number(options['answer-length']), print) : undefined
const matchMs = parts.has('match') ? measureMatch(Number(options.lines), print) : undefined
const turn = parts.has('turn')
  ? await measureTurn(
      {
        tokensPerSecond: Number(options['tokens-per-second']),
        seconds: Number(options.seconds),
        hunks: Number(options.hunks),
        files: Number(options.files),
        people: Number(options.people),
        chromium: options.chromium,
      },
      print,
    )
  : undefined
print(
  `edits parser_mb_s=${figure(speed, 1)} match_ms=${figure(matchMs, 2)} p95_frame_ms=${figure(turn?.p95FrameMs, 1)} ` +
    `floor_ms=${figure(turn?.floorMs, 1)} human_lost=${figure(turn?.humanLost, 0)}`,
)
