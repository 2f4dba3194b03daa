'use client'

import { useState, type DragEvent } from 'react'
import { rowKey, type TreeRow } from './build-tree.ts'
import { folderOf } from './tree-path.ts'

type TreeDrop = {
  rows: TreeRow[]
  /** Nothing can be moved or brought in where it is false. */
  enabled: boolean
  onMove(row: TreeRow, folder: string): void
  /** Files or folders of the person's own machine; only valid during the event. */
  onFiles(items: DataTransferItemList, folder: string): void
}

/** Rows that are dragged onto folders, and files that come from outside. `folder` is where a drop would go; empty is the top. */
export function useTreeDrop({ rows, enabled, onMove, onFiles }: TreeDrop) {
  const [draggedKey, setDraggedKey] = useState<string | undefined>(undefined)
  const dragged = rows.find((row) => rowKey(row) === draggedKey)
  const [folder, setFolder] = useState<string | undefined>(undefined)

  const rowAt = (event: DragEvent) => {
    const element = (event.target as HTMLElement).closest<HTMLElement>('[data-row]')
    return element === null ? undefined : rows.find((row) => row.path === element.dataset['row'])
  }
  const goesTo = (event: DragEvent) => {
    const row = rowAt(event)
    const target = row === undefined ? '' : row.type === 'folder' ? row.path : folderOf(row.path)
    if (draggedKey === undefined) return event.dataTransfer.types.includes('Files') ? target : undefined
    return dragged !== undefined && canMove(dragged, target) ? target : undefined
  }
  const end = () => {
    setDraggedKey(undefined)
    setFolder(undefined)
  }

  return {
    folder,
    handlers: {
      onDragStart(event: DragEvent) {
        const row = rowAt(event)
        if (!enabled || row === undefined) return
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', row.path)
        setDraggedKey(rowKey(row))
      },
      onDragOver(event: DragEvent) {
        const target = enabled ? goesTo(event) : undefined
        if (target !== folder) setFolder(target)
        if (target === undefined) return
        event.preventDefault()
        event.stopPropagation()
        event.dataTransfer.dropEffect = draggedKey === undefined ? 'copy' : 'move'
      },
      onDragLeave(event: DragEvent) {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setFolder(undefined)
      },
      onDrop(event: DragEvent) {
        const target = enabled ? goesTo(event) : undefined
        if (target !== undefined) {
          event.preventDefault()
          event.stopPropagation()
          if (draggedKey === undefined) onFiles(event.dataTransfer.items, target)
          else if (dragged !== undefined) onMove(dragged, target)
        }
        end()
      },
      onDragEnd: end,
    },
  }
}

/** A row stays where it is, and a folder does not go into itself. */
export function canMove(row: TreeRow, folder: string): boolean {
  if (folderOf(row.path) === folder) return false
  return row.type === 'file' || !`${folder}/`.startsWith(`${row.path}/`)
}
