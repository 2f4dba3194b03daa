'use client'

import { useProblems, type Problem } from '#editor/problems.ts'
import { baseName } from '#files/tree-path.ts'
import { Menu, type MenuEntry } from '#ui/menu.tsx'
import { CircleX, TriangleAlert } from 'lucide-react'

const mostShown = 50

const count = (amount: number, noun: string) => `${amount} ${noun}${amount === 1 ? '' : 's'}`

/** How many problems the language services see in the session's files; a menu leads to each of them. */
export function ProblemList({ onReveal }: { onReveal(problem: Problem): void }) {
  const { errors, warnings, list } = useProblems()
  const entries: MenuEntry[] =
    list.length === 0
      ? [{ type: 'heading', label: 'No problems in the files of this session.' }]
      : list.slice(0, mostShown).map((problem) => ({
          type: 'item',
          label: problem.message,
          detail: `${baseName(problem.path)}:${problem.line}`,
          icon:
            problem.severity === 'error' ? (
              <CircleX size={14} aria-label="Error" className="text-bad" />
            ) : (
              <TriangleAlert size={14} aria-label="Warning" className="text-warn" />
            ),
          onSelect: () => onReveal(problem),
        }))
  if (list.length > mostShown) entries.push({ type: 'heading', label: `and ${list.length - mostShown} more` })
  return (
    <Menu entries={entries} align="start" side="top" label="Problems" wide>
      <button
        type="button"
        aria-label={`Problems: ${count(errors, 'error')}, ${count(warnings, 'warning')}`}
        className="hidden h-full shrink-0 items-center gap-1.5 px-2 whitespace-nowrap hover:bg-bg-hover narrow:flex"
      >
        <CircleX size={13} aria-hidden className={errors > 0 ? 'text-bad' : 'text-text-3'} />
        {errors}
        <TriangleAlert size={13} aria-hidden className={warnings > 0 ? 'text-warn' : 'text-text-3'} />
        {warnings}
      </button>
    </Menu>
  )
}
