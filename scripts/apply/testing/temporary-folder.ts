import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'
import type { AppliedHunk } from '#edits/applied-hunk.ts'
import { apply } from '../apply.ts'

/** A folder with these files, removed when the test has ended. */
export function temporaryFolder(files: Record<string, string | Uint8Array> = {}): string {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'flint-apply-')))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
    writeFileSync(path.join(folder, name), content)
  }
  return folder
}

/** Every file below a folder by its path; links are named, not followed. */
export function filesIn(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => !entry.isDirectory())
  return Object.fromEntries(
    files.map((entry) => {
      const absolute = path.join(entry.parentPath, entry.name)
      const content = entry.isSymbolicLink() ? '(link)' : readFileSync(absolute, 'utf8')
      return [path.relative(folder, absolute), content]
    }),
  )
}

type Output = { format: string; applied: number; failed: number; hunks: AppliedHunk[] }

/** Runs the command in this process. */
export async function run(folder: string, answer: string | Uint8Array, ...args: string[]) {
  let stdout = ''
  let stderr = ''
  const code = await apply({
    args: ['--dir', folder, ...args],
    workingFolder: '/',
    stdin: input(answer),
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
  })
  return { code, stderr, output: stdout === '' ? undefined : (JSON.parse(stdout) as Output) }
}

async function* input(answer: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(answer))
}

/** What became of the hunks, one line each. */
export function told({ output }: Awaited<ReturnType<typeof run>>): string[] | undefined {
  return output?.hunks.map(({ op, path: named, state, rung, code }) => [op, named, state, rung ?? code].join(' ').trim())
}

export function block(file: string, search: string, replace: string): string {
  return `${file}\n\`\`\`\n<<<<<<< SEARCH\n${search}=======\n${replace}>>>>>>> REPLACE\n\`\`\`\n\n`
}

export function patch(...lines: string[]): string {
  return ['*** Begin Patch', ...lines, '*** End Patch', ''].join('\n')
}
