import type { FileChanges, OpenChange, TurnChanges } from './changes.ts'

/** A row of the tree of changes as it is shown; `key` stays while hunks come and go around it. */
export type ChangeRow =
  | { type: 'turn'; key: string; level: 1; open: boolean; turn: TurnChanges }
  | { type: 'file'; key: string; level: 2; open: boolean; turn: TurnChanges; file: FileChanges }
  | { type: 'hunk'; key: string; level: 3; turn: TurnChanges; file: FileChanges; change: OpenChange }

/** The rows in sight, given which turns and files are folded away. */
export function changeRows(turns: readonly TurnChanges[], folded: ReadonlySet<string>): ChangeRow[] {
  return turns.flatMap((turn): ChangeRow[] => {
    const key = `turn ${turn.turnId}`
    const open = !folded.has(key)
    return [
      { type: 'turn', key, level: 1, open, turn },
      ...(open ? turn.files.flatMap((file) => fileRows(turn, file, folded)) : []),
    ]
  })
}

function fileRows(turn: TurnChanges, file: FileChanges, folded: ReadonlySet<string>): ChangeRow[] {
  const key = `file ${turn.turnId} ${file.fileId ?? file.path}`
  const open = !folded.has(key)
  const hunks = file.changes.map((change): ChangeRow => {
    return { type: 'hunk', key: `hunk ${change.hunk.hunkId}`, level: 3, turn, file, change }
  })
  return [{ type: 'file', key, level: 2, open, turn, file }, ...(open ? hunks : [])]
}

/** The hunks that a row stands for. */
export function changesOf(row: ChangeRow): OpenChange[] {
  switch (row.type) {
    case 'turn':
      return row.turn.files.flatMap(({ changes }) => changes)
    case 'file':
      return row.file.changes
    case 'hunk':
      return [row.change]
  }
}

/** The row that gets the keys once `row` is decided and gone: the next one that stays, else the one before. */
export function rowAfter(rows: readonly ChangeRow[], row: ChangeRow): ChangeRow | undefined {
  const at = rows.findIndex(({ key }) => key === row.key)
  const next = rows.slice(at + 1).find(({ level }) => level <= row.level)
  if (next?.level === row.level) return next
  return rows.slice(0, at).findLast(({ level }) => level === row.level) ?? next ?? rows[at - 1]
}
