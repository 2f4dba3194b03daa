import type { FileNode } from './sessions.ts'

/** One change of a session's tree. `version` orders the changes of a session; a tab that knows a later one of a file keeps that. */
export type TreeChange = {
  version: number
  changed: FileNode[]
  removed: string[]
  /** Every folder that exists without files, as it is from now on; absent where that did not change. */
  folders?: string[]
}

export type TreeEvents = { 'tree.changed': TreeChange }
