/** Whom a view follows. */
export type FollowTarget = { kind: 'assistant' } | { kind: 'person'; participantId: string } | null

/** How presence names the assistant. */
export const assistantId = 'assistant'

export function targetId(target: FollowTarget): string | null {
  if (target === null) return null
  return target.kind === 'assistant' ? assistantId : target.participantId
}

/**
 * Whose view is shown when one follows `participantId`: who follows somebody else is led by them, so the first in the chain leads all.
 * Null where the chain comes back to oneself or goes round elsewhere: then nobody leads, and every view stays where it is until
 * somebody moves by themselves. Who follows the assistant leads with their own view.
 */
export function leaderOf(
  participantId: string,
  ownId: string | undefined,
  followingOf: (participantId: string) => string | null | undefined,
): string | null {
  const seen = new Set<string>()
  let leader = participantId
  for (;;) {
    if (leader === ownId || seen.has(leader)) return null
    seen.add(leader)
    const next = followingOf(leader)
    if (next === null || next === undefined || next === assistantId) return leader
    leader = next
  }
}
