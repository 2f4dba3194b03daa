import { tokenTexts } from './tokens.ts'

export type GeneratedFile = { path: string; text: string }

/** Every so many changes one inserts lines until its share of the tokens is used up; the others change one line. */
const changesPerInsertion = 5

/** The files that `generatedEdits` changes, with the same counts: `files` modules of as many sections as changes fall on them. */
export function generatedSources(files: number, changes: number): GeneratedFile[] {
  return Array.from({ length: files }, (_, file) => ({
    path: pathOf(file),
    text: Array.from({ length: Math.ceil((changes - file) / files) }, (_unused, section) => sectionOf(file, section)).join(''),
  }))
}

/**
 * The texts of exactly `tokens` tokens: a sentence and a search/replace block for each of `changes` changes, file after file in turn.
 * An answer too short for them ends in the middle.
 */
export function generatedEdits(files: number, changes: number, tokens: number): string[] {
  const texts: string[] = []
  const ending = tokenTexts('\nThis is the end of all changes.\n')
  for (let change = 0; change < changes; change += 1) {
    const file = change % files
    const section = Math.floor(change / files)
    const isInsertion = change % changesPerInsertion === changesPerInsertion - 1 || change === changes - 1
    const [head, tail] = blockOf(file, section)
    texts.push(...tokenTexts(`Change ${change + 1} counts the readings that are out of range.\n\n`), ...tokenTexts(head))
    const close = tokenTexts(tail)
    if (isInsertion) {
      const due = Math.floor(((tokens - ending.length) * (change + 1)) / changes)
      texts.push(...insertedLines(due - texts.length - close.length, `${file}_${section}`))
    }
    texts.push(...close)
  }
  return [...texts, ...ending].slice(0, tokens)
}

function pathOf(file: number): string {
  return `src/part-${String(file + 1).padStart(2, '0')}.ts`
}

function oldLines(file: number, section: number): string {
  const name = `${file}_${section}`
  return `export function outOfRange${name}(readings: readonly Reading${name}[], limit: number): number {\n  return readings.filter((reading) => reading.value > limit).length\n`
}

function sectionOf(file: number, section: number): string {
  const name = `${file}_${section}`
  return (
    `/** Readings of sensor ${section} in hall ${file}. */\n` +
    `export type Reading${name} = { at: number; value: number; unit: string }\n\n` +
    `export function average${name}(readings: readonly Reading${name}[]): number {\n` +
    `  if (readings.length === 0) return 0\n` +
    `  return readings.reduce((total, reading) => total + reading.value, 0) / readings.length\n` +
    `}\n\n${oldLines(file, section)}}\n\n`
  )
}

/** What comes before and after the lines that an insertion adds. */
function blockOf(file: number, section: number): [head: string, tail: string] {
  // Both lines change, so that what somebody writes between them has to be merged.
  const changed = oldLines(file, section)
    .replace('reading.value > limit', 'Math.abs(reading.value) > limit')
    .replaceAll('limit', 'bound')
  const head = `${pathOf(file)}\n\`\`\`ts\n<<<<<<< SEARCH\n${oldLines(file, section)}=======\n${changed}`
  return [head, '>>>>>>> REPLACE\n```\n\n']
}

/** Exactly `count` tokens of whole lines, or none. */
function insertedLines(count: number, name: string): string[] {
  const texts: string[] = []
  for (let line = 1; ; line += 1) {
    const next = tokenTexts(`  // Sensor ${name}, note ${line}: a reading may lie below the limit as well as above it.\n`)
    if (texts.length + next.length > count - 2) break
    texts.push(...next)
  }
  const rest = Math.max(0, count - texts.length)
  return rest < 2 ? texts : [...texts, '//', ...Array.from({ length: rest - 2 }, () => ' -'), '\n']
}
