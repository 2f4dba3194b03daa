'use client'

import { IconButton } from '#ui/icon-button.tsx'
import { Check, GitCompare, X } from 'lucide-react'
import type { MouseEvent } from 'react'
import { changesOf, type ChangeRow } from './change-rows.ts'
import { rowSubject } from './change-wording.ts'
import { decidable } from './changes.ts'

type RowActionsProps = {
  row: ChangeRow
  /** Only the active row's buttons are stops of the Tab key. */
  active: boolean
  mayDecide: boolean
  deciding: boolean
  onDecide(row: ChangeRow, decision: 'accept' | 'reject'): void
  onCompare(turnId: string): void
}

/** Accept, reject and compare for a row of the tree of changes. */
export function RowActions({ row, active, mayDecide, deciding, onDecide, onCompare }: RowActionsProps) {
  const hunks = changesOf(row).map(({ hunk }) => hunk)
  const subject = rowSubject(row)
  const tabIndex = active ? 0 : -1
  // A press of a button is not a press of its row.
  const on = (action: () => void) => (event: MouseEvent) => {
    event.stopPropagation()
    action()
  }
  const acceptable = decidable(hunks, 'accept').length > 0
  const rejectable = acceptable || decidable(hunks, 'reject').length > 0
  const decisionButton = (verb: string, decision: 'accept' | 'reject') => {
    const [Icon, colour] = decision === 'accept' ? [Check, 'hover:text-ok'] : [X, 'hover:text-bad']
    return (
      <IconButton
        label={`${verb} ${subject}`}
        size="small"
        tabIndex={tabIndex}
        disabled={deciding}
        onClick={on(() => onDecide(row, decision))}
        className={colour}
      >
        <Icon size={14} aria-hidden />
      </IconButton>
    )
  }
  return (
    <>
      {row.type === 'turn' && (
        <IconButton
          label="Compare with before this turn"
          size="small"
          tabIndex={tabIndex}
          onClick={on(() => onCompare(row.turn.turnId))}
        >
          <GitCompare size={13} aria-hidden />
        </IconButton>
      )}
      {mayDecide && acceptable && decisionButton('Accept', 'accept')}
      {mayDecide && rejectable && decisionButton(acceptable ? 'Reject' : 'Dismiss', 'reject')}
    </>
  )
}
