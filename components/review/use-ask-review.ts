'use client'

import type { Payload, Reply } from '#protocol/commands.ts'
import type { ReviewCommand } from '#session/session-actions.ts'
import { useSessionActions } from '#session/session-provider.tsx'
import { toast } from '#ui/toast.tsx'
import { failureWording } from './review-wording.ts'

/** Asks something of the review, and says what went wrong. Resolves to nothing where it did. */
export function useAskReview(): <C extends ReviewCommand>(command: C, payload: Payload<C>) => Promise<Reply<C> | undefined> {
  const actions = useSessionActions()
  return async (command, payload) => {
    const answer = await actions.review(command, payload)
    if (answer.ok) return answer.value
    const { title, detail } = failureWording(command, answer.error)
    toast.error(title, { id: command, description: detail })
    return undefined
  }
}
