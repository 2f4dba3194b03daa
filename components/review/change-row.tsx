'use client'

import { isProposal } from '#protocol/hunks.ts'
import { classNames } from '#ui/class-names.ts'
import { LineCounts } from '#ui/line-counts.tsx'
import { lineHeight } from '#ui/virtual-tree.tsx'
import { WritingDot } from '#ui/writing-dot.tsx'
import { ChevronRight } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ChangeRow } from './change-rows.ts'
import { countWording, fileChangeLabel, hintOf, linesWording, rowName } from './change-wording.ts'
import type { LineCount, OpenChange } from './changes.ts'
import { FileName } from './file-name.tsx'

type ChangeRowProps = {
  row: ChangeRow
  id: string
  active: boolean
  /** Name of the person who asked for the row's turn. */
  asker: string
  onPress(): void
  /** What can be done with the row. */
  children: ReactNode
}

/** Heights in px; rows with a second line are higher. */
export function rowHeight(row: ChangeRow): number {
  if (row.type === 'turn') return 42
  return row.type === 'hunk' && hintOf(row.change.hunk) !== undefined ? 38 : lineHeight
}

/** One row of the tree of changes. */
export function ChangeRowView({ row, id, active, asker, onPress, children }: ChangeRowProps) {
  return (
    // The tree itself has the focus and the keys; rows are only pressed.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus
    <div
      id={id}
      role="treeitem"
      aria-level={row.level}
      aria-label={rowName(row)}
      aria-selected={active}
      {...(row.type === 'hunk' ? {} : { 'aria-expanded': row.open })}
      onClick={onPress}
      style={{ height: rowHeight(row), paddingLeft: indentPx[row.level] }}
      className={classNames(
        'group/row relative flex items-center gap-1.5 pr-3 text-text-2 select-none',
        row.type === 'turn' && 'border-t border-line',
        active ? 'bg-bg-3 text-text-1' : 'hover:bg-bg-hover',
        active && 'group-focus-visible/tree:shadow-[inset_0_0_0_1.5px_var(--focus)]',
      )}
    >
      {row.type !== 'hunk' && (
        <ChevronRight
          size={14}
          aria-hidden
          className={classNames('shrink-0 text-text-3 transition-transform duration-100', row.open && 'rotate-90')}
        />
      )}
      {row.type === 'turn' && <TurnContent row={row} asker={asker} />}
      {row.type === 'file' && <FileContent row={row} />}
      {row.type === 'hunk' && <HunkContent change={row.change} />}
      <div
        className={classNames(
          // What it covers of the row fades out.
          'absolute inset-y-0.5 right-1 flex items-center before:absolute before:inset-y-0 before:right-full before:w-5 before:bg-linear-to-r before:from-transparent focus-within:opacity-100 group-hover/row:opacity-100 [@media(hover:none)]:opacity-100',
          active ? 'bg-bg-3 opacity-100 before:to-bg-3' : 'bg-bg-hover opacity-0 before:to-bg-hover',
        )}
      >
        {children}
      </div>
    </div>
  )
}

const indentPx = { 1: 8, 2: 16, 3: 36 } as const

function TurnContent({ row: { turn }, asker }: { row: ChangeRow & { type: 'turn' }; asker: string }) {
  return (
    <div className="min-w-0 flex-1">
      <p className="truncate text-text-1">
        <span className="font-semibold">Turn {turn.number}</span> <span className="text-text-2">· {turn.prompt}</span>
      </p>
      <p className="flex items-center gap-1.5 text-small text-text-3">
        {turn.running && <WritingDot />}
        <span className="min-w-0 flex-1 truncate">
          {asker} · {countWording(turn.open, 'hunk')} in {countWording(turn.files.length, 'file')}
        </span>
        <Lines lines={turn.lines} />
      </p>
    </div>
  )
}

function FileContent({ row: { file } }: { row: ChangeRow & { type: 'file' } }) {
  const created = file.changes.some(({ hunk }) => hunk.kind === 'create')
  return (
    <>
      <span className="min-w-0 flex-1 truncate" title={file.path}>
        <FileName path={file.path} className={created && 'text-add-text'} />
      </span>
      {created && <span className="shrink-0 text-[10.5px] font-semibold text-add-text">new</span>}
      <Lines lines={file.lines} />
    </>
  )
}

function HunkContent({ change: { hunk, place } }: { change: OpenChange }) {
  const hint = hintOf(hunk)
  const ofFile = fileChangeLabel(hunk)
  const proposal = isProposal(hunk)
  // What was only taken out has no text of its own any more.
  const removes = hunk.kind === 'edit' && hunk.addedLines === 0 && !proposal
  const text = proposal ? hunk.proposedText : removes ? hunk.baseText : place?.text
  return (
    <div className="min-w-0 flex-1">
      <div className="flex items-center gap-1.5">
        {place !== undefined && (
          <span className="min-w-6 shrink-0 text-right font-mono text-small text-text-3 tabular-nums">{place.line}</span>
        )}
        {ofFile === undefined ? (
          <code className={classNames('min-w-0 flex-1 truncate font-mono text-small', removes && 'text-del-text line-through')}>
            {firstLine(text)}
          </code>
        ) : (
          <span className={classNames('min-w-0 flex-1 truncate', hunk.kind === 'delete' && 'text-bad')}>{ofFile}</span>
        )}
        {hunk.state === 'streaming' && <WritingDot />}
        {!proposal && ofFile === undefined && <Lines lines={{ added: hunk.addedLines, deleted: hunk.deletedLines }} />}
      </div>
      {hint !== undefined && (
        <p title={hint} className={classNames('truncate text-small text-warn', place !== undefined && 'pl-7.5')}>
          {hint}
        </p>
      )}
    </div>
  )
}

function Lines({ lines }: { lines: LineCount }) {
  return <LineCounts {...lines} label={linesWording(lines)} />
}

function firstLine(text = ''): string {
  return (
    text
      .split('\n')
      .find((line) => line.trim() !== '')
      ?.trim() ?? ''
  )
}
