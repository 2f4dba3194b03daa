import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

const variants = {
  default: 'border-line-strong bg-bg-2 text-text-1 hover:bg-bg-hover',
  /** The one thing a view is for. */
  strong: 'border-transparent bg-strong text-on-strong font-medium hover:opacity-90',
  /** What concerns the assistant or speed, and nothing else. */
  ember: 'border-transparent bg-ember text-on-ember font-semibold hover:brightness-110',
  ghost: 'border-transparent text-text-2 hover:bg-bg-hover hover:text-text-1',
  danger: 'border-transparent bg-bad text-bg-2 font-medium hover:brightness-110',
} as const

const sizes = { small: 'h-6 px-2 text-small', medium: 'h-7 px-2.5', large: 'h-8 px-3.5' } as const

type ButtonProps = ComponentProps<'button'> & {
  variant?: keyof typeof variants
  size?: keyof typeof sizes
}

/** A button with a text label; see `IconButton` for one without. */
export function Button({ variant = 'default', size = 'medium', className, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={classNames(
        'inline-flex shrink-0 items-center justify-center gap-1.5 rounded-control border whitespace-nowrap transition-colors duration-100 select-none disabled:cursor-default disabled:opacity-50',
        variants[variant],
        sizes[size],
        className,
      )}
    />
  )
}
