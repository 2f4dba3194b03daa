'use client'

import { AlertDialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { Button } from './button.tsx'
import { useReturnFocus } from './use-return-focus.ts'

type ConfirmDialogProps = {
  open: boolean
  onOpenChange(open: boolean): void
  title: string
  /** What will be gone, and what stays. */
  description: ReactNode
  /** The verb on the button that does it. */
  confirm: string
  onConfirm(): void
  /** Something less, that can be done instead. */
  otherwise?: { label: string; onSelect(): void }
}

/** Asks before something that cannot be undone. Focus starts on Cancel. */
export function ConfirmDialog({ open, onOpenChange, title, description, confirm, onConfirm, otherwise }: ConfirmDialogProps) {
  const { remember, onCloseAutoFocus } = useReturnFocus()
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          onOpenAutoFocus={remember}
          onCloseAutoFocus={onCloseAutoFocus}
          className="fixed top-1/2 left-1/2 z-40 w-[min(420px,calc(100vw-32px))] -translate-1/2 rounded-panel border border-line-strong bg-bg-1 p-5 shadow-float"
        >
          <Radix.Title className="text-title font-semibold">{title}</Radix.Title>
          <Radix.Description className="pt-1 text-text-2">{description}</Radix.Description>
          <div className="flex flex-wrap justify-end gap-2 pt-5">
            <Radix.Cancel asChild>
              <Button>Cancel</Button>
            </Radix.Cancel>
            {otherwise && (
              <Radix.Action asChild>
                <Button onClick={otherwise.onSelect}>{otherwise.label}</Button>
              </Radix.Action>
            )}
            <Radix.Action asChild>
              <Button variant="danger" onClick={onConfirm}>
                {confirm}
              </Button>
            </Radix.Action>
          </div>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
