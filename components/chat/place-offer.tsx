'use client'

import { useSession } from '#session/session-provider.tsx'
import type { EditorSelection } from './references.ts'

/** Offers to write down the lines that are selected in the editor, so that whoever reads it can go there. */
export function PlaceOffer({ selection, onInsert }: { selection: EditorSelection | null; onInsert: (place: string) => void }) {
  const path = useSession(({ files }) => files.find(({ fileId }) => fileId === selection?.fileId)?.path)
  if (selection === null || path === undefined) {
    return <p className="min-w-0 flex-1 truncate px-1 text-small text-text-3">@ mentions a person · file.ts:12 links there</p>
  }
  const { fromLine, toLine } = selection
  const lines = fromLine === toLine ? `${fromLine}` : `${fromLine}-${toLine}`
  const label = `${path.split('/').at(-1)}:${lines}`
  return (
    <span className="flex min-w-0 flex-1">
      <button
        type="button"
        title={path}
        aria-label={`Write down ${label}`}
        onClick={() => onInsert(`${path}:${lines}`)}
        className="max-w-full truncate rounded-[5px] bg-bg-3 px-1.5 text-small text-text-2 hover:bg-bg-hover hover:text-text-1"
      >
        + {label}
      </button>
    </span>
  )
}
