'use client'

import { useEffect, useLayoutEffect, useState, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import type { CodeEditor } from './hunk-decorations.ts'
import { ThreadZone } from './thread-zone.ts'

/** Shows its children under a line of the code, before the next key arrives where it is shown by `flushSync`. */
export function ThreadZonePortal({ editor, line, children }: { editor: CodeEditor; line: number; children: ReactNode }) {
  const [zone, setZone] = useState<ThreadZone | null>(null)
  useLayoutEffect(() => {
    const created = new ThreadZone(editor, 1)
    const content = new ResizeObserver(([entry]) => {
      const height = entry?.borderBoxSize[0]?.blockSize ?? 0
      if (height > 0) created.setHeight(height)
    })
    content.observe(created.domNode)
    // oxlint-disable-next-line react/set-state-in-effect -- what lives outside React is made and closed by this effect
    setZone(created)
    return () => {
      content.disconnect()
      created.dispose()
      setZone(null)
    }
  }, [editor])
  useEffect(() => zone?.moveTo(line), [zone, line])
  return zone === null ? null : createPortal(children, zone.domNode)
}
