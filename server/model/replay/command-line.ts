import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { longestGeneratedTokens } from './answers.ts'
import { faultDescriptions, parseFault } from './faults.ts'
import { defaultReplayOptions, type ReplayOptions } from './replay-options.ts'

export type CommandLine =
  | { kind: 'help'; text: string }
  | { kind: 'wrong'; problem: string }
  | { kind: 'serve'; host: string; port: number; recordingsDirectory: string; options: ReplayOptions }

const defaults = defaultReplayOptions

/** One row per number: its range, whether it must be whole, its default, and what it means. */
const numbers = {
  port: { min: 0, max: 65_535, whole: true, value: 4010, help: 'port; 0 takes a free one' },
  'tokens-per-second': { min: 0, max: 1_000_000, value: defaults.tokensPerSecond, help: '0 is as fast as the socket takes it' },
  'ttft-ms': { min: 0, max: 600_000, value: defaults.ttftMs, help: 'from the end of the queue to the first token' },
  'queue-ms': { min: 0, max: 600_000, value: defaults.queueMs, help: 'wait before the response headers' },
  jitter: { min: 0, max: 1, value: defaults.jitter, help: 'how long the bursts are in which tokens arrive' },
  seed: { min: 0, max: 2 ** 32 - 1, whole: true, value: defaults.seed, help: 'decides the jitter' },
  'tokens-per-event': { min: 1, max: 16, whole: true, value: defaults.tokensPerEvent, help: 'tokens in one event' },
  'events-per-write': {
    min: 0,
    max: 10_000,
    whole: true,
    value: defaults.eventsPerWrite,
    help: 'events in one write; 0 is all that are due',
  },
  rpm: { min: 1, max: 1e9, whole: true, value: defaults.requestsPerMinute, help: 'requests per minute' },
  rpd: { min: 1, max: 1e9, whole: true, value: defaults.requestsPerDay, help: 'requests per day' },
  'uncached-tpm': {
    min: 1,
    max: 1e12,
    whole: true,
    value: defaults.uncachedTokensPerMinute,
    help: 'uncached tokens per minute',
  },
  'total-tpm': { min: 1, max: 1e12, whole: true, value: defaults.totalTokensPerMinute, help: 'tokens per minute' },
} satisfies Record<string, { min: number; max: number; whole?: true; value: number; help: string }>

type NumberName = keyof typeof numbers
const numberNames = Object.keys(numbers) as NumberName[]

const texts = {
  host: { help: 'address to listen on (127.0.0.1)' },
  key: { help: 'the only API key that is accepted (default: any)' },
  fault: { help: 'NAME[:ARGUMENT], goes wrong in every request' },
  recordings: { help: 'folder of recordings (those that come with Flint)' },
}

/** Reads the arguments after `npm run replay --`. `problem` is one sentence that names what is wrong. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  let values: Record<string, string | boolean | undefined>
  try {
    const named = [...numberNames, ...Object.keys(texts)].map((name) => [name, { type: 'string' }] as const)
    values = parseArgs({
      args: [...args],
      options: { ...Object.fromEntries(named), help: { type: 'boolean', short: 'h' } },
    }).values
  } catch (error) {
    return wrong(error instanceof Error ? error.message : String(error))
  }
  if (values.help) return { kind: 'help', text: helpText() }

  for (const name of numberNames) {
    const text = values[name]
    if (text !== undefined && !isNumber(name, String(text))) {
      const { min, max, ...row } = numbers[name]
      return wrong(`--${name} must be a ${'whole' in row ? 'whole ' : ''}number from ${min} to ${max}, not "${String(text)}".`)
    }
  }
  const number = (name: NumberName) => Number(values[name] ?? numbers[name].value)
  const text = (name: keyof typeof texts) => values[name]?.toString()
  const fault = text('fault')
  const parsedFault = fault === undefined ? undefined : parseFault(fault)
  if (fault !== undefined && parsedFault === undefined)
    return wrong(`--fault ${fault} is not known; --help lists the faults and their arguments.`)
  return {
    kind: 'serve',
    host: text('host') ?? '127.0.0.1',
    port: number('port'),
    recordingsDirectory: text('recordings') ?? fileURLToPath(new URL('./recordings', import.meta.url)),
    options: {
      tokensPerSecond: number('tokens-per-second'),
      ttftMs: number('ttft-ms'),
      queueMs: number('queue-ms'),
      jitter: number('jitter'),
      seed: number('seed'),
      tokensPerEvent: number('tokens-per-event'),
      eventsPerWrite: number('events-per-write'),
      requestsPerMinute: number('rpm'),
      requestsPerDay: number('rpd'),
      uncachedTokensPerMinute: number('uncached-tpm'),
      totalTokensPerMinute: number('total-tpm'),
      key: text('key'),
      fault: parsedFault,
    },
  }
}

function isNumber(name: NumberName, text: string): boolean {
  const { min, max, ...row } = numbers[name]
  const value = Number(text)
  return /^\d+(\.\d+)?$/.test(text) && value >= min && value <= max && (!('whole' in row) || Number.isInteger(value))
}

function wrong(problem: string): CommandLine {
  return { kind: 'wrong', problem }
}

function helpText(): string {
  const rows = (entries: [string, string][]) => entries.map(([name, help]) => `  ${name.padEnd(22)} ${help}`).join('\n')
  return `Usage: npm run replay -- [options]

Serves Cerebras's inference API on HTTP and answers with recordings.

Options:
${rows([
  ...numberNames.map((name): [string, string] => [`--${name}`, `${numbers[name].help} (${numbers[name].value})`]),
  ...Object.entries(texts).map(([name, { help }]): [string, string] => [`--${name}`, help]),
])}

Request headers:
${rows([
  ['x-flint-sample', 'the sample whose recordings answer'],
  ['x-flint-selection', 'SHA-256 (hexadecimal) of the lines that an inline edit replaces'],
  ['x-flint-fault', 'NAME[:ARGUMENT], goes wrong in this request'],
])}

Prompts (as the last user message) that need no recording:
${rows([
  ['/stream N', `N tokens of prose and code, up to ${longestGeneratedTokens}, whatever cap the request names`],
  ['/edit-stream PATH N', 'the same, as TypeScript written into the file PATH'],
  ['/append-stream PATH N', 'the same, prose and blocks that append to the file PATH in turn'],
  ['/change-stream FILES CHANGES N', 'the same, as changes of that many generated files, src/part-01.ts and so on'],
  ['/fault NAME[:ARG]', 'a short text in which the fault happens'],
  ['/fault NAME[:ARG] TEXT', 'the answer to the prompt TEXT, with the fault in it'],
])}

Faults:
${rows(Object.entries(faultDescriptions))}
`
}
