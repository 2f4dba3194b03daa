'use client'

import { useEffect, useState, type ReactNode } from 'react'
import { createPortal } from 'react-dom'
import type { CodeEditor } from './hunk-decorations.ts'
import { InlineEditForm, type InlineEditFormProps } from './inline-edit-form.tsx'
import { InlineEditZone } from './inline-edit-zone.ts'

/** The prompt of an inline edit, above its lines. */
export function InlineEdit({ editor, ...props }: Omit<InlineEditFormProps, 'onAsked'> & { editor: CodeEditor }): ReactNode {
  const { lines } = props.subject
  const [zone, setZone] = useState<InlineEditZone | null>(null)
  useEffect(() => {
    const created = new InlineEditZone(editor, lines)
    const content = new ResizeObserver(([entry]) => {
      const height = entry?.borderBoxSize[0]?.blockSize ?? 0
      if (height > 0) created.setHeight(height)
    })
    content.observe(created.domNode)
    // oxlint-disable-next-line react/set-state-in-effect -- what lives outside React is made and closed by this effect
    setZone(created)
    const reveal = requestAnimationFrame(() => created.reveal())
    return () => {
      cancelAnimationFrame(reveal)
      content.disconnect()
      created.dispose()
      setZone(null)
    }
  }, [editor, lines])
  return zone === null ? null : createPortal(<InlineEditForm {...props} onAsked={() => unselect(editor)} />, zone.domNode)
}

/** The bar beside the lines says which ones are meant; a selection over what is being written only hides it. */
function unselect(editor: CodeEditor) {
  const selection = editor.getSelection()
  if (selection !== null) editor.setPosition(selection.getStartPosition())
}
