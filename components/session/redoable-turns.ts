import type { TurnInfo } from './session-state.ts'

/** The turns whose rejected and reverted hunks the server can still bring back: those that no later chat turn has built upon. */
export function redoableTurns(turns: readonly Pick<TurnInfo, 'turnId' | 'number' | 'kind' | 'status'>[]): Set<string> {
  const last = Math.max(
    0,
    ...turns.filter(({ kind, status }) => kind === 'chat' && status !== 'queued').map(({ number }) => number),
  )
  return new Set(turns.filter(({ number }) => number >= last).map(({ turnId }) => turnId))
}
