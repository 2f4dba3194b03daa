'use client'

import { useSession } from '#session/session-provider.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import type { MenuEntry } from '#ui/menu.tsx'
import { ChevronsDownUp, Copy, FilePlus2, FolderPlus, Pencil, Trash2 } from 'lucide-react'
import { useImperativeHandle, useRef, useState, type Ref } from 'react'
import type { TreeRow } from './build-tree.ts'
import { FileTree } from './file-tree.tsx'
import { NewEntry, type Draft } from './new-entry.tsx'
import { folderOf, joinPath, pathProblem } from './tree-path.ts'
import { useFileActions } from './use-file-actions.ts'
import { useFileMarks } from './use-file-marks.ts'
import { useTreeView } from './use-tree-view.ts'

export type FilesPanelHandle = { newFile(): void; newFolder(): void; collapseAll(): void; focus(): void }

type FilesPanelProps = {
  activeFileId: string | null
  canEdit: boolean
  /** `enter`: and go on in the editor. */
  onOpen(fileId: string, enter: boolean): void
  ref?: Ref<FilesPanelHandle>
}

/** The files of the session: the tree and everything that changes it. */
export function FilesPanel({ activeFileId, canEdit, onOpen, ref }: FilesPanelProps) {
  const files = useSession((state) => state.files)
  const { rows, active, activate, activateFolder, fold, collapseAll } = useTreeView(files, activeFileId)
  const marks = useFileMarks()
  const actions = useFileActions()
  const [draft, setDraft] = useState<Draft | undefined>(undefined)
  const [renamingPath, setRenamingPath] = useState<string | undefined>(undefined)
  const [deleting, setDeleting] = useState<TreeRow | undefined>(undefined)

  const begin = (kind: Draft['kind'], folder = folderAt(rows[active])) => {
    if (canEdit) setDraft({ kind, folder })
  }
  const panel = useRef<HTMLElement>(null)
  useImperativeHandle(ref, () => ({
    newFile: () => begin('file'),
    newFolder: () => begin('folder'),
    collapseAll,
    focus: () =>
      (panel.current?.querySelector<HTMLElement>('[role="tree"]') ?? panel.current?.querySelector('button'))?.focus(),
  }))

  const menu = (row: TreeRow): MenuEntry[] => {
    const copy: MenuEntry = {
      type: 'item',
      label: 'Copy path',
      icon: <Copy size={14} aria-hidden />,
      onSelect: () => void navigator.clipboard?.writeText(row.path),
    }
    if (!canEdit) return [copy]
    const folder = folderAt(row)
    return [
      { type: 'item', label: 'New file…', icon: <FilePlus2 size={14} aria-hidden />, onSelect: () => begin('file', folder) },
      {
        type: 'item',
        label: 'New folder…',
        icon: <FolderPlus size={14} aria-hidden />,
        onSelect: () => begin('folder', folder),
      },
      { type: 'separator' },
      copy,
      {
        type: 'item',
        label: 'Rename',
        keys: 'F2',
        icon: <Pencil size={14} aria-hidden />,
        onSelect: () => setRenamingPath(row.path),
      },
      {
        type: 'item',
        label: 'Delete…',
        keys: 'Delete',
        danger: true,
        icon: <Trash2 size={14} aria-hidden />,
        onSelect: () => setDeleting(row),
      },
    ]
  }

  return (
    <section ref={panel} aria-label="Files" className="flex h-full min-h-0 flex-col">
      <div className="flex h-8.5 shrink-0 items-center pr-1.5 pl-3">
        <h2 className="flex-1 text-small font-semibold text-text-2">Files</h2>
        {canEdit && (
          <>
            <IconButton label="New file" size="small" onClick={() => begin('file')}>
              <FilePlus2 size={14} aria-hidden />
            </IconButton>
            <IconButton label="New folder" size="small" onClick={() => begin('folder')}>
              <FolderPlus size={14} aria-hidden />
            </IconButton>
          </>
        )}
        <IconButton label="Collapse all folders" size="small" onClick={collapseAll}>
          <ChevronsDownUp size={14} aria-hidden />
        </IconButton>
      </div>
      {draft && (
        <NewEntry
          key={`${draft.kind}:${draft.folder}`}
          draft={draft}
          files={files}
          onNext={setDraft}
          onCreate={(path) => void actions.create(path, (fileId) => onOpen(fileId, true))}
          onEnd={() => setDraft(undefined)}
        />
      )}
      {files.length === 0 && !draft ? (
        <EmptyTree canEdit={canEdit} onNew={() => begin('file')} />
      ) : (
        <FileTree
          rows={rows}
          active={active}
          selectedFileId={activeFileId}
          marks={marks}
          renamingPath={renamingPath}
          onActivate={activate}
          onFold={fold}
          onOpen={onOpen}
          onStartRename={(row) => canEdit && setRenamingPath(row.path)}
          onRenamed={(row, name) => {
            setRenamingPath(undefined)
            if (!name) return
            const path = joinPath(folderOf(row.path), name)
            void actions.rename(row, path, () => row.type === 'folder' && activateFolder(path))
          }}
          onDelete={(row) => canEdit && setDeleting(row)}
          validate={(row, name) => pathProblem(joinPath(folderOf(row.path), name), files, row.path)}
          menu={menu}
        />
      )}
      <ConfirmDialog
        open={deleting !== undefined}
        onOpenChange={() => setDeleting(undefined)}
        title={`Delete ${deleting?.name ?? ''}?`}
        description={deleting ? lossOf(deleting) : ''}
        confirm="Delete"
        onConfirm={() => deleting && void actions.remove(deleting)}
      />
    </section>
  )
}

function EmptyTree({ canEdit, onNew }: { canEdit: boolean; onNew(): void }) {
  return (
    <div className="px-3 pt-1 text-text-3">
      <p>No files yet.</p>
      {canEdit && (
        <p className="pt-1">
          <button type="button" onClick={onNew} className="text-text-1 underline decoration-line-strong underline-offset-3">
            Create the first one
          </button>
          , or ask the assistant for what you want to build.
        </p>
      )}
    </div>
  )
}

/** The folder that something new beside or inside `row` lies in. */
function folderAt(row: TreeRow | undefined): string {
  if (!row) return ''
  return row.type === 'folder' ? row.path : folderOf(row.path)
}

function lossOf(row: TreeRow): string {
  const what = row.type === 'file' ? 'The file' : `The folder and its ${countOf(row.fileIds)}`
  return `${what} will be gone for everyone in this session. This cannot be undone.`
}

const countOf = (fileIds: readonly string[]) => (fileIds.length === 1 ? 'one file' : `${fileIds.length} files`)
