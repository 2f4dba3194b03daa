import type { ReviewRequest, Thread } from '#protocol/review.ts'

/** Where a thread stands now: its lines (1-based and inclusive), or that it is about the whole file, or that what it was about is gone. */
export type ThreadPlace = { kind: 'lines'; fromLine: number; toLine: number } | { kind: 'file' } | { kind: 'detached' }

export type ListedThread = { thread: Thread; place: ThreadPlace; path: string; waits: boolean }

export type ThreadFilter = 'open' | 'waiting' | 'suggested' | 'resolved' | 'detached'

/** Whose turn it is in a thread: mine, where somebody has mentioned me, or answered where I took part, and I have not said anything since. */
export function waitsFor(thread: Thread, me: { participantId: string; name: string }): boolean {
  if (thread.state !== 'open') return false
  const said = thread.comments.filter((comment) => comment.deleted === undefined)
  const mine = said.findLastIndex(({ author }) => author === me.participantId)
  const since = said.slice(mine + 1)
  if (since.some(({ body }) => mentions(body, me.name))) return true
  const takesPart = mine >= 0 || thread.createdBy === me.participantId
  return takesPart && since.length > 0
}

export function mentions(body: string, name: string): boolean {
  const [text, wanted] = [body.toLowerCase(), `@${name.toLowerCase()}`]
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
    // Somebody else's name may begin like this one, and stand before it.
    if (!/[\p{L}\p{N}_-]/u.test(text.charAt(at + wanted.length))) return true
  }
  return false
}

export function isListed({ thread, place, waits }: ListedThread, filter: ThreadFilter): boolean {
  switch (filter) {
    case 'open':
      return thread.state === 'open'
    case 'waiting':
      return waits
    case 'suggested':
      return thread.state === 'suggested'
    case 'resolved':
      return thread.state === 'resolved' || thread.state === 'dismissed'
    case 'detached':
      return place.kind === 'detached' && thread.state === 'open'
  }
}

/** By file, in the order of the lines; what is about the file comes first, and what is gone last. */
export function inOrder(threads: readonly ListedThread[]): ListedThread[] {
  return threads.toSorted((one, other) => {
    if (one.path !== other.path) return one.path < other.path ? -1 : 1
    return lineOf(one.place) - lineOf(other.place) || one.thread.createdAt - other.thread.createdAt
  })
}

export function byFile(threads: readonly ListedThread[]): { path: string; threads: ListedThread[] }[] {
  const files: { path: string; threads: ListedThread[] }[] = []
  for (const listed of threads) {
    const last = files.at(-1)
    if (last?.path === listed.path) last.threads.push(listed)
    else files.push({ path: listed.path, threads: [listed] })
  }
  return files
}

/** The thread after (or before) one, around the end; the first where there is none to start from. */
export function neighbourThread(
  threads: readonly ListedThread[],
  threadId: string | null,
  step: 1 | -1,
): ListedThread | undefined {
  const at = threads.findIndex(({ thread }) => thread.threadId === threadId)
  if (at === -1) return step === 1 ? threads[0] : threads.at(-1)
  return threads[(at + step + threads.length) % threads.length]
}

/** What waits for a person: threads, and whether their review was asked for. */
export function waitingCount(
  threads: readonly Thread[],
  requests: readonly ReviewRequest[],
  me: { participantId: string; name: string },
): number {
  const asked = requests.some(({ participantId }) => participantId === me.participantId) ? 1 : 0
  return threads.filter((thread) => waitsFor(thread, me)).length + asked
}

function lineOf(place: ThreadPlace): number {
  return place.kind === 'lines' ? place.fromLine : place.kind === 'file' ? 0 : Infinity
}
