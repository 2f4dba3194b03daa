import { isOpenHunk, isProposal, type Hunk } from '#protocol/hunks.ts'
import type { TurnFailure } from '#protocol/failures.ts'
import type { TurnInfo } from '#session/session-state.ts'

/** Where an inline edit is, from the prompt to the decision about its lines. */
export type InlineEditPhase =
  | { kind: 'prompt' }
  | { kind: 'running'; writing: boolean }
  | { kind: 'review'; hunkIds: string[] }
  /** It could not be applied: its text is shown in the chat. */
  | { kind: 'proposal' }
  /** The answer changes nothing; it may say why. */
  | { kind: 'unchanged' }
  | { kind: 'failed'; failure: TurnFailure; backendName: string }
  | { kind: 'ended'; reason: 'stopped' | 'interrupted' | 'length' }
  | { kind: 'decided' }

/** `turn`: the newest one that was asked here; `asked` while the server has not told of it yet. */
export function inlineEditPhase(turn: TurnInfo | 'asked' | undefined, hunks: readonly Hunk[]): InlineEditPhase {
  if (turn === undefined) return { kind: 'prompt' }
  if (turn === 'asked') return { kind: 'running', writing: false }
  if (turn.status !== 'ended') return { kind: 'running', writing: turn.status === 'streaming' }
  const open = hunks.filter((hunk) => isOpenHunk(hunk) && !isProposal(hunk))
  if (open.length > 0) return { kind: 'review', hunkIds: open.map(({ hunkId }) => hunkId) }
  if (hunks.some(isProposal)) return { kind: 'proposal' }
  const { reason, failure = { code: 'internal' }, backend } = turn
  if (reason === 'failed') return { kind: 'failed', failure, backendName: backend.name }
  if (reason === 'stopped' || reason === 'interrupted' || reason === 'length') return { kind: 'ended', reason }
  return { kind: hunks.some(({ state }) => state !== 'aborted') ? 'decided' : 'unchanged' }
}
