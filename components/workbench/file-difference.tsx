'use client'

import { CompareArea } from '#editor/compare-area.tsx'
import type { DifferenceProps } from '#review/comparison.tsx'
import { NewThread } from '#review/new-thread.tsx'
import { ThreadView } from '#review/thread-view.tsx'

/** Draws a compared file with the editor's means. */
export function FileDifference({ file, inline, threads, ref }: DifferenceProps) {
  return (
    <CompareArea
      fileId={file.fileId}
      path={file.path}
      before={file.before}
      gone={file.kind === 'deleted'}
      inline={inline}
      threads={{ ...threads, ThreadView, NewThread }}
      {...(ref !== undefined && { ref })}
    />
  )
}
