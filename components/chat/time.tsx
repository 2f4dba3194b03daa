/** The time of day of a moment (ms since the epoch), with its day in the tooltip. */
export function Time({ at }: { at: number }) {
  const date = new Date(at)
  return (
    <time dateTime={date.toISOString()} title={date.toLocaleString()} className="shrink-0 text-small text-text-3 tabular-nums">
      {date.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}
    </time>
  )
}
