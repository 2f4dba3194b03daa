/** Where a day begins. */
export function DayLine({ at, isToday }: { at: number; isToday: boolean }) {
  const label = new Date(at).toLocaleDateString([], { weekday: 'long', day: 'numeric', month: 'long' })
  return (
    <div role="separator" aria-label={label} className="flex items-center gap-3 px-3.5 pt-4 pb-1 text-small text-text-3">
      <span aria-hidden className="h-px flex-1 bg-line" />
      <span aria-hidden>{isToday ? 'Today' : label}</span>
      <span aria-hidden className="h-px flex-1 bg-line" />
    </div>
  )
}

/** Where what is new begins. */
export function NewLine() {
  return (
    <div
      data-new
      role="separator"
      aria-label="New messages"
      className="flex items-center gap-2 px-3.5 pt-2 text-small font-medium text-info"
    >
      <span aria-hidden className="h-px flex-1 bg-info/60" />
      <span aria-hidden>New</span>
    </div>
  )
}
