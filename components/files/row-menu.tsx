import { copyText } from '#ui/copy-text.ts'
import type { MenuEntry } from '#ui/menu.tsx'
import { toast } from '#ui/toast.tsx'
import { Copy, CopyPlus, Download, FilePlus2, FolderInput, FolderPlus, FolderUp, Pencil, Sparkles, Trash2 } from 'lucide-react'
import type { TreeRow } from './build-tree.ts'

type RowActions = {
  newFile(): void
  newFolder(): void
  addFiles(): void
  rename(): void
  move(): void
  duplicate(): void
  remove(): void
  download(): void
  /** Undefined where there is nothing that the person may have reviewed. */
  review: (() => void) | undefined
}

const size = 14

/** What can be done with a row of the tree. */
export function rowMenu(row: TreeRow, canEdit: boolean, actions: RowActions): MenuEntry[] {
  const copy: MenuEntry = {
    type: 'item',
    label: 'Copy path',
    icon: <Copy size={size} aria-hidden />,
    onSelect: () =>
      void copyText(row.path).then((copied) => copied || toast.error('The browser did not let the path be copied')),
  }
  const download: MenuEntry = {
    type: 'item',
    label: 'Download',
    icon: <Download size={size} aria-hidden />,
    onSelect: actions.download,
  }
  const review: MenuEntry[] =
    actions.review === undefined
      ? []
      : [
          {
            type: 'item',
            label: row.type === 'file' ? 'Ask the assistant to review it' : 'Ask the assistant to review…',
            icon: <Sparkles size={size} aria-hidden />,
            onSelect: actions.review,
          },
        ]
  const passive = row.type === 'file' ? [copy, download, ...review] : [copy, ...review]
  if (!canEdit) return passive
  const duplicate: MenuEntry = {
    type: 'item',
    label: 'Duplicate',
    icon: <CopyPlus size={size} aria-hidden />,
    onSelect: actions.duplicate,
  }
  return [
    { type: 'item', label: 'New file…', icon: <FilePlus2 size={size} aria-hidden />, onSelect: actions.newFile },
    { type: 'item', label: 'New folder…', icon: <FolderPlus size={size} aria-hidden />, onSelect: actions.newFolder },
    { type: 'item', label: 'Add files here…', icon: <FolderUp size={size} aria-hidden />, onSelect: actions.addFiles },
    { type: 'separator' },
    ...passive,
    { type: 'separator' },
    { type: 'item', label: 'Rename', keys: 'F2', icon: <Pencil size={size} aria-hidden />, onSelect: actions.rename },
    { type: 'item', label: 'Move to…', icon: <FolderInput size={size} aria-hidden />, onSelect: actions.move },
    ...(row.type === 'file' ? [duplicate] : []),
    {
      type: 'item',
      label: 'Delete…',
      keys: 'Delete',
      danger: true,
      icon: <Trash2 size={size} aria-hidden />,
      onSelect: actions.remove,
    },
  ]
}
