'use client'

import { Check } from 'lucide-react'
import { ContextMenu as RadixContext, DropdownMenu as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { Kbd } from './kbd.tsx'
import { useReturnFocus } from './use-return-focus.ts'

export type MenuEntry =
  | {
      type: 'item'
      label: string
      icon?: ReactNode
      detail?: string
      keys?: string | undefined
      danger?: boolean
      onSelect(): void
    }
  | { type: 'choice'; label: string; detail?: string; checked: boolean; disabled?: boolean; onSelect(): void }
  | { type: 'heading'; label: string; detail?: string }
  | { type: 'separator' }

const contentClass =
  'z-50 max-h-[var(--radix-popper-available-height)] min-w-48 max-w-[min(var(--menu-width,320px),calc(100vw-16px))] animate-appear overflow-y-auto rounded-card border border-line-strong bg-bg-1 p-1 shadow-float'
const itemClass =
  'flex min-h-7 items-center gap-2 rounded-[5px] px-2 py-1 outline-none select-none data-[highlighted]:bg-bg-hover data-[disabled]:opacity-50'

type Parts = {
  Item: typeof Radix.Item | typeof RadixContext.Item
  CheckboxItem: typeof Radix.CheckboxItem | typeof RadixContext.CheckboxItem
  Label: typeof Radix.Label | typeof RadixContext.Label
  Separator: typeof Radix.Separator | typeof RadixContext.Separator
}

function Entries({ entries, parts: { Item, CheckboxItem, Label, Separator } }: { entries: MenuEntry[]; parts: Parts }) {
  return entries.map((entry, index) => {
    switch (entry.type) {
      case 'separator':
        return <Separator key={index} className="mx-1 my-1 h-px bg-line" />
      case 'heading':
        return (
          <Label key={index} className="flex items-baseline gap-2 px-2 pt-1.5 pb-1 text-small text-text-3">
            <span className="flex-1">{entry.label}</span>
            {entry.detail}
          </Label>
        )
      case 'choice':
        return (
          <CheckboxItem
            key={index}
            checked={entry.checked}
            disabled={entry.disabled ?? false}
            onSelect={entry.onSelect}
            className={classNames(itemClass, 'text-text-1')}
          >
            <span className="w-4 shrink-0">{entry.checked && <Check size={14} aria-hidden />}</span>
            <span className={classNames('truncate', entry.detail ? 'max-w-1/2 shrink-0' : 'min-w-0 flex-1')}>
              {entry.label}
            </span>
            {entry.detail && <span className="min-w-0 flex-1 truncate text-right text-small text-text-3">{entry.detail}</span>}
          </CheckboxItem>
        )
      case 'item':
        return (
          <Item
            key={index}
            onSelect={entry.onSelect}
            className={classNames(itemClass, entry.danger ? 'text-bad' : 'text-text-1')}
          >
            <span className={classNames('w-4 shrink-0', !entry.danger && 'text-text-3')}>{entry.icon}</span>
            <span className="min-w-0 flex-1 truncate">{entry.label}</span>
            {entry.detail && <span className="shrink-0 text-small text-text-3">{entry.detail}</span>}
            {entry.keys && <Kbd keys={entry.keys} />}
          </Item>
        )
    }
  })
}

type MenuProps = {
  entries: MenuEntry[]
  /** The button that opens it. */
  children: ReactNode
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'bottom'
  label: string
  /** For entries that are sentences. */
  wide?: boolean
  /** The focus goes back to where it was before the button was pressed. */
  returnsFocus?: boolean
}

/** A menu that opens from a button. */
export function Menu({
  entries,
  children,
  align = 'end',
  side = 'bottom',
  label,
  wide = false,
  returnsFocus = false,
}: MenuProps) {
  const { remember, onCloseAutoFocus } = useReturnFocus()
  return (
    <Radix.Root modal={false} onOpenChange={(open) => open && remember()}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          align={align}
          side={side}
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          {...(returnsFocus && { onCloseAutoFocus })}
          className={classNames(contentClass, wide && '[--menu-width:640px]')}
        >
          <Entries entries={entries} parts={Radix} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

/** A menu that opens where `children` is right-clicked (or long-pressed, or with the menu key). */
export function ContextMenu({ entries, children, label }: { entries: MenuEntry[]; children: ReactNode; label: string }) {
  return (
    <RadixContext.Root modal={false}>
      <RadixContext.Trigger asChild>{children}</RadixContext.Trigger>
      <RadixContext.Portal>
        <RadixContext.Content
          collisionPadding={8}
          aria-label={label}
          className={contentClass}
          onCloseAutoFocus={(event) => event.preventDefault()}
        >
          <Entries entries={entries} parts={RadixContext} />
        </RadixContext.Content>
      </RadixContext.Portal>
    </RadixContext.Root>
  )
}
