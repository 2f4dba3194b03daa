import type { Ref } from 'react'
import type { ThreadsInEditor } from './editor-props.ts'

export type CompareHandle = { next(): void; previous(): void; comment(): void }

/** A file's text at an earlier moment beside what it is now. */
export type CompareAreaProps = {
  fileId: string
  /** Path now; of a file that is gone, the path it had. */
  path: string
  before: string
  /** The file does not exist any more. */
  gone: boolean
  /** In one column. */
  inline: boolean
  threads: ThreadsInEditor
  ref?: Ref<CompareHandle>
}
