import type { PresencePlace } from './presence-commands.ts'

/** One joined connection of a person, as everyone sees it. Who the person is says `participants`, never the tab. */
export type Presence = PresencePlace & {
  /** Issued by the server; a person has one per tab, and another one after a reconnect. */
  connectionId: string
  participantId: string
}

export type PresenceSnapshot = {
  /** This connection's own id. */
  connectionId: string
  /** Everyone who is here, oneself included. */
  present: Presence[]
}

export type PresenceEvents = {
  /** The latest of each connection that changed since the last one, and the connections that are gone. */
  'presence.changed': { changed: Presence[]; gone: string[] }
  /** Nothing was heard of this tab for a while: it says where it is, or is taken for gone. Timers of hidden tabs hardly run, events arrive. */
  'presence.asked': Record<string, never>
  /** Somebody asks everyone to look at where they are. */
  'presence.gathering': { participantId: string; connectionId: string; fileId: string; line: number; head?: Uint8Array }
}
