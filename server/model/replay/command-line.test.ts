import { expect, test } from 'vitest'
import { parseCommandLine } from './command-line.ts'
import { faultNames } from './faults.ts'
import { defaultReplayOptions } from './replay-options.ts'

test('without arguments it serves the recordings of Flint on 127.0.0.1:4010', () => {
  expect(parseCommandLine([])).toEqual({
    kind: 'serve',
    host: '127.0.0.1',
    port: 4010,
    recordingsDirectory: expect.stringMatching(/server\/model\/replay\/recordings$/),
    options: defaultReplayOptions,
  })
})

test('every option is read', () => {
  const line =
    '--port 0 --host ::1 --tokens-per-second 1000 --ttft-ms 20.5 --queue-ms 5 --jitter 0.5 --seed 7 --tokens-per-event 4 ' +
    '--events-per-write 2 --key csk-1 --fault stall --rpm 5 --rpd 6 --uncached-tpm 7 --total-tpm 8 --recordings /tmp/r'
  expect(parseCommandLine(line.split(' '))).toEqual({
    kind: 'serve',
    host: '::1',
    port: 0,
    recordingsDirectory: '/tmp/r',
    options: {
      tokensPerSecond: 1000,
      ttftMs: 20.5,
      queueMs: 5,
      jitter: 0.5,
      seed: 7,
      tokensPerEvent: 4,
      eventsPerWrite: 2,
      key: 'csk-1',
      fault: { name: 'stall' },
      requestsPerMinute: 5,
      requestsPerDay: 6,
      uncachedTokensPerMinute: 7,
      totalTokensPerMinute: 8,
    },
  })
})

test.each([
  ['--port 70000', '--port must be a whole number from 0 to 65535, not "70000".'],
  ['--port x', '--port must be a whole number from 0 to 65535, not "x".'],
  ['--jitter 2', '--jitter must be a number from 0 to 1, not "2".'],
  ['--tokens-per-event 17', '--tokens-per-event must be a whole number from 1 to 16, not "17".'],
  ['--ttft-ms=-1', '--ttft-ms must be a number from 0 to 600000, not "-1".'],
  ['--tokens-per-second 1e3', '--tokens-per-second must be a number from 0 to 1000000, not "1e3".'],
  ['--fault nonsense', '--fault nonsense is not known; --help lists the faults and their arguments.'],
  ['--fault reset:3', '--fault reset:3 is not known; --help lists the faults and their arguments.'],
  ['--speed 3', "Unknown option '--speed'"],
])('%s is refused: %s', (line, problem) => {
  expect(parseCommandLine(line.split(' '))).toEqual({ kind: 'wrong', problem })
})

test('help names every fault', () => {
  const help = parseCommandLine(['--help'])
  for (const name of faultNames) expect(help).toMatchObject({ kind: 'help', text: expect.stringContaining(`  ${name} `) })
})
