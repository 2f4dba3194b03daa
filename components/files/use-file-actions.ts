'use client'

import { useSessionActions } from '#session/session-provider.tsx'
import { toast } from '#ui/toast.tsx'
import type { TreeRow } from './build-tree.ts'
import { wordTreeFailure } from './failure-wording.ts'
import { baseName } from './tree-path.ts'

/** Changes of the tree; a refusal becomes a toast that says why. */
export function useFileActions() {
  const session = useSessionActions()
  return {
    async create(path: string, onCreated: (fileId: string) => void) {
      const result = await session.createFile(path)
      if (result.ok) onCreated(result.value.fileId)
      else toast.error(`${baseName(path)} was not created`, { description: wordTreeFailure(result.error) })
    },
    async rename(row: TreeRow, path: string, onRenamed: () => void) {
      const result =
        row.type === 'file' ? await session.renameFile(row.file.fileId, path) : await session.renameFolder(row.path, path)
      if (result.ok) onRenamed()
      else toast.error(`${row.name} kept its name`, { description: wordTreeFailure(result.error) })
    },
    async remove(row: TreeRow) {
      const result = row.type === 'file' ? await session.deleteFile(row.file.fileId) : await session.deleteFolder(row.path)
      if (!result.ok) toast.error(`${row.name} was not deleted`, { description: wordTreeFailure(result.error) })
    },
  }
}
