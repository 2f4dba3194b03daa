import type { OptionalField } from '../dialects.ts'
import type { Problem } from './problem.ts'
import type { ChatBody } from './request-body.ts'

/** An interactive turn rather fails than waits longer than this without anybody knowing why. */
const longestPauseMs = 2_000
const connectionPauseMs = 100
const busyPauseMs = 500

export type SecondAttempt = { pauseMs: number; without: ReadonlySet<OptionalField> }

/**
 * Whether to ask once more, and how. Only called before the first token (after it, a second request is a second billed answer)
 * and only for the first problem. An optional field that the backend refuses is left out; required ones are not negotiable.
 */
export function secondAttempt(
  problem: Problem,
  sent: ChatBody,
  optionalFields: readonly OptionalField[],
): SecondAttempt | null {
  const { failure, transient, refusedFields } = problem
  const without = new Set(optionalFields.filter((field) => field in sent && refusedFields.includes(field)))
  if (without.size > 0) return { pauseMs: 0, without }
  if (!transient) return null
  const pauseMs = failure.retryAfterMs ?? (failure.status === undefined ? connectionPauseMs : busyPauseMs)
  return pauseMs > longestPauseMs ? null : { pauseMs, without }
}
