'use client'

import type { FileNode } from '#protocol/sessions.ts'
import { useCallback, useMemo, useState } from 'react'
import { buildTree, folderKey, rowKey, type TreeRow } from './build-tree.ts'
import { allFolders, foldersAbove } from './tree-path.ts'

/** Which folders are collapsed and which row is active. A file stays active when it is renamed, by whomever. */
export function useTreeView(files: FileNode[], emptyFolders: readonly string[], activeFileId: string | null) {
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(() => new Set())
  const [activeKey, setActiveKey] = useState<string | undefined>(undefined)
  const [lastActive, setLastActive] = useState(0)
  const [shownFileId, setShownFileId] = useState<string | null>(null)

  // The editor moved to another file: show where it lies.
  if (activeFileId !== shownFileId) {
    const path = files.find((file) => file.fileId === activeFileId)?.path
    if (path !== undefined || activeFileId === null) {
      setShownFileId(activeFileId)
      setActiveKey(path === undefined ? undefined : `file ${activeFileId}`)
      const above = path === undefined ? [] : foldersAbove(path).filter((folder) => collapsed.has(folder))
      if (above.length > 0) setCollapsed(new Set([...collapsed].filter((folder) => !above.includes(folder))))
    }
  }

  const rows = useMemo(() => buildTree(files, collapsed, emptyFolders), [files, collapsed, emptyFolders])
  const found = rows.findIndex((row) => rowKey(row) === activeKey)
  if (found >= 0 && found !== lastActive) setLastActive(found)

  const fold = useCallback((path: string, open: boolean) => {
    setCollapsed((before) => {
      const after = new Set(before)
      if (open) after.delete(path)
      else after.add(path)
      return after
    })
  }, [])
  const collapseAll = useCallback(() => {
    setCollapsed(new Set(allFolders(files, emptyFolders)))
  }, [files, emptyFolders])

  return {
    rows,
    /** Index of the active row; where it is gone, of the one in its place. */
    active: found >= 0 ? found : Math.max(0, Math.min(lastActive, rows.length - 1)),
    activate: useCallback((row: TreeRow) => setActiveKey(rowKey(row)), []),
    activateFolder: useCallback((path: string) => setActiveKey(folderKey(path)), []),
    fold,
    collapseAll,
  }
}
