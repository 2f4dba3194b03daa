import { parseArgs } from 'node:util'
import type { EditFormat } from '#edits/parser-events.ts'

export const usage =
  'usage: npm run --silent apply -- --dir DIR [--format auto|blocks|patch|whole] [--chunk N] [--dry-run] [--strict] < answer.txt'

/** `chunk`: the parser is fed that many UTF-16 units at a time; 0 is all at once. */
export type CommandLine = { dir: string; formats: EditFormat[]; chunk: number; dryRun: boolean; strict: boolean }

const formatsByName: Record<string, EditFormat[]> = {
  auto: ['search_replace', 'patch', 'whole_file'],
  blocks: ['search_replace'],
  patch: ['patch'],
  whole: ['whole_file'],
}

export const nameOfFormat: Record<EditFormat, string> = { search_replace: 'blocks', patch: 'patch', whole_file: 'whole' }

/** The command line, or in one sentence what is wrong with it. */
export function readCommandLine(args: readonly string[]): CommandLine | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        dir: { type: 'string' },
        format: { type: 'string', default: 'auto' },
        chunk: { type: 'string', default: '0' },
        'dry-run': { type: 'boolean', default: false },
        strict: { type: 'boolean', default: false },
      },
    })
    const formats = Object.hasOwn(formatsByName, values.format) ? formatsByName[values.format] : undefined
    if (values.dir === undefined || values.dir === '') return '--dir is missing'
    if (formats === undefined) return `--format is one of ${Object.keys(formatsByName).join(', ')}, not ${values.format}`
    if (!/^\d{1,9}$/.test(values.chunk)) return `--chunk is a number of UTF-16 units, not ${values.chunk}`
    const { dir, chunk, 'dry-run': dryRun, strict } = values
    return { dir, formats, chunk: Number(chunk), dryRun, strict }
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
