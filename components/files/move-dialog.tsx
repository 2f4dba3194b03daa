'use client'

import type { FileNode } from '#protocol/sessions.ts'
import { useReturnFocus } from '#ui/use-return-focus.ts'
import { Command } from 'cmdk'
import { Folder } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { TreeRow } from './build-tree.ts'
import { allFolders } from './tree-path.ts'
import { canMove } from './use-tree-drop.ts'

type MoveDialogProps = {
  row: TreeRow
  files: FileNode[]
  folders: readonly string[]
  onMove(folder: string): void
  onClose(): void
}

/** Asks into which folder a file or folder goes. */
export function MoveDialog({ row, files, folders, onMove, onClose }: MoveDialogProps) {
  const { remember, onCloseAutoFocus } = useReturnFocus()
  const targets = ['', ...allFolders(files, folders)].filter((folder) => canMove(row, folder))
  const title = `Move ${row.name} to…`
  return (
    <Radix.Root open onOpenChange={onClose}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          aria-describedby={undefined}
          onOpenAutoFocus={remember}
          onCloseAutoFocus={onCloseAutoFocus}
          className="fixed top-[12dvh] left-1/2 z-50 w-[min(460px,calc(100vw-16px))] -translate-x-1/2 overflow-hidden rounded-panel border border-line-strong bg-bg-1 shadow-float"
        >
          <Radix.Title className="px-3.5 pt-3 font-semibold">{title}</Radix.Title>
          <Command label={title} loop>
            <Command.Input
              placeholder="Find a folder"
              className="h-10 w-full border-b border-line bg-transparent px-3.5 text-[14px] outline-none"
            />
            <Command.List className="max-h-[min(360px,50dvh)] overflow-y-auto p-1">
              <Command.Empty className="px-2.5 py-2 text-text-3">
                No such folder. Make it first with New folder in the tree.
              </Command.Empty>
              {targets.map((folder) => (
                <Command.Item
                  key={folder}
                  value={folder === '' ? 'top of the session' : folder}
                  onSelect={() => onMove(folder)}
                  className="flex h-8 items-center gap-2.5 rounded-[5px] px-2.5 text-text-1 select-none data-[selected=true]:bg-bg-hover"
                >
                  <Folder size={14} aria-hidden className="shrink-0 text-text-3" />
                  <span className="min-w-0 truncate">{folder === '' ? 'Top of the session' : folder}</span>
                </Command.Item>
              ))}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
