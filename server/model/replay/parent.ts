import { fstatSync } from 'node:fs'

/**
 * Calls `onGone` when the process that started this one is gone: its IPC channel closes, or the pipe that it holds on
 * stdin does. A terminal, a file or /dev/null on stdin says nothing about a parent.
 */
export function onParentGone(onGone: () => void) {
  if (process.connected) process.once('disconnect', onGone)
  if (!stdinIsPipe()) return
  process.stdin.once('end', onGone).once('close', onGone).once('error', onGone)
  process.stdin.resume()
}

function stdinIsPipe(): boolean {
  try {
    const stat = fstatSync(0)
    return stat.isFIFO() || stat.isSocket()
  } catch {
    return false
  }
}
