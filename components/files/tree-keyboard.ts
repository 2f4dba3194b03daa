import { movedRow } from '#ui/moved-row.ts'
import type { TreeRow } from './build-tree.ts'
import { folderOf } from './tree-path.ts'

export type TreeAction =
  | { type: 'move'; to: number }
  /** `enter`: the person goes on in the editor; otherwise the tree keeps the focus. */
  | { type: 'open'; row: TreeRow; enter: boolean }
  | { type: 'rename' | 'delete'; row: TreeRow }
  | { type: 'fold'; path: string; open: boolean }

/** What a key does on the active row, or undefined where the tree has no use for it. Modified keys belong to others. */
export function treeAction(key: string, rows: TreeRow[], active: number, pageRows: number): TreeAction | undefined {
  if (rows.length === 0) return undefined
  const to = movedRow(key, active, rows.length, pageRows)
  if (to !== undefined) return { type: 'move', to }
  const row = rows[active]
  if (!row) return undefined
  switch (key) {
    case 'ArrowRight':
      if (row.type === 'file') return undefined
      return row.open
        ? { type: 'move', to: Math.min(active + 1, rows.length - 1) }
        : { type: 'fold', path: row.path, open: true }
    case 'ArrowLeft': {
      if (row.type === 'folder' && row.open) return { type: 'fold', path: row.path, open: false }
      const parent = rows.findIndex((other) => other.path === folderOf(row.path))
      return parent < 0 ? undefined : { type: 'move', to: parent }
    }
    case 'Enter':
    case ' ':
      return row.type === 'folder'
        ? { type: 'fold', path: row.path, open: !row.open }
        : { type: 'open', row, enter: key === 'Enter' }
    case 'F2':
      return { type: 'rename', row }
    case 'Delete':
      return { type: 'delete', row }
    default:
      return undefined
  }
}

/** The next row whose name starts with what was typed, from the active row on and around the end; -1 where none does. */
export function typeAhead(typed: string, rows: TreeRow[], active: number): number {
  const wanted = typed.toLowerCase()
  // A first letter moves on; more letters may keep the row that they already match.
  const first = active + (typed.length === 1 ? 1 : 0)
  for (let step = 0; step < rows.length; step++) {
    const place = (first + step) % rows.length
    if (rows[place]?.name.toLowerCase().startsWith(wanted)) return place
  }
  return -1
}
