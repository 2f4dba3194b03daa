'use client'

import type { FileNode } from '#protocol/sessions.ts'
import { InlineEdit } from '#ui/inline-edit.tsx'
import { FilePlus2, FolderPlus } from 'lucide-react'
import { joinPath, pathProblem } from './tree-path.ts'

/** Something that is being named, inside `folder` (empty: at the top). `started`: a folder that its first file will make. */
export type Draft = { kind: 'file' | 'folder'; folder: string; started?: boolean }

type NewEntryProps = {
  draft: Draft
  files: FileNode[]
  onCreate(path: string): void
  /** A folder has a name; now its first file is named. */
  onNext(draft: Draft): void
  onEnd(): void
}

/** Names a new file; `a/b.ts` makes the folder too. A folder is made by the first file in it, which is asked for next. */
export function NewEntry({ draft, files, onCreate, onNext, onEnd }: NewEntryProps) {
  const Icon = draft.kind === 'file' ? FilePlus2 : FolderPlus
  const end = (name?: string) => {
    if (name && draft.kind === 'folder') return onNext({ kind: 'file', folder: joinPath(draft.folder, name), started: true })
    if (name) onCreate(joinPath(draft.folder, name))
    onEnd()
  }
  const hint = draft.started ? 'A folder exists through its files: name the first one.' : undefined
  return (
    <div className="shrink-0 px-2.5 pb-2">
      <div className="flex items-center gap-1.5">
        <Icon size={14} aria-hidden className="shrink-0 text-text-3" />
        {draft.folder && <span className="max-w-[45%] shrink-0 truncate text-text-3">{draft.folder}/</span>}
        <InlineEdit
          label={draft.kind === 'file' ? 'Path of the new file' : 'Name of the new folder'}
          value=""
          placeholder={draft.kind === 'file' ? 'name or folder/name' : 'folder'}
          validate={(name) => pathProblem(joinPath(draft.folder, name), files)}
          onEnd={end}
        />
      </div>
      {hint && <p className="pt-1 pl-5 text-small text-text-3">{hint}</p>}
    </div>
  )
}
