'use client'

import { useSession } from '#session/session-provider.tsx'
import { ConfirmDialog } from '#ui/confirm-dialog.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { Menu, type MenuEntry } from '#ui/menu.tsx'
import { ChevronsDownUp, Ellipsis, FilePlus2, FolderPlus } from 'lucide-react'
import { useImperativeHandle, useRef, useState, type ComponentType, type Ref } from 'react'
import { rowKey, type TreeRow } from './build-tree.ts'
import { FileTree } from './file-tree.tsx'
import { MoveDialog } from './move-dialog.tsx'
import { NewEntry, type Draft } from './new-entry.tsx'
import { rowMenu } from './row-menu.tsx'
import { folderOf, joinPath, pathProblem } from './tree-path.ts'
import { useFileActions } from './use-file-actions.ts'
import { useFileMarks } from './use-file-marks.ts'
import { useTreeView } from './use-tree-view.ts'

export type FilesPanelHandle = {
  newFile(): void
  newFolder(): void
  moveActive(): void
  collapseAll(): void
  focus(): void
}

type FilesPanelProps = {
  activeFileId: string | null
  canEdit: boolean
  /** `enter`: and go on in the editor. */
  onOpen(fileId: string, enter: boolean): void
  /** Who else is in some files. */
  PeopleIn: ComponentType<{ fileIds: readonly string[] }>
  /** What can be done with all files together. */
  menu: MenuEntry[]
  onDownload(fileId: string): void
  /** Asks for files of the person's machine that go into a folder. */
  onPickFiles(folder: string): void
  onDropFiles(items: DataTransferItemList, folder: string): void
  /** Asks the assistant to review files; undefined where the person may not. */
  onReview: ((files: { fileId: string; path: string }[]) => void) | undefined
  ref?: Ref<FilesPanelHandle>
}

/** The files of the session: the tree and everything that changes it. */
export function FilesPanel(props: FilesPanelProps) {
  const { activeFileId, canEdit, onOpen, PeopleIn, ref } = props
  const files = useSession((state) => state.files)
  const folders = useSession((state) => state.folders)
  const { rows, active, activate, activateFolder, fold, collapseAll } = useTreeView(files, folders, activeFileId)
  const marks = useFileMarks()
  const actions = useFileActions()
  const [draft, setDraft] = useState<Draft | undefined>(undefined)
  const [renaming, setRenaming] = useState<string | undefined>(undefined)
  const [deleting, setDeleting] = useState<TreeRow | undefined>(undefined)
  const [movingKey, setMovingKey] = useState<string | undefined>(undefined)
  // As it is called by now: somebody may rename it while it is asked where it goes.
  const moving = rows.find((row) => rowKey(row) === movingKey)
  const startMove = (row: TreeRow | undefined) => setMovingKey(row && rowKey(row))

  const begin = (kind: Draft['kind'], folder = folderAt(rows[active])) => {
    if (canEdit) setDraft({ kind, folder })
  }
  const panel = useRef<HTMLElement>(null)
  const focus = () =>
    (panel.current?.querySelector<HTMLElement>('[role="tree"]') ?? panel.current?.querySelector('button'))?.focus()
  useImperativeHandle(ref, () => ({
    newFile: () => begin('file'),
    newFolder: () => begin('folder'),
    moveActive: () => canEdit && startMove(rows[active]),
    collapseAll,
    focus,
  }))

  const move = (row: TreeRow, folder: string) =>
    void actions.move(row, folder, (path) => {
      fold(folder, true)
      if (row.type === 'folder') activateFolder(path)
    })
  const reviewOf = (row: TreeRow) => {
    const inside = new Set(row.type === 'file' ? [row.file.fileId] : row.fileIds)
    const texts = files.filter(({ fileId, kind }) => kind === 'text' && inside.has(fileId))
    return texts.length > 0 && props.onReview !== undefined ? () => props.onReview?.(texts) : undefined
  }
  const create = ({ kind }: Draft, path: string) => {
    if (kind === 'file') void actions.create(path, (fileId) => onOpen(fileId, true))
    else
      void actions.createFolder(path, () => {
        activateFolder(path)
        focus()
      })
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
        <Menu label="More for all files" entries={props.menu}>
          <IconButton label="More for all files" size="small">
            <Ellipsis size={14} aria-hidden />
          </IconButton>
        </Menu>
      </div>
      {draft && (
        <NewEntry
          key={`${draft.kind}:${draft.folder}`}
          draft={draft}
          files={files}
          folders={folders}
          onCreate={(path) => create(draft, path)}
          onEnd={() => setDraft(undefined)}
        />
      )}
      {rows.length === 0 && !draft ? (
        <EmptyTree canEdit={canEdit} onNew={() => begin('file')} />
      ) : (
        <FileTree
          rows={rows}
          active={active}
          selectedFileId={activeFileId}
          marks={marks}
          PeopleIn={PeopleIn}
          canEdit={canEdit}
          renaming={renaming}
          onActivate={activate}
          onFold={fold}
          onOpen={onOpen}
          onStartRename={(row) => canEdit && setRenaming(rowKey(row))}
          onRenamed={(row, name) => {
            setRenaming(undefined)
            if (!name) return
            const path = joinPath(folderOf(row.path), name)
            void actions.rename(row, path, () => row.type === 'folder' && activateFolder(path))
          }}
          onDelete={(row) => canEdit && setDeleting(row)}
          onMove={move}
          onDropFiles={props.onDropFiles}
          validate={(row, name) => pathProblem(joinPath(folderOf(row.path), name), files, row.path, folders)}
          menu={(row) =>
            rowMenu(row, canEdit, {
              newFile: () => begin('file', folderAt(row)),
              newFolder: () => begin('folder', folderAt(row)),
              addFiles: () => props.onPickFiles(folderAt(row)),
              rename: () => setRenaming(rowKey(row)),
              move: () => startMove(row),
              duplicate: () => row.type === 'file' && void actions.duplicate(row, (fileId) => onOpen(fileId, false)),
              remove: () => setDeleting(row),
              review: reviewOf(row),
              download: () => row.type === 'file' && props.onDownload(row.file.fileId),
            })
          }
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
      {moving && (
        <MoveDialog
          row={moving}
          files={files}
          folders={folders}
          onClose={() => startMove(undefined)}
          onMove={(folder) => {
            startMove(undefined)
            move(moving, folder)
          }}
        />
      )}
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
  const inFolder = row.type === 'folder' && row.fileIds.length > 0 ? ` and its ${countOf(row.fileIds)}` : ''
  const what = row.type === 'file' ? 'The file' : `The folder${inFolder}`
  return `${what} will be gone for everyone in this session. This cannot be undone.`
}

const countOf = (fileIds: readonly string[]) => (fileIds.length === 1 ? 'one file' : `${fileIds.length} files`)
