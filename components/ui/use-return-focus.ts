'use client'

import { useRef } from 'react'

/**
 * Gives the focus back to where it was when a dialog opened. The dialogs here open from commands and keys, without a trigger
 * that Radix could return to.
 */
export function useReturnFocus() {
  const before = useRef<Element | null>(null)
  return {
    /** Call it when the dialog opens, before the focus moves. */
    remember: () => {
      before.current = document.activeElement
    },
    onCloseAutoFocus: (event: Event) => {
      event.preventDefault()
      if (before.current instanceof HTMLElement) before.current.focus()
    },
  }
}
