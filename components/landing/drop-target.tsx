'use client'

import { FolderUp } from 'lucide-react'
import { useRef, useState, type DragEvent, type ReactNode } from 'react'

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files')
}

/** The whole page takes files; what was dropped is handed on in the drop event itself. */
export function DropTarget({ onDrop, children }: { onDrop(items: DataTransferItemList): void; children: ReactNode }) {
  // Entering a child fires before leaving its parent, so the depth says whether the pointer is still inside.
  const depth = useRef(0)
  const [over, setOver] = useState(false)
  const leave = () => {
    depth.current = 0
    setOver(false)
  }
  return (
    <div
      className="min-h-dvh"
      onDragEnter={(event) => {
        if (!carriesFiles(event)) return
        depth.current++
        setOver(true)
      }}
      onDragOver={(event) => {
        if (!carriesFiles(event)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
      }}
      onDragLeave={() => {
        depth.current--
        if (depth.current <= 0) leave()
      }}
      onDrop={(event) => {
        if (!carriesFiles(event)) return
        event.preventDefault()
        leave()
        onDrop(event.dataTransfer.items)
      }}
    >
      {children}
      {over && (
        <div className="pointer-events-none fixed inset-0 z-40 grid place-items-center bg-scrim p-4">
          <div className="flex items-center gap-3 rounded-panel border border-dashed border-line-strong bg-bg-1 px-6 py-5 shadow-float">
            <FolderUp size={20} aria-hidden className="text-text-2" />
            <span className="text-title font-semibold">Drop to open it as a new session</span>
          </div>
        </div>
      )}
    </div>
  )
}
