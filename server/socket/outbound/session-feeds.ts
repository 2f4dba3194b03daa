import { DocumentFeed } from './document-feed.ts'
import { EventFeed } from './event-feed.ts'
import type { Cursors, OutboundConnection } from './outbound-connection.ts'
import { PresenceFeed } from './presence-feed.ts'

/** What the connections of one session are told, and how far each of them is. */
export class SessionFeeds {
  readonly sessionId: string
  readonly documents = new DocumentFeed()
  readonly events = new EventFeed()
  readonly presence = new PresenceFeed()
  readonly connections = new Set<OutboundConnection>()

  constructor(sessionId: string) {
    this.sessionId = sessionId
  }

  /** Lets go of what everybody has. */
  trim(): void {
    const cursors = Array.from(this.connections).flatMap((connection) => connection.cursors ?? [])
    const least = (feed: keyof Cursors) => Math.min(...cursors.map((cursor) => cursor[feed]))
    this.documents.forget(least('documents'))
    this.events.forget(least('events'))
    this.presence.forget(least('presence'))
  }
}
