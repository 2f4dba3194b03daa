'use client'

import { turnFailureWording } from '#chat/failure-wording.ts'
import { EditorArea } from '#editor/editor-area.tsx'
import type { EditorAreaProps } from '#editor/editor-props.ts'
import type { BaseId } from '#protocol/bases.ts'
import type { FileNode } from '#protocol/sessions.ts'
import { Comparison, type ComparisonHandle } from '#review/comparison.tsx'
import type { ComponentProps, Ref } from 'react'
import { BinaryFile } from './binary-file.tsx'
import type { CommandRunners } from './commands.ts'
import { FileDifference } from './file-difference.tsx'
import { TabBar } from './tab-bar.tsx'
import { editorPanelId } from './tabs.ts'
import type { Comparing } from './use-comparing.ts'
import type { ReviewAsking } from './use-review-asking.tsx'
import { Welcome } from './welcome.tsx'

type EditorCenterProps = {
  run: CommandRunners
  tabs: ComponentProps<typeof TabBar>
  /** The file that is shown. */
  file: FileNode | undefined
  comparing: Comparing
  comparison: Ref<ComparisonHandle>
  onReview: ReviewAsking['ask']
  onExportPatch(baseId: BaseId): void
  area: Omit<EditorAreaProps, 'fileId' | 'wordFailure'>
}

/** Tabs, and what the chosen one shows. */
export function EditorCenter({ run, tabs, file, comparing, comparison, onReview, onExportPatch, area }: EditorCenterProps) {
  // The comparison has the thread while it lies over the editor.
  const threads = comparing.baseId === null ? area.threads : { ...area.threads, shownThreadId: null }
  return (
    <section aria-label="Editor" className="flex h-full min-h-0 flex-col bg-bg-2">
      <TabBar {...tabs} />
      <div id={editorPanelId} role="tabpanel" aria-label={file ? file.path : 'No file'} className="relative min-h-0 flex-1">
        {/* The editor stays while nothing of its own is shown: it keeps undo histories, and follows into the first file. */}
        <div className="absolute inset-0" inert={file?.kind !== 'text' || comparing.baseId !== null}>
          <EditorArea
            {...area}
            threads={threads}
            fileId={file?.kind === 'text' ? file.fileId : null}
            wordFailure={turnFailureWording}
          />
        </div>
        {file?.kind !== 'text' && (
          <div className="absolute inset-0 z-10 bg-bg-2">{file ? <BinaryFile file={file} /> : <Welcome run={run} />}</div>
        )}
        {comparing.baseId !== null && (
          <Comparison
            ref={comparison}
            baseId={comparing.baseId}
            onBase={comparing.with}
            Difference={FileDifference}
            threads={area.threads}
            onReview={onReview}
            onExport={onExportPatch}
            onClose={comparing.end}
          />
        )}
      </div>
    </section>
  )
}
