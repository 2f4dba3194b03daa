'use client'

import {
  createContext,
  useContext,
  useEffect,
  useEffectEvent,
  useRef,
  useState,
  useSyncExternalStore,
  type ReactNode,
} from 'react'
import { browserFrames } from './frame-scheduler.ts'
import { systemClock } from './clock.ts'
import type { ClientDocuments } from './client-documents.ts'
import { newId } from './new-id.ts'
import type { OwnPresence } from './own-presence.ts'
import type { PeopleFeed } from './people-feed.ts'
import { thisBrowser } from './outbox/browser-place.ts'
import type { KeptCopy } from './outbox/outbox-database.ts'
import type { Offered } from './outbox/offers.ts'
import type { OwnEdits } from './outbox/own-edits.ts'
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
  const [client] = useState(() => browserClient(sessionId))

  useEffect(() => {
    client.open()
    return () => client.close()
  }, [client])

  useEffect(() => {
    const warn = (leaving: BeforeUnloadEvent) => {
      client.documents.sealAll()
      if (client.edits.isAtRisk) leaving.preventDefault()
    }
    const keep = () => client.documents.sealAll()
    addEventListener('beforeunload', warn)
    addEventListener('pagehide', keep)
    return () => {
      removeEventListener('beforeunload', warn)
      removeEventListener('pagehide', keep)
    }
  }, [client])

  return <Session value={client}>{children}</Session>
}

function browserClient(sessionId: string): SessionClient {
  const place = thisBrowser(sessionId)
  const storage = () => window.localStorage
  return new SessionClient({ sessionId, clock: systemClock, frames: browserFrames(), newId, storage, place })
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

/** Where everybody is, move by move; for what draws cursors without rendering. */
export function usePeopleFeed(): PeopleFeed {
  return useClient().presence.people
}

/** What this tab tells the others of itself. */
export function useOwnPresence(): OwnPresence {
  return useClient().presence.own
}

/** Tells when edits of this person became a proposal; for as long as the caller is shown. */
export function useOffered(onOffered: (offered: Offered) => void) {
  const client = useClient()
  const told = useEffectEvent(onOffered)
  useEffect(() => client.onOffered((offered) => told(offered)), [client])
}

export function useOwnEdits(): OwnEdits {
  return useClient().edits
}

/** Edits that could not be sent and wait for a decision. */
export function useKeptCopies(): readonly KeptCopy[] {
  const { copies } = useClient().edits
  return useSyncExternalStore(
    copies.subscribe,
    () => copies.list,
    () => copies.list,
  )
}

/** The log of a turn: the same object as long as the page lives. Subscribe to it to read on; it never renders by itself. */
export function useTurnLog(turnId: string): TurnLogReader {
  return useClient().turnLogs.of(turnId)
}

/** The state without a subscription, for code that decides at the moment of an event. */
export function useSessionStore(): { read(): SessionState; subscribe(listener: () => void): () => void } {
  return useClient().store
}
