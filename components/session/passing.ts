import type { FailureCode } from '#protocol/failures.ts'

/** Refusals that pass: the same may succeed later. */
export const passing: readonly FailureCode[] = ['unavailable', 'internal', 'rate_limited', 'not_joined']
