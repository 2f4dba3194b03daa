import { fold, initialState, type SessionEvent, type SessionState } from './session-state.ts'

/** Holds the folded state and tells its readers, once for all events that are folded together. */
export class SessionStore {
  private state: SessionState
  private readonly listeners = new Set<() => void>()

  constructor(now: number) {
    this.state = initialState(now)
  }

  read = (): SessionState => this.state

  /** Returns its undo. */
  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  fold(...events: SessionEvent[]) {
    const next = events.reduce(fold, this.state)
    if (next === this.state) return
    this.state = next
    for (const listener of this.listeners) listener()
  }
}
