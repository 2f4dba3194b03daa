import { movedRow } from '#ui/moved-row.ts'
import type { ChangeRow } from './change-rows.ts'

export type ChangeAction =
  | { type: 'move'; to: number }
  | { type: 'fold'; row: ChangeRow; open: boolean }
  /** `enter`: the person goes on in the editor; otherwise the tree keeps the focus. */
  | { type: 'reveal'; row: ChangeRow; enter: boolean }
  | { type: 'decide'; row: ChangeRow; decision: 'accept' | 'reject' }

type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** What a key does on the active row, or undefined where the tree has no use for it. Decisions have the editor's keys. */
export function changeAction(
  press: KeyPress,
  rows: readonly ChangeRow[],
  active: number,
  pageRows: number,
): ChangeAction | undefined {
  const row = rows[active]
  if (row === undefined || press.altKey) return undefined
  const { key } = press
  if (press.ctrlKey || press.metaKey) {
    if (key === 'Enter' && !press.shiftKey) return { type: 'decide', row, decision: 'accept' }
    if (key === 'Backspace' && press.shiftKey) return { type: 'decide', row, decision: 'reject' }
    return undefined
  }
  const to = movedRow(key, active, rows.length, pageRows)
  if (to !== undefined) return { type: 'move', to }
  switch (key) {
    case 'ArrowRight':
      if (row.type === 'hunk') return undefined
      return row.open ? { type: 'move', to: Math.min(active + 1, rows.length - 1) } : { type: 'fold', row, open: true }
    case 'ArrowLeft': {
      if (row.type !== 'hunk' && row.open) return { type: 'fold', row, open: false }
      const parent = rows.slice(0, active).findLastIndex(({ level }) => level < row.level)
      return parent < 0 ? undefined : { type: 'move', to: parent }
    }
    case 'Enter':
    case ' ':
      return row.type === 'hunk' ? { type: 'reveal', row, enter: key === 'Enter' } : { type: 'fold', row, open: !row.open }
    default:
      return undefined
  }
}
