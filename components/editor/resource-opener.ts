import { monaco } from './monaco.ts'

/** *Go to definition* and its like lead to another file of the session. */
export function openResources(
  fileIdOf: (path: string) => string | undefined,
  open: (place: { fileId: string; line: number; column: number }) => void,
): { dispose(): void } {
  return monaco.editor.registerEditorOpener({
    openCodeEditor: (_source, resource, place) => {
      const fileId = fileIdOf(resource.path.slice(1))
      if (fileId === undefined) return false
      open({ fileId, ...lineAndColumn(place) })
      return true
    },
  })
}

/** Monaco hands over a position or a range. */
function lineAndColumn(place: unknown): { line: number; column: number } {
  const { startLineNumber, startColumn, lineNumber, column } = (place ?? {}) as Partial<Record<string, number>>
  return { line: startLineNumber ?? lineNumber ?? 1, column: startColumn ?? column ?? 1 }
}
