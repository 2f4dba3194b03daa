'use client'

import { classNames } from '#ui/class-names.ts'
import { MessageSquare } from 'lucide-react'
import { useEffect, useId, useMemo, useRef, type KeyboardEvent } from 'react'
import type { ComparedFile } from './compared-files.ts'
import { FileName } from './file-name.tsx'
import { openThreads, threadCountWording } from './open-threads.ts'
import { LineCounts } from '#ui/line-counts.tsx'
import { useSession } from '#session/session-provider.tsx'

type ComparisonListProps = {
  files: readonly ComparedFile[]
  chosen: ComparedFile
  onChoose(file: ComparedFile): void
}

const kinds: Record<ComparedFile['kind'], { sign: string; label: string; className: string }> = {
  changed: { sign: 'M', label: 'changed', className: 'text-text-3' },
  created: { sign: 'A', label: 'new', className: 'text-add-text' },
  deleted: { sign: 'D', label: 'deleted', className: 'text-bad' },
  renamed: { sign: 'R', label: 'renamed', className: 'text-info' },
}

/** The files that differ, one focus stop; it takes the focus when it appears. */
export function ComparisonList({ files, chosen, onChoose }: ComparisonListProps) {
  const list = useRef<HTMLDivElement>(null)
  const id = useId()
  useEffect(() => list.current?.focus(), [])
  const viewed = useSession((state) => state.review.viewed)
  const threads = useSession((state) => state.review.threads)
  const counts = useMemo(() => openThreads(Object.values(threads)), [threads])
  const at = files.indexOf(chosen)
  useEffect(() => {
    list.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [at])

  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: files.length - 1 }[event.key]
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    const file = files[Math.min(Math.max(to, 0), files.length - 1)]
    if (file !== undefined) onChoose(file)
  }

  return (
    <div
      ref={list}
      role="listbox"
      aria-label="Files that differ"
      aria-activedescendant={`${id}-${at}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
      className="group/list max-h-32 shrink-0 overflow-y-auto border-b border-line bg-bg-1 py-1 outline-none wide:max-h-none wide:w-44 wide:border-r wide:border-b-0"
    >
      {files.map((file, index) => {
        const { sign, label, className } = kinds[file.kind]
        const count = counts.get(file.fileId)
        const threadWording = count && threadCountWording(count)
        return (
          // The list has the focus and the keys; its options are only pressed.
          // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
          <div
            key={file.fileId}
            id={`${id}-${index}`}
            role="option"
            aria-selected={file === chosen}
            aria-label={`${file.path}, ${label}${file.kind === 'renamed' ? ` from ${file.pathBefore}` : ''}${file.fileId in viewed ? ', viewed' : ''}${threadWording === undefined ? '' : `, ${threadWording}`}`}
            title={file.kind === 'renamed' ? `${file.pathBefore} → ${file.path}` : file.path}
            onClick={() => onChoose(file)}
            className={classNames(
              'flex h-6 items-center gap-2 px-3 select-none',
              file === chosen
                ? 'bg-bg-3 text-text-1 group-focus-visible/list:shadow-[inset_0_0_0_1.5px_var(--focus)]'
                : 'text-text-2 hover:bg-bg-hover',
            )}
          >
            <span className="min-w-0 flex-1 truncate">
              <FileName path={file.path} className={file.kind === 'deleted' && 'line-through'} />
            </span>
            {count !== undefined && (
              <span
                aria-hidden
                title={threadWording}
                className="flex shrink-0 items-center gap-0.5 font-mono text-[10.5px] leading-none font-semibold text-info tabular-nums"
              >
                <MessageSquare size={11} />
                {count.open + count.suggested}
              </span>
            )}
            {file.fileId in viewed && (
              <span aria-hidden className="shrink-0 text-small text-ok">
                ✓
              </span>
            )}
            {file.lines !== undefined && (
              <LineCounts {...file.lines} label={`${file.lines.added} lines added, ${file.lines.deleted} deleted`} />
            )}
            <span
              aria-hidden
              className={classNames('w-3 shrink-0 text-center font-mono text-[10.5px] font-semibold', className)}
            >
              {sign}
            </span>
          </div>
        )
      })}
    </div>
  )
}
