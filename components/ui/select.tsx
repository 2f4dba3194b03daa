import type { ComponentProps } from 'react'
import { classNames } from './class-names.ts'

type SelectProps = Omit<ComponentProps<'select'>, 'children' | 'onChange'> & {
  options: readonly { value: string; label: string }[]
  onValue(value: string): void
}

/** The browser's own list of choices: works with every keyboard, screen reader and telephone. */
export function Select({ options, onValue, className, ...rest }: SelectProps) {
  return (
    <select
      {...rest}
      onChange={(event) => onValue(event.target.value)}
      className={classNames(
        'h-8 min-w-0 rounded-control border border-line-strong bg-bg-2 px-2 text-text-1 focus:border-focus focus:outline-1 focus:outline-offset-0 focus:outline-focus disabled:opacity-50',
        className,
      )}
    >
      {options.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  )
}
