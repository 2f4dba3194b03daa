'use client'

import { lineHeight, VirtualTree } from '#ui/virtual-tree.tsx'
import type { KeyboardEvent, ReactNode } from 'react'
import { changeAction } from './change-keyboard.ts'
import { ChangeRowView, rowHeight } from './change-row.tsx'
import type { ChangeRow } from './change-rows.ts'

type ChangesTreeProps = {
  rows: ChangeRow[]
  /** Index of the row that keys act on. */
  active: number
  askerOf(participantId: string): string
  onActivate(row: ChangeRow): void
  onFold(row: ChangeRow, open: boolean): void
  /** `enter`: and go on in the editor. */
  onReveal(row: ChangeRow, enter: boolean): void
  onDecide(row: ChangeRow, decision: 'accept' | 'reject'): void
  /** What can be done with a row. */
  actions(row: ChangeRow, active: boolean): ReactNode
}

/** Turns, their files and the hunks in them. */
export function ChangesTree(props: ChangesTreeProps) {
  const { rows, active, onActivate, onFold, onReveal, onDecide } = props

  const press = (row: ChangeRow) => {
    onActivate(row)
    if (row.type === 'hunk') onReveal(row, false)
    else onFold(row, !row.open)
  }

  const onKeyDown = (event: KeyboardEvent, pageRows: number) => {
    // The buttons of the active row keep their own keys.
    if (event.target !== event.currentTarget) return
    const action = changeAction(event, rows, active, pageRows)
    if (action === undefined) return
    event.preventDefault()
    if (action.type === 'move') {
      const target = rows[action.to]
      if (target !== undefined) onActivate(target)
    }
    if (action.type === 'fold') onFold(action.row, action.open)
    if (action.type === 'reveal') onReveal(action.row, action.enter)
    if (action.type === 'decide') onDecide(action.row, action.decision)
  }

  return (
    <VirtualTree
      label="Changes"
      rows={rows.length}
      active={active}
      activeKey={rows[active]?.key}
      keyOf={(place) => keyAt(rows[place], place)}
      heightOf={(place) => heightAt(rows[place])}
      onKeyDown={onKeyDown}
    >
      {(place, id) => {
        const row = rows[place]
        if (!row) return null
        return (
          <ChangeRowView
            row={row}
            id={id}
            active={place === active}
            asker={props.askerOf(row.turn.askedBy)}
            onPress={() => press(row)}
          >
            {props.actions(row, place === active)}
          </ChangeRowView>
        )
      }}
    </VirtualTree>
  )
}

const heightAt = (row: ChangeRow | undefined) => (row === undefined ? lineHeight : rowHeight(row))
const keyAt = (row: ChangeRow | undefined, place: number) => (row === undefined ? `${place}` : `${row.key} ${rowHeight(row)}`)
