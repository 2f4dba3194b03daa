'use client'

import { classNames } from '#ui/class-names.ts'
import { Input } from '#ui/input.tsx'
import { Tooltip } from '#ui/tooltip.tsx'
import type { KeyboardEvent, ReactNode, Ref } from 'react'

type SearchFieldProps = {
  label: string
  placeholder: string
  value: string
  problem?: string | undefined
  onChange(value: string): void
  onKeyDown?(event: KeyboardEvent): void
  /** Switches that stand in the field. */
  children?: ReactNode
  ref?: Ref<HTMLInputElement>
}

/** A one-line field of the search, with room for switches at its end. */
export function SearchField({ label, placeholder, value, problem, onChange, onKeyDown, children, ref }: SearchFieldProps) {
  return (
    <div className="relative min-w-0 flex-1">
      <Input
        ref={ref}
        aria-label={label}
        aria-invalid={problem !== undefined}
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        className={classNames('h-7! font-mono text-small', children !== undefined && 'pr-[82px]')}
      />
      {children !== undefined && <div className="absolute top-0.5 right-0.5 flex">{children}</div>}
    </div>
  )
}

type SwitchProps = { label: string; pressed: boolean; onPress(): void; children: ReactNode }

/** One of the switches in a field. */
export function FieldSwitch({ label, pressed, onPress, children }: SwitchProps) {
  return (
    <Tooltip label={label}>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        onClick={onPress}
        className="grid size-6 place-items-center rounded-[5px] text-text-3 hover:bg-bg-hover hover:text-text-1 aria-pressed:bg-bg-3 aria-pressed:text-text-1 aria-pressed:shadow-[inset_0_0_0_1px_var(--line-strong)]"
      >
        {children}
      </button>
    </Tooltip>
  )
}
