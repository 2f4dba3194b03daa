import { isOpenHunk, isProposal, type Hunk } from '#protocol/hunks.ts'
import type { FileNode } from '#protocol/sessions.ts'
import type { TurnInfo } from '#session/session-state.ts'

/** Where a hunk begins now: its line, 1-based, and the text of that line. */
export type HunkPlace = { line: number; text: string }

/** Tells where the hunks of one file begin; undefined while that is not known here. */
export type PlaceReader = (hunk: Hunk) => HunkPlace | undefined

/** A hunk that somebody still has to decide. */
export type OpenChange = { hunk: Hunk; place?: HunkPlace }

export type LineCount = { added: number; deleted: number }

export type FileChanges = {
  /** Null where the hunks name no file of the session. */
  fileId: string | null
  /** Path now. */
  path: string
  /** In the order of their lines. */
  changes: OpenChange[]
  lines: LineCount
}

export type TurnChanges = {
  turnId: string
  number: number
  prompt: string
  /** Id of the participant who asked. */
  askedBy: string
  running: boolean
  /** By path. */
  files: FileChanges[]
  lines: LineCount
  /** Number of open hunks. */
  open: number
}

type Known = {
  hunks: Iterable<Hunk>
  turns: readonly Pick<TurnInfo, 'turnId' | 'number' | 'prompt' | 'askedBy' | 'status'>[]
  files: readonly Pick<FileNode, 'fileId' | 'path'>[]
}

/** Everything that waits for a decision, by turn (the newest first) and file. */
export function groupChanges({ hunks, turns, files }: Known, placesIn: (fileId: string) => PlaceReader): TurnChanges[] {
  const byTurn = new Map<string, Map<string, Hunk[]>>()
  for (const hunk of hunks) {
    if (!isOpenHunk(hunk)) continue
    const byFile = entryOf(byTurn, hunk.turnId, () => new Map<string, Hunk[]>())
    entryOf(byFile, hunk.fileId ?? `path ${hunk.path}`, () => []).push(hunk)
  }
  const paths = new Map(files.map(({ fileId, path }) => [fileId, path]))
  const readers = new Map<string, PlaceReader>()
  const readerOf = (fileId: string) => entryOf(readers, fileId, () => placesIn(fileId))
  return turns
    .flatMap(({ turnId, number, prompt, askedBy, status }): TurnChanges[] => {
      const byFile = byTurn.get(turnId)
      if (byFile === undefined) return []
      const changed = [...byFile.values()].map((own) => fileChanges(own, paths, readerOf)).toSorted(byPath)
      return [
        {
          turnId,
          number,
          prompt,
          askedBy,
          running: status !== 'ended',
          files: changed,
          lines: sum(changed.map(({ lines }) => lines)),
          open: changed.reduce((count, { changes }) => count + changes.length, 0),
        },
      ]
    })
    .toSorted((one, other) => other.number - one.number)
}

/** How many hunks somebody still has to decide. */
export function openCount(hunks: Iterable<Hunk>): number {
  let count = 0
  for (const hunk of hunks) if (isOpenHunk(hunk)) count += 1
  return count
}

/** The hunks that a decision can be about: a proposal is not in the text, so it can only be dismissed. */
export function decidable(hunks: Iterable<Hunk>, decision: 'accept' | 'reject'): string[] {
  return [...hunks]
    .filter((hunk) => hunk.state === 'settled' || (decision === 'reject' && isProposal(hunk)))
    .map(({ hunkId }) => hunkId)
}

function fileChanges(
  hunks: readonly Hunk[],
  paths: ReadonlyMap<string, string>,
  readerOf: (fileId: string) => PlaceReader,
): FileChanges {
  const [first] = hunks
  const fileId = first?.fileId ?? null
  const path = (fileId === null ? undefined : paths.get(fileId)) ?? first?.path ?? ''
  const changes = hunks
    .map((hunk): OpenChange => {
      const place = hunk.fileId === null ? undefined : readerOf(hunk.fileId)(hunk)
      return place === undefined ? { hunk } : { hunk, place }
    })
    .toSorted((one, other) => lineOf(one) - lineOf(other))
  return { fileId, path, changes, lines: sum(hunks.filter((hunk) => !isProposal(hunk)).map(linesOf)) }
}

/** What is about the file as a whole comes first, what has no place last; equal ones stay in the order of their arrival. */
function lineOf({ hunk, place }: OpenChange): number {
  if (hunk.kind === 'rename' || hunk.kind === 'delete') return 0
  return place?.line ?? Number.MAX_SAFE_INTEGER
}

function linesOf({ kind, addedLines, deletedLines }: Hunk): LineCount {
  // A file that is to be deleted still has its lines.
  return kind === 'delete' ? { added: 0, deleted: 0 } : { added: addedLines, deleted: deletedLines }
}

function sum(counts: readonly LineCount[]): LineCount {
  return {
    added: counts.reduce((total, { added }) => total + added, 0),
    deleted: counts.reduce((total, { deleted }) => total + deleted, 0),
  }
}

function byPath(one: FileChanges, other: FileChanges): number {
  return one.path < other.path ? -1 : one.path > other.path ? 1 : 0
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
