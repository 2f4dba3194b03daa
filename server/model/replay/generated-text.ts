import { tokenTexts } from './tokens.ts'

/** `§` stands for the number of the round, so that no two rounds are alike. */
const prose = [
  'The stream carries one token after another, and the reader sees them as one text. Step § of this text adds a sentence. ',
  'Every frame shows whatever has arrived since the last one, so the page keeps its pace at any rate of tokens.\n\n',
  '## Part §\n\n',
  '* A short list item with `inline code`, number §\n* Another one, with **emphasis** and a little more to read\n\n',
  'Numbers such as § make each paragraph differ from the one before it, which keeps caches from hiding real work. ',
  'A paragraph may also hold characters that take several bytes: naïve, coöperate, 東京, 🚀.\n\n',
  '```ts\nconst total§ = values.reduce((sum, value) => sum + value, 0)\nconsole.log(total§)\n```\n\n',
]

const code = [
  'export type Reading§ = { at: number; value: number; unit: string }\n\n',
  'export function average§(readings: readonly Reading§[]): number {\n' +
    '  if (readings.length === 0) return 0\n' +
    '  const sum = readings.reduce((total, reading) => total + reading.value, 0)\n' +
    '  return sum / readings.length\n}\n\n',
  'export function latest§(readings: readonly Reading§[]): Reading§ | undefined {\n' +
    '  return readings.reduce<Reading§ | undefined>(\n' +
    '    (found, reading) => (found === undefined || reading.at > found.at ? reading : found),\n' +
    '    undefined,\n  )\n}\n\n',
  'export const label§ = (reading: Reading§): string => `${reading.value.toFixed(1)} ${reading.unit}`\n\n',
]

/** The texts of exactly `count` tokens of markdown: prose, lists and code, the same on every call. */
export function generatedProse(count: number): string[] {
  const tokens: string[] = []
  for (let round = 1; tokens.length < count; round += 1) for (const part of prose) tokens.push(...fill(part, round))
  return tokens.slice(0, count)
}

/**
 * The texts of `count` tokens that write generated TypeScript into the file `path`, as one whole-file block; never fewer
 * than an empty block takes.
 */
export function generatedFile(path: string, count: number): string[] {
  const open = tokenTexts(`${path}\n\`\`\`ts\n`)
  const close = tokenTexts('```\n')
  const tokens = [...open]
  const end = Math.max(count - close.length, open.length)
  for (let round = 1; tokens.length < end; round += 1) {
    for (const part of code) {
      const texts = fill(part, round)
      tokens.push(...(tokens.length + texts.length <= end ? texts : comment(end - tokens.length)))
    }
  }
  return [...tokens, ...close]
}

const pieces = new Map<string, string[][]>()

/** Tokens of prose, and of code, in one round of `generatedMixture`. */
const proseRound = 500
const codeRound = 1_000

/**
 * The texts of exactly `count` tokens that alternate between prose and search/replace blocks, each of which appends generated
 * TypeScript to the file `path`: what an answer looks like that explains while it writes.
 */
export function generatedMixture(path: string, count: number): string[] {
  const open = tokenTexts(`\n\n${path}\n\`\`\`ts\n<<<<<<< SEARCH\n=======\n`)
  const close = tokenTexts('>>>>>>> REPLACE\n```\n\n')
  const ending = tokenTexts('\n\nThis is the end of the answer.\n')
  const tokens: string[] = []
  for (let round = 1; ;) {
    // The last round is prose to its end: an answer that writes closes with words, and with some that stand nowhere else.
    const isLast = count - tokens.length < 2 * proseRound + codeRound
    const proseEnd = isLast ? count - ending.length : tokens.length + proseRound
    while (tokens.length < proseEnd) tokens.push(...plainProse(round, proseEnd - tokens.length))
    if (isLast) return [...tokens, ...ending].slice(0, count)
    const blockEnd = tokens.length + codeRound
    tokens.push(...open)
    for (; ; round += 1) {
      const parts = code.flatMap((part) => fill(part, round))
      const room = blockEnd - close.length - tokens.length
      if (parts.length > room) {
        tokens.push(...comment(room))
        break
      }
      tokens.push(...parts)
    }
    tokens.push(...close)
  }
}

function plainProse(round: number, most: number): string[] {
  return fill(`${prose[0]}${prose[1]}`, round).slice(0, most)
}

function fill(part: string, round: number): string[] {
  const known = pieces.get(part) ?? part.split('§').map(tokenTexts)
  pieces.set(part, known)
  const number = tokenTexts(String(round))
  return known.flatMap((texts, index) => (index === 0 ? texts : [...number, ...texts]))
}

/** A line comment of exactly `count` tokens, so that the file stays valid wherever it ends. */
function comment(count: number): string[] {
  if (count === 0) return []
  if (count === 1) return ['\n']
  const words = tokenTexts(' so that this file has the length that was asked for')
  return ['//', ...Array.from({ length: count - 2 }, (_, index) => words[index % words.length] ?? ''), '\n']
}
