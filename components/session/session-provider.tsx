'use client'

import { createContext, useContext, useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react'
import { browserFrames } from './frame-scheduler.ts'
import { systemClock } from './clock.ts'
import type { ClientDocuments } from './client-documents.ts'
import { newId } from './new-id.ts'
import type { SessionActions } from './session-actions.ts'
import { SessionClient } from './session-client.ts'
import type { SessionState } from './session-state.ts'
import type { TurnLogReader } from './turn-log.ts'

const Session = createContext<SessionClient | null>(null)

/** Holds the tab's one connection to a session, and everything known through it. One per page. */
export function SessionProvider({ sessionId, children }: { sessionId: string; children: ReactNode }) {
  return (
    <Connected key={sessionId} sessionId={sessionId}>
      {children}
    </Connected>
  )
}

function Connected({ sessionId, children }: { sessionId: string; children: ReactNode }) {
  const [client] = useState(() => new SessionClient({ sessionId, clock: systemClock, frames: browserFrames(), newId }))

  useEffect(() => {
    client.open()
    return () => client.close()
  }, [client])

  useEffect(() => {
    const warn = (leaving: BeforeUnloadEvent) => {
      if (client.documents.pending > 0) leaving.preventDefault()
    }
    addEventListener('beforeunload', warn)
    return () => removeEventListener('beforeunload', warn)
  }, [client])

  return <Session value={client}>{children}</Session>
}

function useClient(): SessionClient {
  const client = useContext(Session)
  if (client === null) throw new Error('a session hook was used outside SessionProvider')
  return client
}

/**
 * Selects from the session's state and renders again only when the selection changed: by identity, or by `same` where the
 * selector builds a new value each time.
 */
export function useSession<Selected>(
  select: (state: SessionState) => Selected,
  same: (one: Selected, other: Selected) => boolean = Object.is,
): Selected {
  const { store } = useClient()
  const last = useRef<{ selected: Selected } | null>(null)
  const read = () => {
    const selected = select(store.read())
    if (last.current !== null && same(last.current.selected, selected)) return last.current.selected
    last.current = { selected }
    return selected
  }
  return useSyncExternalStore(store.subscribe, read, read)
}

export function useSessionActions(): SessionActions {
  return useClient().actions
}

export function useDocuments(): ClientDocuments {
  return useClient().documents
}

/** The log of a turn: the same object as long as the page lives. Subscribe to it to read on; it never renders by itself. */
export function useTurnLog(turnId: string): TurnLogReader {
  return useClient().turnLogs.of(turnId)
}

/** The state without a subscription, for code that decides at the moment of an event. */
export function useSessionStore(): { read(): SessionState; subscribe(listener: () => void): () => void } {
  return useClient().store
}
