import path from 'node:path'
import { isFailed, messageOf, type AppliedHunk } from '#edits/applied-hunk.ts'
import { AnswerApplication } from '#edits/apply-answer.ts'
import type { EditFormat } from '#edits/parser-events.ts'
import { nameOfFormat, readCommandLine, usage, type CommandLine } from './command-line.ts'
import { Folder } from './folder.ts'
import { writeChanges } from './write-changes.ts'

/** Longest that is spent on one place that the old text only resembles. */
const longestSearchMs = 2_000
/** Well above the longest answer that the parser takes. */
const mostAnswerBytes = 64_000_000

type Surroundings = {
  args: readonly string[]
  /** A relative `--dir` counts from there. */
  workingFolder: string
  stdin: AsyncIterable<Uint8Array>
  stdout: { write(text: string): unknown }
  stderr: { write(text: string): unknown }
}

/** The command as the README describes it. Resolves to its exit code. */
export async function apply({ args, workingFolder, stdin, stdout, stderr }: Surroundings): Promise<0 | 1 | 2> {
  const commandLine = readCommandLine(args)
  if (typeof commandLine === 'string') {
    stderr.write(`apply: ${commandLine}\n${usage}\n`)
    return 1
  }
  try {
    const folder = new Folder(path.resolve(workingFolder, commandLine.dir))
    const { formats, hunks } = applyTo(folder, await readAnswer(stdin), commandLine)
    const failed = hunks.filter(isFailed).length
    stdout.write(`${JSON.stringify({ format: formatOf(formats), applied: hunks.length - failed, failed, hunks })}\n`)
    return failed === 0 ? 0 : 2
  } catch (error) {
    stderr.write(`apply: ${error instanceof Error ? error.message : String(error)}\n`)
    return 1
  }
}

async function readAnswer(stdin: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  let length = 0
  for await (const chunk of stdin) {
    length += chunk.length
    if (length > mostAnswerBytes) throw new Error(`the answer is longer than ${mostAnswerBytes} bytes`)
    chunks.push(chunk)
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))
  } catch {
    throw new Error('the answer is not UTF-8')
  }
}

function applyTo(folder: Folder, answer: string, { formats, chunk, strict, dryRun }: CommandLine) {
  const application = new AnswerApplication({
    read: (relative) => folder.read(relative),
    formats,
    strict,
    newDeadline() {
      const until = performance.now() + longestSearchMs
      return () => performance.now() > until
    },
  })
  const step = chunk === 0 ? Math.max(answer.length, 1) : chunk
  for (let from = 0; from < answer.length; from += step) application.push(answer.slice(from, from + step))
  const applied = application.end('complete')
  return { formats: applied.formats, hunks: dryRun ? applied.hunks : written(folder, applied) }
}

/** The hunks, once those that could be written are. */
function written(folder: Folder, applied: ReturnType<AnswerApplication['end']>): AppliedHunk[] {
  const changes = [...applied.writes, ...applied.deletions]
  const failures = new Map<number, AppliedHunk>()
  for (const { path: failed, code } of writeChanges(folder, applied)) {
    for (const index of changes.find((change) => change.path === failed)?.hunks ?? []) {
      const hunk = applied.hunks[index]
      const state = code === 'changed_meanwhile' ? 'unmatched' : 'refused'
      if (hunk !== undefined) failures.set(index, { ...hunk, state, rung: null, code, message: messageOf(code) })
    }
  }
  return applied.hunks.map((hunk, index) => failures.get(index) ?? hunk)
}

function formatOf(formats: readonly EditFormat[]): string {
  const [first, second] = formats
  if (first === undefined) return 'none'
  return second === undefined ? nameOfFormat[first] : 'mixed'
}
