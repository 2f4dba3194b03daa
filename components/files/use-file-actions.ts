'use client'

import { useSessionActions } from '#session/session-provider.tsx'
import { toast } from '#ui/toast.tsx'
import type { TreeRow } from './build-tree.ts'
import { wordTreeFailure } from './failure-wording.ts'
import { baseName, joinPath } from './tree-path.ts'

/** Changes of the tree; a refusal becomes a toast that says why. */
export function useFileActions() {
  const session = useSessionActions()
  const renamed = (row: TreeRow, path: string) =>
    row.type === 'file' ? session.renameFile(row.file.fileId, path) : session.renameFolder(row.path, path)
  return {
    async create(path: string, onCreated: (fileId: string) => void) {
      const result = await session.createFile(path)
      const [created] = result.ok ? result.value.changed : []
      if (created !== undefined) onCreated(created.fileId)
      else if (!result.ok) toast.error(`${baseName(path)} was not created`, { description: wordTreeFailure(result.error) })
    },
    async createFolder(path: string, onCreated: () => void) {
      const result = await session.createFolder(path)
      if (result.ok) onCreated()
      else toast.error(`${baseName(path)} was not created`, { description: wordTreeFailure(result.error) })
    },
    async duplicate(row: TreeRow & { type: 'file' }, onCreated: (fileId: string) => void) {
      const result = await session.duplicateFile(row.file.fileId)
      const [copy] = result.ok ? result.value.changed : []
      if (copy !== undefined) onCreated(copy.fileId)
      else if (!result.ok) toast.error(`${row.name} was not duplicated`, { description: wordTreeFailure(result.error) })
    },
    /** Into another folder; empty: to the top. */
    async move(row: TreeRow, folder: string, onMoved: (path: string) => void) {
      const path = joinPath(folder, row.name)
      if (path === row.path) return
      const result = await renamed(row, path)
      if (result.ok) onMoved(path)
      else toast.error(`${row.name} was not moved`, { description: wordTreeFailure(result.error) })
    },
    async rename(row: TreeRow, path: string, onRenamed: () => void) {
      const result = await renamed(row, path)
      if (result.ok) onRenamed()
      else toast.error(`${row.name} kept its name`, { description: wordTreeFailure(result.error) })
    },
    async remove(row: TreeRow) {
      const result = row.type === 'file' ? await session.deleteFile(row.file.fileId) : await session.deleteFolder(row.path)
      if (!result.ok) toast.error(`${row.name} was not deleted`, { description: wordTreeFailure(result.error) })
    },
  }
}
