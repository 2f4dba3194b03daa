'use client'

import { ContextMenu, type MenuEntry } from '#ui/menu.tsx'
import { InlineEdit } from '#ui/inline-edit.tsx'
import { classNames } from '#ui/class-names.ts'
import { LineCounts } from '#ui/line-counts.tsx'
import { lineHeight } from '#ui/virtual-tree.tsx'
import { WritingDot } from '#ui/writing-dot.tsx'
import { ChevronRight } from 'lucide-react'
import type { ComponentType } from 'react'
import type { TreeRow } from './build-tree.ts'
import { FileIcon } from './file-icon.tsx'
import { pendingTitle, type FileMark } from './file-marks.ts'
import { baseName } from './tree-path.ts'

type TreeRowViewProps = {
  row: TreeRow
  id: string
  active: boolean
  selected: boolean
  mark: FileMark | undefined
  PeopleIn: ComponentType<{ fileIds: readonly string[] }>
  renaming: boolean
  draggable: boolean
  /** Something is dragged over it that would go into this folder. */
  dropsHere: boolean
  menu: MenuEntry[]
  validate(name: string): string | undefined
  onPress(): void
  onRenamed(name?: string): void
}

/** Where the name's stem ends, so that a rename keeps the extension unless it is meant. */
function stemEnd(name: string): number {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? dot : name.length
}

/** One row; where a folder is open, its mark is on the rows inside it. */
export function TreeRowView(props: TreeRowViewProps) {
  const { row, id, active, selected, mark, renaming } = props
  const pending = row.type === 'file' ? mark?.pending : undefined
  const proposed = row.type === 'file' && row.file.proposedBy !== undefined
  return (
    <ContextMenu entries={props.menu} label={`Actions for ${row.path}`}>
      {/* The tree itself has the focus and the keys; rows are only pressed. */}
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus */}
      <div
        id={id}
        role="treeitem"
        data-row={row.path}
        draggable={props.draggable}
        aria-level={row.depth + 1}
        aria-selected={selected}
        {...(row.type === 'folder' ? { 'aria-expanded': row.open } : {})}
        onClick={() => !renaming && props.onPress()}
        style={{ height: lineHeight, paddingLeft: 10 + row.depth * 14 }}
        className={classNames(
          'flex items-center gap-1.5 pr-3 text-text-2 select-none',
          props.dropsHere && 'shadow-[inset_0_0_0_1.5px_var(--focus)]',
          selected ? 'bg-bg-3 text-text-1' : 'hover:bg-bg-hover',
          active && 'group-focus-visible/tree:shadow-[inset_0_0_0_1.5px_var(--focus)]',
        )}
      >
        {row.type === 'folder' ? (
          <ChevronRight
            size={14}
            aria-hidden
            className={classNames('mx-px shrink-0 text-text-3 transition-transform duration-100', row.open && 'rotate-90')}
          />
        ) : (
          <FileIcon path={row.path} />
        )}
        {renaming ? (
          <InlineEdit
            label={`New name of ${row.name}`}
            value={row.name}
            selection={[0, row.type === 'file' ? stemEnd(row.name) : row.name.length]}
            validate={props.validate}
            onEnd={props.onRenamed}
          />
        ) : (
          <>
            <span className="min-w-0 flex-1 truncate">
              <span
                className={classNames(proposed && 'text-add-text', pending?.kind === 'delete' && 'text-del-text line-through')}
              >
                {row.name}
              </span>
              {pending?.kind === 'rename' && (
                <span title={pendingTitle(pending)} className="pl-1.5 text-small text-add-text">
                  → {baseName(pending.newPath)}
                </span>
              )}
            </span>
            {pending?.kind === 'delete' && (
              <span className="shrink-0 text-[10.5px] font-semibold text-warn" title={pendingTitle(pending)}>
                delete
              </span>
            )}
            {mark && (
              <LineCounts
                added={mark.added}
                deleted={mark.deleted}
                label={`${mark.added} lines added, ${mark.deleted} deleted, to be decided`}
              />
            )}
            {proposed && <span className="shrink-0 text-[10.5px] font-semibold text-add-text">new</span>}
            {(row.type === 'file' || !row.open) && (
              <props.PeopleIn fileIds={row.type === 'file' ? [row.file.fileId] : row.fileIds} />
            )}
            {mark?.writing && <WritingDot />}
          </>
        )}
      </div>
    </ContextMenu>
  )
}
