import { Button } from '#ui/button.tsx'
import type { CallFailure } from '#session/http-call.ts'
import { wordFailure } from './failure-wording.ts'

/** In place of a list that did not load. */
export function LoadFailure({ what, code, onRetry }: { what: string; code: CallFailure; onRetry(): void }) {
  return (
    <div role="alert" className="rounded-card border border-line bg-bg-1 p-4">
      <p className="font-medium">{what}</p>
      <p className="pt-0.5 pb-3 text-text-2">{wordFailure(code)}</p>
      <Button size="small" onClick={onRetry}>
        Try again
      </Button>
    </div>
  )
}
