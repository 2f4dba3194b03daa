import type { CursorPlace } from '#editor/editor-props.ts'
import type { EditorSelection } from '#chat/references.ts'

/** Where the person's cursor is. Kept outside React state, since it moves with every key and few parts show it. */
export type CursorStore = {
  set(place: CursorPlace | null): void
  read(): CursorPlace | null
  /** The selected lines; the same object until they change. */
  readSelection(): EditorSelection | null
  subscribe(listener: () => void): () => void
}

export function createCursorStore(): CursorStore {
  const listeners = new Set<() => void>()
  let place: CursorPlace | null = null
  let selection: EditorSelection | null = null
  return {
    set(next) {
      place = next
      const selected = next !== null && next.selectionLength > 0 ? next : null
      const same =
        selection?.fileId === selected?.fileId &&
        selection?.fromLine === selected?.fromLine &&
        selection?.toLine === selected?.toLine
      if (!same) selection = selected && { fileId: selected.fileId, fromLine: selected.fromLine, toLine: selected.toLine }
      for (const listener of listeners) listener()
    },
    read: () => place,
    readSelection: () => selection,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
