'use client'

import { useVirtualizer, type Virtualizer } from '@tanstack/react-virtual'
import { useEffect, useEffectEvent, useId, useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react'

type VirtualTreeProps = {
  label: string
  /** Their number. */
  rows: number
  /** Index of the row that keys act on, and what stays the same of it while rows come and go above. */
  active: number
  activeKey: string | undefined
  /** A row whose height changes needs another key. */
  keyOf(place: number): string
  heightOf(place: number): number
  /** `pageRows`: how many rows Page Down goes. */
  onKeyDown(event: KeyboardEvent, pageRows: number): void
  /** The row at a place, an element with this id and the role `treeitem`. */
  children(place: number, id: string): ReactNode
  /** Takes the element that has the focus. */
  ref?: RefObject<HTMLDivElement | null>
}

/** Height of a row of one line, in px. */
export const lineHeight = 24

/** A tree that is one focus stop, and of whose rows only those in sight exist. */
export function VirtualTree(props: VirtualTreeProps) {
  const { rows, active, activeKey, keyOf, heightOf, onKeyDown, children } = props
  const own = useRef<HTMLDivElement>(null)
  const scroller = props.ref ?? own
  const id = useId()
  // oxlint-disable-next-line react/incompatible-library -- the list is not memoised, rows are
  const virtual = useVirtualizer({
    count: rows,
    getScrollElement: () => scroller.current,
    estimateSize: heightOf,
    overscan: 12,
    getItemKey: keyOf,
  })
  const showActive = useEffectEvent(() => {
    if (!isInSight(virtual, active)) virtual.scrollToIndex(active)
  })
  // Only when another row becomes active: rows that come and go above it while the assistant writes must not scroll the list.
  useEffect(() => {
    if (activeKey !== undefined) showActive()
  }, [activeKey])

  return (
    <div
      ref={scroller}
      role="tree"
      aria-label={props.label}
      tabIndex={0}
      aria-activedescendant={rows > 0 ? `${id}-${active}` : undefined}
      onKeyDown={(event) => onKeyDown(event, rowsOnPage(scroller.current))}
      className="group/tree min-h-0 flex-1 overflow-y-auto pb-4 outline-none"
    >
      <div role="presentation" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {virtual.getVirtualItems().map(({ key, index, start }) => (
          <div key={key} role="presentation" style={{ position: 'absolute', insetInline: 0, top: start }}>
            {children(index, `${id}-${index}`)}
          </div>
        ))}
      </div>
    </div>
  )
}

/** As far as the list knows without asking the page, which would lay it out anew in the middle of a frame's work. */
function isInSight(
  { scrollOffset, scrollRect, measurementsCache }: Virtualizer<HTMLDivElement, Element>,
  place: number,
): boolean {
  const row = measurementsCache[place]
  if (row === undefined || scrollOffset === null || scrollRect === null) return false
  return row.start >= scrollOffset && row.end <= scrollOffset + scrollRect.height
}

/** One less than there are, so that a row of the page before is still in sight. */
function rowsOnPage(scroller: HTMLElement | null): number {
  return Math.max(1, Math.floor((scroller?.clientHeight ?? lineHeight) / lineHeight) - 1)
}
