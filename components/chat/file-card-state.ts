import { isOpenHunk, isProposal, type Hunk } from '#protocol/hunks.ts'
import type { Participant } from '#protocol/sessions.ts'

/** What a file's card says about the hunks of its blocks, most pressing first. */
export type FileCardState =
  | { kind: 'writing' }
  | { kind: 'open'; undecided: number }
  | { kind: 'proposal' }
  | { kind: 'decided'; label: 'accepted' | 'rejected' | 'partly accepted' | 'reverted' }
  | { kind: 'aborted' }
  | { kind: 'nothing' }

/** `blocks`: whether the turn may still make hunks of them, and whether it ended before it could. */
export function fileCardState(hunks: readonly Hunk[], blocks: 'running' | 'cut_off' | 'whole'): FileCardState {
  if (hunks.length === 0) return { kind: blocks === 'running' ? 'writing' : blocks === 'cut_off' ? 'aborted' : 'nothing' }
  if (hunks.some((hunk) => hunk.state === 'streaming' || hunk.state === 'located')) return { kind: 'writing' }
  const undecided = hunks.filter((hunk) => isOpenHunk(hunk) && !isProposal(hunk)).length
  if (undecided > 0) return { kind: 'open', undecided }
  if (hunks.some(isProposal)) return { kind: 'proposal' }
  const states = new Set(hunks.map((hunk) => hunk.state).filter((state) => state !== 'aborted'))
  const [state] = states
  if (state === undefined) return { kind: 'aborted' }
  if (states.size > 1) return { kind: 'decided', label: 'partly accepted' }
  return { kind: 'decided', label: state === 'accepted' ? 'accepted' : state === 'reverted' ? 'reverted' : 'rejected' }
}

export function lineCounts(hunks: readonly Hunk[]): { added: number; deleted: number } {
  return {
    added: hunks.reduce((sum, hunk) => sum + hunk.addedLines, 0),
    deleted: hunks.reduce((sum, hunk) => sum + hunk.deletedLines, 0),
  }
}

/** Who decided these hunks, by name; empty where it was oneself alone, or nobody. */
export function decidersOf(
  hunks: readonly Hunk[],
  people: readonly Pick<Participant, 'participantId' | 'name'>[],
  you: string | undefined,
): string {
  const ids = new Set(hunks.flatMap(({ decidedBy }) => decidedBy ?? []))
  if (ids.size === 0 || (ids.size === 1 && you !== undefined && ids.has(you))) return ''
  const nameOf = (id: string) =>
    id === you ? 'you' : (people.find(({ participantId }) => participantId === id)?.name ?? 'someone who left')
  return [...ids].map(nameOf).join(', ')
}
