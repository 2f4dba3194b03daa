'use client'

import type { FileNode } from '#protocol/sessions.ts'
import { useFileMarks } from '#files/use-file-marks.ts'
import { ContextMenu, type MenuEntry } from '#ui/menu.tsx'
import { useEffect, useRef, type KeyboardEvent } from 'react'
import { Tab } from './tab.tsx'
import { tabLabels } from './tabs.ts'

type TabBarProps = {
  files: FileNode[]
  active: string | null
  /** `enter`: and go on in the editor. */
  onOpen(fileId: string, enter: boolean): void
  onClose(fileId: string): void
  onCloseOthers(fileId: string): void
}

/** The open files. One focus stop: arrows move and show, Delete closes. */
export function TabBar({ files, active, onOpen, onClose, onCloseOthers }: TabBarProps) {
  const marks = useFileMarks()
  const list = useRef<HTMLDivElement>(null)
  const labels = tabLabels(files.map((file) => file.path))

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [active, files.length])

  const onKeyDown = (event: KeyboardEvent) => {
    const place = files.findIndex((file) => file.fileId === active)
    const targets: Record<string, number> = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: files.length - 1 }
    const target = targets[event.key]
    if (event.key === 'Delete' && active !== null) onClose(active)
    else if (target !== undefined && !event.altKey && !event.metaKey && !event.ctrlKey) {
      const file = files[(target + files.length) % files.length]
      if (file) onOpen(file.fileId, false)
      requestAnimationFrame(() => list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus())
    } else return
    event.preventDefault()
  }

  const menu = (fileId: string): MenuEntry[] => [
    { type: 'item', label: 'Close', onSelect: () => onClose(fileId) },
    { type: 'item', label: 'Close others', onSelect: () => onCloseOthers(fileId) },
  ]

  return (
    <div
      ref={list}
      role="tablist"
      aria-label="Open files"
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onWheel={(event) => {
        if (event.deltaX === 0 && list.current) list.current.scrollLeft += event.deltaY
      }}
      className="flex h-8.5 shrink-0 [scrollbar-width:none] overflow-x-auto overflow-y-hidden border-b border-line bg-bg-1 outline-none"
    >
      {files.map((file, place) => (
        <ContextMenu key={file.fileId} entries={menu(file.fileId)} label={`Actions for ${file.path}`}>
          <Tab
            file={file}
            label={labels[place] ?? { name: file.path }}
            selected={file.fileId === active}
            writing={marks.get(file.fileId)?.writing ?? false}
            undecided={(marks.get(file.fileId)?.open ?? 0) > 0}
            pending={marks.get(file.fileId)?.pending}
            onOpen={() => onOpen(file.fileId, true)}
            onClose={() => onClose(file.fileId)}
          />
        </ContextMenu>
      ))}
    </div>
  )
}
