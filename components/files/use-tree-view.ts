'use client'

import type { FileNode } from '#protocol/sessions.ts'
import { useCallback, useMemo, useState } from 'react'
import { buildTree, type TreeRow } from './build-tree.ts'
import { foldersAbove } from './tree-path.ts'

/** Which folders are collapsed and which row is active; the active row is kept by its path, so that it survives changes. */
export function useTreeView(files: FileNode[], activeFileId: string | null) {
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(() => new Set())
  const [activePath, setActivePath] = useState<string | undefined>(undefined)
  const [shownFileId, setShownFileId] = useState<string | null>(null)

  // The editor moved to another file: show where it lies.
  if (activeFileId !== shownFileId) {
    const path = files.find((file) => file.fileId === activeFileId)?.path
    if (path !== undefined || activeFileId === null) {
      setShownFileId(activeFileId)
      setActivePath(path)
      const above = path === undefined ? [] : foldersAbove(path).filter((folder) => collapsed.has(folder))
      if (above.length > 0) setCollapsed(new Set([...collapsed].filter((folder) => !above.includes(folder))))
    }
  }

  const rows = useMemo(() => buildTree(files, collapsed), [files, collapsed])
  const found = rows.findIndex((row) => row.path === activePath)

  const fold = useCallback((path: string, open: boolean) => {
    setCollapsed((before) => {
      const after = new Set(before)
      if (open) after.delete(path)
      else after.add(path)
      return after
    })
  }, [])
  const collapseAll = useCallback(() => {
    setCollapsed(new Set(files.flatMap((file) => foldersAbove(file.path))))
  }, [files])

  return {
    rows,
    /** Index of the active row; 0 where the former one is gone. */
    active: Math.max(0, found),
    activate: useCallback((row: TreeRow | undefined) => setActivePath(row?.path), []),
    fold,
    collapseAll,
  }
}
