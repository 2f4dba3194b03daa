import type { ReactNode } from 'react'

type SwitchRowProps = { on: boolean; disabled: boolean; onChange(on: boolean): void; children: ReactNode }

/** Something of the session that is on or off, with what it means. */
export function SwitchRow({ on, disabled, onChange, children }: SwitchRowProps) {
  return (
    <label className="flex items-center gap-2">
      <input
        type="checkbox"
        role="switch"
        checked={on}
        aria-checked={on}
        disabled={disabled}
        onChange={(event) => onChange(event.target.checked)}
        className="size-4 shrink-0 accent-(--strong)"
      />
      <span>{children}</span>
    </label>
  )
}
