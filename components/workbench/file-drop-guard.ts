import type { DragEvent } from 'react'

const carriesFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files')

/** A file that is dropped on the page would make the browser leave the session for it. */
export const fileDropGuard = {
  onDragOver(event: DragEvent) {
    if (!carriesFiles(event)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'none'
  },
  onDrop(event: DragEvent) {
    if (carriesFiles(event)) event.preventDefault()
  },
}
