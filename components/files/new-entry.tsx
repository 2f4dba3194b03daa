'use client'

import type { FileNode } from '#protocol/sessions.ts'
import { InlineEdit } from '#ui/inline-edit.tsx'
import { FilePlus2, FolderPlus } from 'lucide-react'
import { joinPath, pathProblem } from './tree-path.ts'

/** Something that is being named, inside `folder` (empty: at the top). */
export type Draft = { kind: 'file' | 'folder'; folder: string }

type NewEntryProps = {
  draft: Draft
  files: FileNode[]
  folders: readonly string[]
  onCreate(path: string): void
  onEnd(): void
}

/** Names a new file or folder; `a/b.ts` makes the folder too. */
export function NewEntry({ draft, files, folders, onCreate, onEnd }: NewEntryProps) {
  const Icon = draft.kind === 'file' ? FilePlus2 : FolderPlus
  const end = (name?: string) => {
    if (name) onCreate(joinPath(draft.folder, name))
    onEnd()
  }
  return (
    <div className="shrink-0 px-2.5 pb-2">
      <div className="flex items-center gap-1.5">
        <Icon size={14} aria-hidden className="shrink-0 text-text-3" />
        {draft.folder && <span className="max-w-[45%] shrink-0 truncate text-text-3">{draft.folder}/</span>}
        <InlineEdit
          label={draft.kind === 'file' ? 'Path of the new file' : 'Name of the new folder'}
          value=""
          placeholder={draft.kind === 'file' ? 'name or folder/name' : 'folder'}
          validate={(name) => pathProblem(joinPath(draft.folder, name), files, undefined, folders)}
          onEnd={end}
        />
      </div>
    </div>
  )
}
