import type { Presence } from '#protocol/presence.ts'
import { Batches, type Batch, type Feed } from './feed.ts'
import { packetOf } from './packet.ts'

/** Who is where: of each connection only the latest, so that a reader that is slow has less to read. */
export class PresenceFeed implements Feed {
  /** What somebody has not read yet, in the order of the changes; undefined for who is gone. */
  readonly #latest = new Map<string, { index: number; presence: Presence | undefined }>()
  readonly #batches = new Batches((cursor) => this.#since(cursor))
  #end = 0

  get end(): number {
    return this.#end
  }

  change({ changed, gone }: { changed: readonly Presence[]; gone: readonly string[] }): void {
    for (const presence of changed) this.#set(presence.connectionId, presence)
    for (const connectionId of gone) this.#set(connectionId, undefined)
  }

  take(cursor: number): Batch | undefined {
    return cursor >= this.#end ? undefined : this.#batches.take(cursor, this.#end)
  }

  forget(cursor: number): void {
    for (const [connectionId, { index }] of this.#latest) {
      if (index >= cursor) break
      this.#latest.delete(connectionId)
    }
  }

  #set(connectionId: string, presence: Presence | undefined): void {
    this.#latest.delete(connectionId)
    this.#latest.set(connectionId, { index: this.#end, presence })
    this.#end += 1
  }

  #since(cursor: number): Batch {
    const changed: Presence[] = []
    const gone: string[] = []
    for (const [connectionId, { index, presence }] of this.#latest) {
      if (index < cursor) continue
      if (presence === undefined) gone.push(connectionId)
      else changed.push(presence)
    }
    return { packets: [packetOf('presence.changed', { changed, gone })], next: this.#end }
  }
}
