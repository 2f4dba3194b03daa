'use client'

import type { FileNode } from '#protocol/sessions.ts'

/** Files to mention, above the composer. The composer keeps the focus and moves the choice. */
export function MentionList({
  files,
  chosen,
  onTake,
}: {
  files: FileNode[]
  chosen: number
  onTake: (fileId: string) => void
}) {
  return (
    <div
      id="composer-mentions"
      role="listbox"
      aria-label="Files"
      className="absolute right-0 bottom-full left-0 mb-1.5 max-h-60 overflow-y-auto rounded-card border border-line-strong bg-bg-1 p-1 shadow-float"
    >
      {files.map((file, index) => {
        const cut = file.path.lastIndexOf('/') + 1
        return (
          <div
            key={file.fileId}
            id={`mention-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            onMouseDown={(event) => {
              event.preventDefault()
              onTake(file.fileId)
            }}
            className="flex h-7 cursor-pointer items-baseline gap-2 rounded-[5px] px-2 leading-7 hover:bg-bg-hover aria-selected:bg-bg-hover"
          >
            <span>{file.path.slice(cut)}</span>
            <span className="min-w-0 truncate text-small text-text-3">{file.path.slice(0, cut)}</span>
          </div>
        )
      })}
    </div>
  )
}
