import { isOpenHunk, isProposal, type Hunk } from '#protocol/hunks.ts'
import type { Turn } from '#protocol/turns.ts'

/** What awaits a decision in a file. Lines count what is in the text; proposals are not. */
export type FileMark = {
  added: number
  deleted: number
  open: number
  writing: boolean
  /** What happens to the file itself once somebody accepts it. */
  pending?: { kind: 'delete' } | { kind: 'rename'; newPath: string }
}

export type FileMarks = ReadonlyMap<string, FileMark>

/** Marks by file id, only for files that have one. `writing`: a running turn has touched the file. */
export function fileMarks(hunks: Iterable<Hunk>, turns: Pick<Turn, 'turnId' | 'status'>[]): FileMarks {
  const running = new Set(turns.filter((turn) => turn.status !== 'ended').map((turn) => turn.turnId))
  const marks = new Map<string, FileMark>()
  for (const hunk of hunks) {
    const open = isOpenHunk(hunk)
    const writing = running.has(hunk.turnId)
    if (hunk.fileId === null || (!open && !writing)) continue
    const mark = marks.get(hunk.fileId) ?? { added: 0, deleted: 0, open: 0, writing: false }
    const pending = open ? pendingOf(hunk) : undefined
    const applied = open && !isProposal(hunk) && pending === undefined
    marks.set(hunk.fileId, {
      added: mark.added + (applied ? hunk.addedLines : 0),
      deleted: mark.deleted + (applied ? hunk.deletedLines : 0),
      open: mark.open + (open ? 1 : 0),
      writing: mark.writing || writing,
      ...(pending === undefined ? mark.pending && { pending: mark.pending } : { pending }),
    })
  }
  return marks
}

/** What waits to happen to a file, as a sentence. */
export function pendingTitle(pending: NonNullable<FileMark['pending']>): string {
  return pending.kind === 'delete'
    ? 'The assistant wants to delete this file'
    : `The assistant wants to rename this file to ${pending.newPath}`
}

function pendingOf({ kind, state, newPath }: Hunk): FileMark['pending'] {
  if (state !== 'settled') return undefined
  if (kind === 'rename' && newPath !== undefined) return { kind, newPath }
  return kind === 'delete' ? { kind } : undefined
}

/** The marks of several files as one, for a collapsed folder; undefined where none has any. */
export function mergedMark(fileIds: string[], marks: FileMarks): FileMark | undefined {
  const found = fileIds.map((fileId) => marks.get(fileId)).filter((mark) => mark !== undefined)
  if (found.length === 0) return undefined
  return found.reduce((sum, mark) => ({
    added: sum.added + mark.added,
    deleted: sum.deleted + mark.deleted,
    open: sum.open + mark.open,
    writing: sum.writing || mark.writing,
  }))
}
