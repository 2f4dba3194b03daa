'use client'

import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'
import { Tooltip } from './tooltip.tsx'

type IconButtonProps = Omit<ComponentProps<'button'>, 'aria-label'> & {
  /** What the button does; its accessible name and its tooltip. */
  label: string
  keys?: string | undefined
  size?: 'small' | 'medium'
  side?: 'top' | 'right' | 'bottom' | 'left'
}

/** A button that shows only an icon (its child). */
export function IconButton({ label, keys, size = 'medium', side = 'bottom', className, ...rest }: IconButtonProps) {
  return (
    <Tooltip label={label} keys={keys} side={side}>
      <button
        type="button"
        {...rest}
        aria-label={label}
        className={classNames(
          'inline-grid shrink-0 place-items-center rounded-control text-text-3 transition-colors duration-100 hover:bg-bg-hover hover:text-text-1 disabled:cursor-default disabled:opacity-50',
          size === 'small' ? 'size-6' : 'size-7',
          className,
        )}
      />
    </Tooltip>
  )
}
