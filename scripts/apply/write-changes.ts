import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import type { ApplyCode } from '#edits/applied-hunk.ts'
import type { FileDeletion, FileWrite } from '#edits/staged-tree.ts'
import { segmentsOf, statsOf, type Folder, type Place } from './folder.ts'
import { encodeText } from './text-file.ts'

type Failure = { path: string; code: ApplyCode }
type Prepared = { write: FileWrite; absolute: string; temporary: string }

/**
 * Brings the changes into the folder: each file is written beside its place and moved there in one step, once all of them are written.
 * What changed since it was read is left alone. Returns what could not be done, by path; a moved file that could not be written stays
 * where it was.
 */
export function writeChanges(
  folder: Folder,
  { writes, deletions }: { writes: readonly FileWrite[]; deletions: readonly FileDeletion[] },
): Failure[] {
  const failures: Failure[] = []
  const prepared: Prepared[] = []
  for (const write of writes) {
    const code = changedSince(folder, write.source === undefined ? [write.path] : [write.path, write.source])
    const ready = code ?? attempt(() => prepare(folder, write))
    if (typeof ready === 'string') failures.push({ path: write.path, code: ready })
    else prepared.push(ready)
  }
  for (const { write, absolute, temporary } of prepared) {
    const code = changedSince(folder, [write.path]) ?? attempt(() => renameSync(temporary, absolute))
    if (typeof code !== 'string') continue
    failures.push({ path: write.path, code })
    attempt(() => unlinkSync(temporary))
  }
  const kept = new Set(failures.map(({ path: failed }) => writes.find((write) => write.path === failed)?.source))
  for (const { path: deleted } of deletions) {
    if (kept.has(deleted)) continue
    const code = changedSince(folder, [deleted]) ?? attempt(() => deleteFile(folder, deleted, prepared))
    if (typeof code === 'string') failures.push({ path: deleted, code })
  }
  return failures
}

function changedSince(folder: Folder, paths: readonly string[]): ApplyCode | undefined {
  return paths.every((one) => isSame(folder.firstPlace(one), folder.place(one))) ? undefined : 'changed_meanwhile'
}

function isSame(before: Place, now: Place): boolean {
  if (before.kind !== now.kind) return false
  return before.kind !== 'file' || now.kind !== 'file' || before.file.bytes.equals(now.file.bytes)
}

function absoluteOf(folder: Folder, relative: string): string {
  return path.join(folder.root, ...segmentsOf(relative))
}

function prepare(folder: Folder, write: FileWrite): Prepared | ApplyCode {
  const absolute = absoluteOf(folder, write.path)
  const parent = path.dirname(absolute)
  if (!makeFolders(folder.root, segmentsOf(write.path).slice(0, -1)) || realpathSync(parent) !== parent)
    return 'changed_meanwhile'
  const place = write.source === undefined ? undefined : folder.firstPlace(write.source)
  const source = place?.kind === 'file' ? place.file : undefined
  const temporary = path.join(parent, `.flint-${randomBytes(8).toString('hex')}`)
  const descriptor = openSync(temporary, 'wx', source === undefined ? 0o666 : source.mode & 0o7777)
  try {
    writeFileSync(descriptor, encodeText(write.text, write.origins, source?.text))
    if (source !== undefined) {
      // Only root may give a file away; where that is refused it is the writer's own, as with any editor.
      attempt(() => fchownSync(descriptor, source.uid, source.gid))
      fchmodSync(descriptor, source.mode & 0o7777)
    }
    fsyncSync(descriptor)
  } catch (error) {
    unlinkSync(temporary)
    throw error
  } finally {
    closeSync(descriptor)
  }
  return { write, absolute, temporary }
}

/** Where upper and lower case name the same file, what is left of the old name is its spelling. */
function deleteFile(folder: Folder, relative: string, written: readonly Prepared[]): void {
  const absolute = absoluteOf(folder, relative)
  const { ino, dev } = lstatSync(absolute)
  const same = written.find((other) => {
    const stats = statsOf(other.absolute)
    return stats?.ino === ino && stats.dev === dev
  })
  if (same === undefined) unlinkSync(absolute)
  else renameSync(absolute, same.absolute)
}

/** Makes missing folders one by one; false where one of them is none. */
function makeFolders(root: string, segments: readonly string[]): boolean {
  let absolute = root
  for (const segment of segments) {
    absolute = path.join(absolute, segment)
    if (statsOf(absolute) === undefined) mkdirSync(absolute)
    if (statsOf(absolute)?.isDirectory() !== true) return false
  }
  return true
}

function attempt<T>(work: () => T): T | 'failed_to_write' {
  try {
    return work()
  } catch {
    return 'failed_to_write'
  }
}
