import type { TurnInfo } from './session-state.ts'

/** The turn of the chat that runs, or else the first one that waits; inline edits run beside it and are not meant. */
export function runningTurn(turns: readonly TurnInfo[]): TurnInfo | undefined {
  return turns.find(({ kind, status }) => kind === 'chat' && status !== 'ended')
}
