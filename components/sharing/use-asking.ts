import type { Result } from '#protocol/failures.ts'
import { toast } from '#ui/toast.tsx'
import { useState } from 'react'
import { wordSharingFailure } from './failure-wording.ts'

/** Runs one request at a time and says what went wrong with it. */
export function useAsking() {
  const [busy, setBusy] = useState(false)
  const ask = async <Value>(what: string, request: () => Promise<Result<Value>>): Promise<Value | undefined> => {
    setBusy(true)
    const answer = await request()
    setBusy(false)
    if (answer.ok) return answer.value
    toast.error(what, { description: wordSharingFailure(answer.error.code) })
    return undefined
  }
  return { busy, ask }
}
