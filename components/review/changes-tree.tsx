'use client'

import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from 'react'
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

/** Turns, their files and the hunks in them: one focus stop with a tree's keys; only the rows in sight exist. */
export function ChangesTree(props: ChangesTreeProps) {
  const { rows, active, onActivate, onFold, onReveal, onDecide } = props
  const scroller = useRef<HTMLDivElement>(null)
  const id = useId()
  // oxlint-disable-next-line react/incompatible-library -- the list is not memoised, rows are
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (place) => heightAt(rows[place]),
    overscan: 12,
    getItemKey: (place) => keyAt(rows[place], place),
  })
  const activeKey = rows[active]?.key
  const latestActive = useRef(active)
  useEffect(() => {
    latestActive.current = active
  })
  // Only when another row becomes active: rows that come and go above it while hunks stream must not scroll the list.
  useEffect(() => {
    if (activeKey !== undefined) virtual.scrollToIndex(latestActive.current)
  }, [virtual, activeKey])

  const press = (row: ChangeRow) => {
    onActivate(row)
    if (row.type === 'hunk') onReveal(row, false)
    else onFold(row, !row.open)
  }

  const onKeyDown = (event: KeyboardEvent) => {
    // The buttons of the active row keep their own keys.
    if (event.target !== event.currentTarget) return
    const pageRows = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 24) / 24) - 1)
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
    <div
      ref={scroller}
      role="tree"
      aria-label="Changes"
      tabIndex={0}
      aria-activedescendant={rows.length > 0 ? `${id}-${active}` : undefined}
      onKeyDown={onKeyDown}
      className="group/tree min-h-0 flex-1 overflow-y-auto pb-4 outline-none"
    >
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map((item) => {
          const row = rows[item.index]
          if (!row) return null
          return (
            <div
              key={item.key}
              role="presentation"
              style={{ position: 'absolute', insetInline: 0, transform: `translateY(${item.start}px)` }}
            >
              <ChangeRowView
                row={row}
                id={`${id}-${item.index}`}
                active={item.index === active}
                asker={props.askerOf(row.turn.askedBy)}
                onPress={() => press(row)}
              >
                {props.actions(row, item.index === active)}
              </ChangeRowView>
            </div>
          )
        })}
      </div>
    </div>
  )
}

const heightAt = (row: ChangeRow | undefined) => (row === undefined ? 24 : rowHeight(row))
const keyAt = (row: ChangeRow | undefined, place: number) => (row === undefined ? place : `${row.key} ${rowHeight(row)}`)
