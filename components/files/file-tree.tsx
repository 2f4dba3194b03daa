'use client'

import { classNames } from '#ui/class-names.ts'
import type { MenuEntry } from '#ui/menu.tsx'
import { lineHeight, VirtualTree } from '#ui/virtual-tree.tsx'
import { useRef, type ComponentType, type KeyboardEvent } from 'react'
import { rowKey, type TreeRow } from './build-tree.ts'
import { mergedMark, type FileMark, type FileMarks } from './file-marks.ts'
import { treeAction, typeAhead } from './tree-keyboard.ts'
import { TreeRowView } from './tree-row.tsx'
import { useTreeDrop } from './use-tree-drop.ts'

const typeAheadMs = 700

type FileTreeProps = {
  rows: TreeRow[]
  /** Index of the row that keys act on. */
  active: number
  selectedFileId: string | null
  marks: FileMarks
  /** Who else is in some files. */
  PeopleIn: ComponentType<{ fileIds: readonly string[] }>
  canEdit: boolean
  /** `rowKey` of the row whose name is being edited. */
  renaming: string | undefined
  onActivate(row: TreeRow): void
  onFold(path: string, open: boolean): void
  /** `enter`: and go on in the editor. */
  onOpen(fileId: string, enter: boolean): void
  onStartRename(row: TreeRow): void
  /** Without a name where the renaming was given up. */
  onRenamed(row: TreeRow, name?: string): void
  onDelete(row: TreeRow): void
  onMove(row: TreeRow, folder: string): void
  onDropFiles(items: DataTransferItemList, folder: string): void
  validate(row: TreeRow, name: string): string | undefined
  menu(row: TreeRow): MenuEntry[]
}

/** An open folder has no mark of its own, since its files show theirs. */
function markOf(row: TreeRow, marks: FileMarks): FileMark | undefined {
  if (row.type === 'file') return marks.get(row.file.fileId)
  return row.open ? undefined : mergedMark(row.fileIds, marks)
}

/** The tree of a session's files, driven by VS Code's keys. */
export function FileTree(props: FileTreeProps) {
  const { rows, active, onActivate, onFold, onOpen } = props
  const tree = useRef<HTMLDivElement>(null)
  const typed = useRef({ text: '', at: 0 })
  const drop = useTreeDrop({ rows, enabled: props.canEdit, onMove: props.onMove, onFiles: props.onDropFiles })

  const keyAt = (place: number) => rows[place] && rowKey(rows[place])
  const press = (row: TreeRow) => {
    onActivate(row)
    if (row.type === 'folder') onFold(row.path, !row.open)
    else onOpen(row.file.fileId, false)
  }

  const onKeyDown = (event: KeyboardEvent, pageRows: number) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
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
    // Dragging is for the mouse; the row's menu has *Move to…* for everyone.
    <div
      role="presentation"
      {...drop.handlers}
      className={classNames('flex min-h-0 flex-1 flex-col', drop.folder === '' && 'bg-bg-hover')}
    >
      <VirtualTree
        label="Files"
        ref={tree}
        rows={rows.length}
        active={active}
        activeKey={keyAt(active)}
        keyOf={(place) => keyAt(place) ?? `${place}`}
        heightOf={() => lineHeight}
        onKeyDown={onKeyDown}
      >
        {(place, id) => {
          const row = rows[place]
          if (!row) return null
          return (
            <TreeRowView
              row={row}
              id={id}
              active={place === active}
              selected={row.type === 'file' && row.file.fileId === props.selectedFileId}
              mark={markOf(row, props.marks)}
              PeopleIn={props.PeopleIn}
              renaming={props.renaming === rowKey(row)}
              draggable={props.canEdit && props.renaming !== rowKey(row)}
              dropsHere={drop.folder === row.path && row.type === 'folder'}
              validate={(name) => props.validate(row, name)}
              menu={props.menu(row)}
              onPress={() => press(row)}
              onRenamed={(name) => {
                props.onRenamed(row, name)
                tree.current?.focus()
              }}
            />
          )
        }}
      </VirtualTree>
    </div>
  )
}
