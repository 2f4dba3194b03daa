'use client'

import { X } from 'lucide-react'
import { Dialog as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { useReturnFocus } from './use-return-focus.ts'

type DialogProps = {
  open: boolean
  onOpenChange(open: boolean): void
  title: string
  description?: ReactNode
  children?: ReactNode
  /** Buttons, the one that goes on last. */
  footer?: ReactNode
  className?: string
}

/** Focus starts where the person goes on: in the first field, else on the last button of the footer. */
function focusFirst(event: Event) {
  const content = event.currentTarget as HTMLElement
  const target = content.querySelector<HTMLElement>('input, textarea') ?? [...content.querySelectorAll('button')].at(-1)
  if (!target) return
  event.preventDefault()
  target.focus()
}

/** A modal dialog: focus stays inside and returns to where it came from; Escape closes it. */
export function Dialog({ open, onOpenChange, title, description, children, footer, className }: DialogProps) {
  const { remember, onCloseAutoFocus } = useReturnFocus()
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 bg-scrim" />
        <Radix.Content
          onOpenAutoFocus={(event) => {
            remember()
            focusFirst(event)
          }}
          onCloseAutoFocus={onCloseAutoFocus}
          {...(description ? {} : { 'aria-describedby': undefined })}
          className={classNames(
            'fixed top-1/2 left-1/2 z-40 flex max-h-[calc(100dvh-32px)] w-[min(460px,calc(100vw-32px))] -translate-1/2 flex-col rounded-panel border border-line-strong bg-bg-1 shadow-float',
            className,
          )}
        >
          <div className="flex items-start gap-3 px-5 pt-4">
            <Radix.Title className="flex-1 text-title font-semibold">{title}</Radix.Title>
            <Radix.Close
              aria-label="Close"
              className="-mr-1.5 grid size-6 place-items-center rounded-control text-text-3 hover:bg-bg-hover hover:text-text-1"
            >
              <X size={15} aria-hidden />
            </Radix.Close>
          </div>
          {description && <Radix.Description className="px-5 pt-1 text-text-2">{description}</Radix.Description>}
          {children && <div className="min-h-0 overflow-y-auto px-5 pt-3">{children}</div>}
          {footer ? <div className="flex flex-wrap justify-end gap-2 p-5 pt-4">{footer}</div> : <div className="pb-4" />}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
