'use client'

import type { BaseId } from '#protocol/bases.ts'
import { IconButton } from '#ui/icon-button.tsx'
import { ArrowDown, ArrowUp, ChevronDown, Columns2, FileDiff, Rows2, Sparkles, X } from 'lucide-react'
import { BaseMenu } from './base-menu.tsx'
import type { Base } from './bases.ts'
import type { ComparedFile } from './compared-files.ts'
import { ViewedMark } from './viewed-mark.tsx'

type ComparisonHeaderProps = {
  base: Base
  onBase(baseId: BaseId): void
  /** The file whose difference is shown. */
  file: ComparedFile | undefined
  inline: boolean
  onInline(inline: boolean): void
  onStep(way: 'next' | 'previous'): void
  /** Absent where the person may not ask, or nothing can be reviewed. */
  onReview: (() => void) | undefined
  onExport(): void
  onClose(): void
}

/** What is compared with what, and what can be done with the difference. */
export function ComparisonHeader(props: ComparisonHeaderProps) {
  const { base, file, inline } = props
  return (
    <header className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-1 border-b border-line pr-1.5 pl-1.5">
      <h2 className="flex min-w-48 flex-1 items-center gap-1.5 font-semibold">
        <BaseMenu chosen={base.baseId} onChoose={props.onBase} align="start">
          <button
            type="button"
            title="Compare with something else"
            className="flex h-7 min-w-0 items-center gap-1 rounded-control px-1.5 hover:bg-bg-hover"
          >
            <span className="truncate">{base.title}</span>
            <ChevronDown size={14} aria-hidden className="shrink-0 text-text-3" />
          </button>
        </BaseMenu>
        <span className="shrink-0">
          <span className="font-normal text-text-3">↔</span> now
        </span>
      </h2>
      <div className="ml-auto flex h-9 items-center gap-1">
        {file !== undefined && (
          <>
            {file.kind !== 'deleted' && <ViewedMark fileId={file.fileId} />}
            <IconButton label="Previous change" keys="Shift+F7" size="small" onClick={() => props.onStep('previous')}>
              <ArrowUp size={14} aria-hidden />
            </IconButton>
            <IconButton label="Next change" keys="F7" size="small" onClick={() => props.onStep('next')}>
              <ArrowDown size={14} aria-hidden />
            </IconButton>
            <IconButton
              label={inline ? 'Show side by side' : 'Show inline'}
              size="small"
              onClick={() => props.onInline(!inline)}
            >
              {inline ? <Columns2 size={14} aria-hidden /> : <Rows2 size={14} aria-hidden />}
            </IconButton>
            {props.onReview !== undefined && (
              <IconButton label="Ask the assistant to review these changes" size="small" onClick={props.onReview}>
                <Sparkles size={14} aria-hidden className="text-ember-text" />
              </IconButton>
            )}
            <IconButton label="Export these changes as a patch" size="small" onClick={props.onExport}>
              <FileDiff size={14} aria-hidden />
            </IconButton>
          </>
        )}
        <IconButton label="Close the comparison" keys="Esc" size="small" onClick={props.onClose}>
          <X size={14} aria-hidden />
        </IconButton>
      </div>
    </header>
  )
}
