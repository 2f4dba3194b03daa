import type { CallFailure } from '#session/http-call.ts'
import { Notice } from '#ui/notice.tsx'
import { wordLinkProblem } from './link-problem.ts'

/** In place of a session whose link lets nobody in. */
export function LinkDeadEnd({ code, onRetry }: { code: CallFailure; onRetry(): void }) {
  const { title, what, safe, retry } = wordLinkProblem(code)
  const home = { label: 'All sessions', href: '/' }
  if (retry)
    return <Notice title={title} what={what} safe={safe} doNext={{ label: 'Try again', onClick: onRetry }} otherwise={home} />
  return <Notice title={title} what={what} safe={safe} doNext={home} />
}
