'use client'

import { X } from 'lucide-react'
import type { FileNode } from '#protocol/sessions.ts'
import type { Reference } from '#protocol/turns.ts'
import { referenceLabel } from './references.ts'

/** What goes along with the prompt; each can be left out. */
export function ReferenceChips({
  references,
  files,
  onRemove,
}: {
  references: Reference[]
  files: FileNode[]
  onRemove: (fileId: string) => void
}) {
  return (
    <ul aria-label="Goes along" className="flex min-w-0 flex-1 flex-wrap gap-1.5">
      {references.length === 0 && <li className="px-1 text-small text-text-3">@ mentions a file</li>}
      {references.map((reference) => {
        const path = files.find((file) => file.fileId === reference.fileId)?.path ?? ''
        const label = referenceLabel(reference, path)
        return (
          <li
            key={reference.fileId}
            title={path}
            className="flex h-5 items-center gap-1 rounded-[5px] bg-bg-3 pr-0.5 pl-1.5 text-small text-text-2"
          >
            <span className="max-w-40 truncate">{label}</span>
            <button
              type="button"
              aria-label={`Leave out ${label}`}
              onClick={() => onRemove(reference.fileId)}
              className="grid size-4 place-items-center rounded-sm hover:bg-bg-hover hover:text-text-1"
            >
              <X size={11} aria-hidden />
            </button>
          </li>
        )
      })}
    </ul>
  )
}
