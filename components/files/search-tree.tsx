'use client'

import { movedRow } from '#ui/moved-row.ts'
import { lineHeight, VirtualTree } from '#ui/virtual-tree.tsx'
import { useRef, useState, type KeyboardEvent } from 'react'
import type { ResultRow } from './search-results.ts'
import { SearchRow } from './search-row.tsx'

type SearchTreeProps = {
  rows: ResultRow[]
  replacing: boolean
  onFold(fileId: string, open: boolean): void
  onReveal(row: ResultRow & { type: 'match' }, enter: boolean): void
  onReplace(row: ResultRow): void
}

/** What was found, by file; one focus stop with the tree's keys, and Ctrl/⌘+Enter to replace the active row. */
export function SearchTree({ rows, replacing, onFold, onReveal, onReplace }: SearchTreeProps) {
  const [activeKey, setActiveKey] = useState<string | undefined>(undefined)
  const tree = useRef<HTMLDivElement>(null)
  const active = Math.max(
    0,
    rows.findIndex(({ key }) => key === activeKey),
  )

  const press = (row: ResultRow, enter: boolean) => {
    setActiveKey(row.key)
    if (row.type === 'file') onFold(row.file.fileId, !row.open)
    else onReveal(row, enter)
  }
  const onKeyDown = (event: KeyboardEvent, pageRows: number) => {
    const row = rows[active]
    if (row === undefined || event.altKey) return
    if (event.ctrlKey || event.metaKey) {
      if (event.key !== 'Enter' || !replacing) return
      event.preventDefault()
      return onReplace(row)
    }
    const to = movedRow(event.key, active, rows.length, pageRows)
    const place = to ?? placeAfter(event.key, row, rows, active)
    if (place !== undefined) {
      event.preventDefault()
      setActiveKey(rows[place]?.key)
    } else if (event.key === 'ArrowRight' || event.key === 'ArrowLeft') {
      event.preventDefault()
      if (row.type === 'file') onFold(row.file.fileId, event.key === 'ArrowRight')
    } else if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      press(row, event.key === 'Enter')
    }
  }

  return (
    <VirtualTree
      label="Search results"
      ref={tree}
      rows={rows.length}
      active={active}
      activeKey={activeKey}
      keyOf={(place) => rows[place]?.key ?? `${place}`}
      heightOf={() => lineHeight}
      onKeyDown={onKeyDown}
    >
      {(place, id) => {
        const row = rows[place]
        if (!row) return null
        return (
          <SearchRow
            row={row}
            id={id}
            active={place === active}
            replacing={replacing}
            onPress={() => press(row, false)}
            onReplace={() => {
              onReplace(row)
              // The pressed button goes with its row.
              tree.current?.focus()
            }}
          />
        )
      }}
    </VirtualTree>
  )
}

/** Right goes into an open file, left from a match to its file. */
function placeAfter(key: string, row: ResultRow, rows: ResultRow[], active: number): number | undefined {
  if (key === 'ArrowRight' && row.type === 'file' && row.open) return Math.min(active + 1, rows.length - 1)
  if (key === 'ArrowLeft' && row.type === 'match') return rows.slice(0, active).findLastIndex(({ type }) => type === 'file')
  return undefined
}
