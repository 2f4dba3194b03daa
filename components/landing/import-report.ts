import { limits } from '#protocol/limits.ts'
import type { SkippedFile } from '#protocol/http.ts'

const reasons: Record<SkippedFile['reason'], string> = {
  ignored: 'Dependencies, version control and caches',
  too_large: `Larger than ${limits.importFileBytes / 1_000_000} MB`,
  invalid_path: 'Paths that no session can hold',
  path_taken: 'Two files with the same path; the first one was kept',
  too_many_files: `More than ${limits.filesPerSession.toLocaleString('en')} files`,
}
const order = Object.keys(reasons) as SkippedFile['reason'][]

/** What was left out, by reason; what tools made comes last, since nobody misses it. */
export function groupSkipped(skipped: SkippedFile[]): { reason: string; paths: string[] }[] {
  return [...order.slice(1), ...order.slice(0, 1)]
    .map((reason) => ({
      reason: reasons[reason],
      paths: skipped.filter((file) => file.reason === reason).map((file) => file.path),
    }))
    .filter((group) => group.paths.length > 0)
}

export const countOf = (files: number) => (files === 1 ? '1 file' : `${files.toLocaleString('en')} files`)
