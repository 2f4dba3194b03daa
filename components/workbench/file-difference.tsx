'use client'

import { CompareArea } from '#editor/compare-area.tsx'
import type { DifferenceProps } from '#review/comparison.tsx'

/** Draws a compared file with the editor's means. */
export function FileDifference({ file, inline, ref }: DifferenceProps) {
  return (
    <CompareArea
      fileId={file.fileId}
      path={file.path}
      before={file.before}
      gone={file.kind === 'deleted'}
      inline={inline}
      {...(ref !== undefined && { ref })}
    />
  )
}
