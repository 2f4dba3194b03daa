import type { SkippedFile } from '#protocol/http.ts'
import { groupSkipped } from './import-report.ts'

const mostNamed = 200

/** What an import left out, by reason. */
export function SkippedList({ skipped }: { skipped: SkippedFile[] }) {
  return (
    <ul className="flex flex-col gap-3">
      {groupSkipped(skipped).map(({ reason, paths }) => (
        <li key={reason}>
          <p className="flex gap-3 text-text-1">
            <span className="flex-1">{reason}</span>
            <span className="text-text-3">{paths.length.toLocaleString('en')}</span>
          </p>
          <ul className="max-h-32 overflow-y-auto pt-1 font-mono text-small text-text-3">
            {paths.slice(0, mostNamed).map((path) => (
              <li key={path} className="truncate" title={path}>
                {path}
              </li>
            ))}
            {paths.length > mostNamed && <li>and {(paths.length - mostNamed).toLocaleString('en')} more</li>}
          </ul>
        </li>
      ))}
    </ul>
  )
}
