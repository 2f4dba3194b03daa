'use client'

import type { MenuEntry } from '#ui/menu.tsx'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useId, useRef, type KeyboardEvent } from 'react'
import type { TreeRow } from './build-tree.ts'
import { mergedMark, type FileMark, type FileMarks } from './file-marks.ts'
import { treeAction, typeAhead } from './tree-keyboard.ts'
import { rowHeight, TreeRowView } from './tree-row.tsx'

const typeAheadMs = 700

type FileTreeProps = {
  rows: TreeRow[]
  /** Index of the row that keys act on. */
  active: number
  selectedFileId: string | null
  marks: FileMarks
  renamingPath: string | undefined
  onActivate(row: TreeRow): void
  onFold(path: string, open: boolean): void
  /** `enter`: and go on in the editor. */
  onOpen(fileId: string, enter: boolean): void
  onStartRename(row: TreeRow): void
  /** Without a name where the renaming was given up. */
  onRenamed(row: TreeRow, name?: string): void
  onDelete(row: TreeRow): void
  validate(row: TreeRow, name: string): string | undefined
  menu(row: TreeRow): MenuEntry[]
}

/** An open folder has no mark of its own, since its files show theirs. */
function markOf(row: TreeRow, marks: FileMarks): FileMark | undefined {
  if (row.type === 'file') return marks.get(row.file.fileId)
  return row.open ? undefined : mergedMark(row.fileIds, marks)
}

/** The tree of a session's files, one focus stop, driven by VS Code's keys; only the rows in sight exist. */
export function FileTree(props: FileTreeProps) {
  const { rows, active, onActivate, onFold, onOpen } = props
  const scroller = useRef<HTMLDivElement>(null)
  const typed = useRef({ text: '', at: 0 })
  const id = useId()
  // oxlint-disable-next-line react/incompatible-library -- the list is not memoised, rows are
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    getItemKey: (place) => rows[place]?.path ?? place,
  })

  useEffect(() => {
    virtual.scrollToIndex(active)
  }, [virtual, active])

  const press = (row: TreeRow) => {
    onActivate(row)
    if (row.type === 'folder') onFold(row.path, !row.open)
    else onOpen(row.file.fileId, false)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? rowHeight) / rowHeight) - 1)
    const searching = event.timeStamp - typed.current.at < typeAheadMs && typed.current.text !== ''
    const action = event.key === ' ' && searching ? undefined : treeAction(event.key, rows, active, pageRows)
    if (action) {
      event.preventDefault()
      const target = action.type === 'move' ? rows[action.to] : undefined
      if (target) onActivate(target)
      if (action.type === 'fold') onFold(action.path, action.open)
      if (action.type === 'open' && action.row.type === 'file') onOpen(action.row.file.fileId, action.enter)
      if (action.type === 'rename') props.onStartRename(action.row)
      if (action.type === 'delete') props.onDelete(action.row)
    } else if (event.key.length === 1) {
      typed.current = { text: searching ? typed.current.text + event.key : event.key, at: event.timeStamp }
      const target = rows[typeAhead(typed.current.text, rows, active)]
      if (target) onActivate(target)
    }
  }

  return (
    <div
      ref={scroller}
      role="tree"
      aria-label="Files"
      tabIndex={0}
      aria-activedescendant={rows.length > 0 ? `${id}-${active}` : undefined}
      onKeyDown={onKeyDown}
      className="group/tree min-h-0 flex-1 overflow-y-auto pb-4 outline-none"
    >
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]
          if (!row) return null
          return (
            <div
              key={item.key}
              role="presentation"
              style={{ position: 'absolute', insetInline: 0, transform: `translateY(${item.start}px)` }}
            >
              <TreeRowView
                row={row}
                id={`${id}-${item.index}`}
                active={item.index === active}
                selected={row.type === 'file' && row.file.fileId === props.selectedFileId}
                mark={markOf(row, props.marks)}
                renaming={props.renamingPath === row.path}
                validate={(name) => props.validate(row, name)}
                menu={props.menu(row)}
                onPress={() => press(row)}
                onRenamed={(name) => {
                  props.onRenamed(row, name)
                  scroller.current?.focus()
                }}
              />
            </div>
          )
        })}
      </div>
    </div>
  )
}
