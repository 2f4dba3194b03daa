'use client'

import { useCallback, useState, type ReactNode } from 'react'
import { createPortal } from 'react-dom'

/**
 * Content that keeps its state (undo histories, a draft, the place it is scrolled to) while the layout around it becomes another one:
 * `place` may move within the tree. Render `content` once, behind the layout, so that the place is there first.
 */
export function useKept(content: ReactNode): { content: ReactNode; place: ReactNode } {
  const [host] = useState(() => {
    const element = document.createElement('div')
    element.style.display = 'contents'
    return element
  })
  return { content: createPortal(content, host), place: <Place host={host} /> }
}

function Place({ host }: { host: HTMLElement }) {
  const take = useCallback((place: HTMLElement | null) => place?.append(host), [host])
  return <div ref={take} className="contents" />
}
