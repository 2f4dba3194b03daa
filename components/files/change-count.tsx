import type { FileMark } from './file-marks.ts'

/** Lines that wait for a decision, as `+12 −3`. */
export function ChangeCount({ mark }: { mark: Pick<FileMark, 'added' | 'deleted'> }) {
  if (mark.added === 0 && mark.deleted === 0) return null
  return (
    <span
      className="shrink-0 font-mono text-[10.5px] font-semibold tabular-nums"
      aria-label={`${mark.added} lines added, ${mark.deleted} deleted, to be decided`}
      role="img"
    >
      {mark.added > 0 && <span className="text-add-text">+{mark.added}</span>}
      {mark.added > 0 && mark.deleted > 0 && ' '}
      {mark.deleted > 0 && <span className="text-bad">−{mark.deleted}</span>}
    </span>
  )
}
