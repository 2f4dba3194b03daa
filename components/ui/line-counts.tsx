/** Lines that a change adds and deletes, as `+12 −3`; nothing where there are none. */
export function LineCounts({ added, deleted, label }: { added: number; deleted: number; label: string }) {
  if (added === 0 && deleted === 0) return null
  return (
    <span role="img" aria-label={label} className="shrink-0 font-mono text-[10.5px] font-semibold tabular-nums">
      {added > 0 && <span className="text-add-text">+{added}</span>}
      {added > 0 && deleted > 0 && ' '}
      {deleted > 0 && <span className="text-bad">−{deleted}</span>}
    </span>
  )
}
