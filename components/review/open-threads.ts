import type { Thread } from '#protocol/review.ts'

/** Open, or suggested by the assistant and not decided yet. */
export function isUnsettled<Some extends Pick<Thread, 'state'>>(
  thread: Some,
): thread is Some & { state: 'open' | 'suggested' } {
  return thread.state === 'open' || thread.state === 'suggested'
}

/** How many threads of a file wait to be settled. */
export type ThreadCounts = { open: number; suggested: number }

/** By file id; files without such threads are left out. */
export function openThreads(threads: readonly Pick<Thread, 'fileId' | 'state'>[]): ReadonlyMap<string, ThreadCounts> {
  const counts = new Map<string, ThreadCounts>()
  for (const { fileId, state } of threads.filter(isUnsettled)) {
    const before = counts.get(fileId) ?? { open: 0, suggested: 0 }
    counts.set(fileId, { ...before, [state]: before[state] + 1 })
  }
  return counts
}

/** "2 open threads, 1 suggested" */
export function threadCountWording({ open, suggested }: ThreadCounts): string {
  const openWording = open === 0 ? [] : [open === 1 ? '1 open thread' : `${open} open threads`]
  const noun = open > 0 ? '' : suggested === 1 ? ' thread' : ' threads'
  return [...openWording, ...(suggested === 0 ? [] : [`${suggested} suggested${noun}`])].join(', ')
}
