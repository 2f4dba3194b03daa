import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return (
    <input
      autoComplete="off"
      spellCheck={false}
      {...rest}
      className={classNames(
        'h-8 w-full rounded-control border border-line-strong bg-bg-2 px-2.5 text-text-1 focus:border-focus focus:outline-1 focus:outline-offset-0 focus:outline-focus aria-invalid:border-bad aria-invalid:outline-bad',
        className,
      )}
    />
  )
}
