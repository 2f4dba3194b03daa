import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

/** Root of the checkout: every step runs here, wherever the command was typed. */
export const root = fileURLToPath(new URL('..', import.meta.url))

let told = process.stdout

/** Progress goes there from now on: a command whose output is read by programs keeps stdout for it. */
export function sayTo(stream) {
  told = stream
}

export function say(sentence) {
  told.write(`flint: ${sentence}\n`)
}

/** Ends the command with one sentence instead of a stack trace. */
export function stop(sentence) {
  process.stderr.write(`flint: ${sentence}\n`)
  process.exit(1)
}

/** Runs a program from the checkout's root; resolves with its exit code. `quiet` keeps its output unless it fails. */
export function run(command, args, { quiet = false, env = process.env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env,
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    })
    const output = []
    child.stdout?.on('data', (chunk) => output.push(chunk))
    child.stderr?.on('data', (chunk) => output.push(chunk))
    child.on('error', (error) => {
      process.stderr.write(`${error.message}\n`)
      resolve(127)
    })
    child.on('close', (code) => {
      if (quiet && code !== 0) process.stderr.write(Buffer.concat(output))
      resolve(code ?? 1)
    })
  })
}

/** A program that a dependency installs, run with this Node (no shell, no `.cmd` differences). */
export function runBin(entry, args, options) {
  return run(process.execPath, [path.join('node_modules', entry), ...args], options)
}

/** SHA-256 over the names and bytes of files and folders below the root, so that a stamp tells whether they changed. */
export async function fingerprint(entries, { salt = '', without = [] } = {}) {
  const hash = createHash('sha256').update(salt)
  const skipped = without.map((entry) => path.join(root, entry) + path.sep)
  for (const entry of entries) {
    for (const file of await filesBelow(path.join(root, entry))) {
      if (skipped.some((folder) => file.startsWith(folder))) continue
      hash
        .update(path.relative(root, file))
        .update('\0')
        .update(await readFile(file))
        .update('\0')
    }
  }
  return hash.digest('hex')
}

async function filesBelow(place) {
  if (!existsSync(place)) return []
  const entries = await readdir(place, { withFileTypes: true }).catch(() => undefined)
  if (entries === undefined) return [place]
  const nested = await Promise.all(
    entries
      .toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map((entry) => (entry.isDirectory() ? filesBelow(path.join(place, entry.name)) : [path.join(place, entry.name)])),
  )
  return nested.flat()
}

/** Whether `work` was already done for this fingerprint; the stamp lies in a folder that goes with the result. */
export function isDone(stamp, print) {
  const file = path.join(root, stamp)
  return existsSync(file) && readFileSync(file, 'utf8') === print
}

export async function markDone(stamp, print) {
  const file = path.join(root, stamp)
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(file, print)
}
