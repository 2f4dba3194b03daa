import { monaco } from './monaco.ts'
import { problemBoard, type Problem } from './problems.ts'

/** Markers come in bursts while files are checked one by one; the board shows what they come to. */
const settleMs = 250

/** Posts Monaco's markers to the problem board. Returns its undo. */
export function watchProblems(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const watching = monaco.editor.onDidChangeMarkers(() => {
    clearTimeout(timer)
    timer = setTimeout(() => problemBoard.post(problems()), settleMs)
  })
  return () => {
    watching.dispose()
    clearTimeout(timer)
    problemBoard.post([])
  }
}

function problems(): Problem[] {
  const { Error: error, Warning: warning } = monaco.MarkerSeverity
  return monaco.editor
    .getModelMarkers({})
    .filter(({ severity, resource }) => (severity === error || severity === warning) && resource.scheme === 'file')
    .map(({ resource, startLineNumber, startColumn, message, severity }): Problem => ({
      path: resource.path.slice(1),
      line: startLineNumber,
      column: startColumn,
      message,
      severity: severity === error ? 'error' : 'warning',
    }))
    .toSorted((one, other) => (one.path < other.path ? -1 : one.path > other.path ? 1 : one.line - other.line))
}
