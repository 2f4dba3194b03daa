'use client'

import type { FileNode } from '#protocol/sessions.ts'
import { useCallback, useMemo, useState } from 'react'
import { buildTree, type TreeRow } from './build-tree.ts'
import { foldersAbove } from './tree-path.ts'

const keyOf = (row: TreeRow) => (row.type === 'file' ? `file ${row.file.fileId}` : folderKey(row.path))
const folderKey = (path: string) => `folder ${path}`

/** Which folders are collapsed and which row is active. A file stays active when it is renamed, by whomever. */
export function useTreeView(files: FileNode[], activeFileId: string | null) {
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

  const rows = useMemo(() => buildTree(files, collapsed), [files, collapsed])
  const found = rows.findIndex((row) => keyOf(row) === activeKey)
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
    setCollapsed(new Set(files.flatMap((file) => foldersAbove(file.path))))
  }, [files])

  return {
    rows,
    /** Index of the active row; where it is gone, of the one in its place. */
    active: found >= 0 ? found : Math.max(0, Math.min(lastActive, rows.length - 1)),
    activate: useCallback((row: TreeRow) => setActiveKey(keyOf(row)), []),
    activateFolder: useCallback((path: string) => setActiveKey(folderKey(path)), []),
    fold,
    collapseAll,
  }
}
