'use client'

import { useSyncExternalStore } from 'react'
import type { CursorStore } from './cursor-store.ts'

/** Line and column in the shown file; pressing it asks for another line. */
export function CursorPlaceButton({ cursor, fileId, onGoToLine }: { cursor: CursorStore; fileId: string; onGoToLine(): void }) {
  const place = useSyncExternalStore(cursor.subscribe, cursor.read, cursor.read)
  if (place === null || place.fileId !== fileId) return null
  return (
    <button
      type="button"
      onClick={onGoToLine}
      aria-label={`Line ${place.line}, column ${place.column}: go to another line`}
      className="hidden h-full shrink-0 items-center gap-1.5 px-2 whitespace-nowrap hover:bg-bg-hover narrow:flex"
    >
      {place.line}:{place.column}
      {place.selectionLength > 0 && <span className="text-text-3">({place.selectionLength} selected)</span>}
    </button>
  )
}
