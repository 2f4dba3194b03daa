import type { TurnInfo } from './session-state.ts'

/** The turn of the chat that runs, or else the first one that waits; inline edits run beside it and are not meant. */
export function runningTurn(turns: readonly TurnInfo[]): TurnInfo | undefined {
  return turns.find(({ kind, status }) => kind === 'chat' && status !== 'ended')
}

/** Prompts that wait for the turn before them, in the order in which they will run. One for which nothing runs is about to. */
export function waitingTurns(turns: readonly TurnInfo[]): TurnInfo[] {
  const running = runningTurn(turns)
  return turns.filter((turn) => turn.kind === 'chat' && turn.status === 'queued' && turn !== running)
}
