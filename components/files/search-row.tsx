'use client'

import { classNames } from '#ui/class-names.ts'
import { IconButton } from '#ui/icon-button.tsx'
import { lineHeight } from '#ui/virtual-tree.tsx'
import { ChevronRight, Replace, ReplaceAll } from 'lucide-react'
import type { ReactNode } from 'react'
import { FileIcon } from './file-icon.tsx'
import type { ResultRow } from './search-results.ts'
import { countOf } from './search-wording.ts'
import { baseName, folderOf } from './tree-path.ts'

type SearchRowProps = {
  row: ResultRow
  id: string
  active: boolean
  replacing: boolean
  onPress(): void
  onReplace(): void
}

/** A file with its number of matches, or a line that matches and what would become of it. */
export function SearchRow({ row, id, active, replacing, onPress, onReplace }: SearchRowProps) {
  const { file } = row
  return (
    // The tree itself has the focus and the keys; rows are only pressed.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="treeitem"
      aria-level={row.type === 'file' ? 1 : 2}
      aria-selected={active}
      aria-label={row.type === 'file' ? `${file.path}, ${countOf(file.matches.length, 'match', 'matches')}` : matchLabel(row)}
      {...(row.type === 'file' ? { 'aria-expanded': row.open } : {})}
      onClick={onPress}
      style={{ height: lineHeight }}
      className={classNames(
        'group/row flex items-center gap-1.5 pr-2 text-text-2 select-none hover:bg-bg-hover',
        row.type === 'file' ? 'pl-2.5' : 'pl-8',
        active && 'bg-bg-3 group-focus-visible/tree:shadow-[inset_0_0_0_1.5px_var(--focus)]',
      )}
    >
      {row.type === 'file' ? (
        <>
          <ChevronRight size={14} aria-hidden className={classNames('shrink-0 text-text-3', row.open && 'rotate-90')} />
          <FileIcon path={file.path} />
          <span className="shrink-0 text-text-1">{baseName(file.path)}</span>
          <span className="min-w-0 flex-1 truncate text-small text-text-3">{folderOf(file.path)}</span>
        </>
      ) : (
        <Line row={row} replacing={replacing} />
      )}
      {replacing && (
        <IconButton
          label={row.type === 'file' ? `Replace in ${file.path}` : `Replace in line ${row.match.line}`}
          size="small"
          tabIndex={-1}
          onClick={(event) => {
            event.stopPropagation()
            onReplace()
          }}
          className={classNames('size-5! group-hover/row:visible', !active && 'invisible')}
        >
          {row.type === 'file' ? <ReplaceAll size={13} aria-hidden /> : <Replace size={13} aria-hidden />}
        </IconButton>
      )}
      {row.type === 'file' && (
        <span className="min-w-5 shrink-0 rounded-full bg-bg-3 px-1.5 text-center text-[10.5px] leading-4 text-text-2 tabular-nums">
          {file.matches.length}
        </span>
      )}
    </div>
  )
}

function Line({ row: { match }, replacing }: { row: ResultRow & { type: 'match' }; replacing: boolean }): ReactNode {
  const before = match.preview.slice(0, match.from).replace(/^\s+/, '')
  const found = match.preview.slice(match.from, match.to)
  return (
    <span className="min-w-0 flex-1 truncate font-mono text-small whitespace-pre">
      {/* Of much text before it, the end stays in sight. */}
      {before.length > 28 ? `…${before.slice(-26)}` : before}
      {replacing ? (
        <>
          <del className="bg-del-bg text-del-text">{found}</del>
          {match.replacement !== undefined && (
            <ins className="bg-add-bg text-add-text no-underline">{match.replacement.replaceAll('\n', '↵')}</ins>
          )}
        </>
      ) : (
        <mark className="rounded-[2px] bg-[color-mix(in_srgb,var(--info)_28%,transparent)] text-text-1">{found}</mark>
      )}
      {match.preview.slice(match.to)}
    </span>
  )
}

function matchLabel({ match }: ResultRow & { type: 'match' }): string {
  return `Line ${match.line}: ${match.preview.trim()}`
}
