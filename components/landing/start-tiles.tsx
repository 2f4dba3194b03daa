'use client'

import { FilePlus2, FolderUp, LoaderCircle } from 'lucide-react'
import { useRef, type ChangeEvent } from 'react'
import { Menu } from '#ui/menu.tsx'
import { useInBrowser } from '#ui/use-in-browser.ts'

type StartTilesProps = { starting: string | undefined; onEmpty(): void; onFiles(files: File[]): void }

const tileClass =
  'flex w-full items-center gap-3 rounded-card border px-3.5 py-3 text-left transition-colors duration-100 hover:border-line-strong hover:bg-bg-2 disabled:cursor-default'

/** The two ways to start that bring no sample. */
export function StartTiles({ starting, onEmpty, onFiles }: StartTilesProps) {
  const folderInput = useRef<HTMLInputElement>(null)
  const fileInput = useRef<HTMLInputElement>(null)
  // What the server rendered answers nobody yet; a press must not get lost.
  const disabled = !useInBrowser() || starting !== undefined
  const picked = (event: ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])]
    event.target.value = ''
    if (files.length > 0) onFiles(files)
  }
  return (
    <div className="grid gap-3 pt-3 narrow:grid-cols-2">
      <button type="button" onClick={onEmpty} disabled={disabled} className={`${tileClass} border-line bg-bg-1`}>
        {starting === 'empty' ? (
          <LoaderCircle size={18} aria-hidden className="shrink-0 animate-spin text-text-3" />
        ) : (
          <FilePlus2 size={18} aria-hidden className="shrink-0 text-text-3" />
        )}
        <span className="min-w-0">
          <span className="block font-semibold">Empty session</span>
          <span className="block text-text-2">Describe what you want, or type it</span>
        </span>
      </button>
      <Menu
        label="Open your own files"
        align="start"
        entries={[
          { type: 'item', label: 'A folder…', onSelect: () => folderInput.current?.click() },
          { type: 'item', label: 'A zip or single files…', onSelect: () => fileInput.current?.click() },
        ]}
      >
        <button type="button" disabled={disabled} className={`${tileClass} border-dashed border-line-strong`}>
          <FolderUp size={18} aria-hidden className="shrink-0 text-text-3" />
          <span className="min-w-0">
            <span className="block font-semibold">Open a folder or zip</span>
            <span className="block text-text-2">Pick it, or drop it anywhere here</span>
          </span>
        </button>
      </Menu>
      <input ref={folderInput} type="file" aria-label="Folder to open" hidden onChange={picked} {...{ webkitdirectory: '' }} />
      <input ref={fileInput} type="file" aria-label="Zip or files to open" hidden multiple onChange={picked} />
    </div>
  )
}
