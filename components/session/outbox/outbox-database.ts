import { openDB, type DBSchema, type IDBPDatabase } from 'idb'

/** One push that the server has not acknowledged. A push id names these bytes for ever: another tab may have sent them meanwhile. */
export type OutboxRow = {
  pushId: string
  sessionId: string
  fileId: string
  /** Where the file was when this was typed. */
  path: string
  /** The tab that sends it. */
  tabId: string
  /** Whose Y.Doc wrote it. */
  clientId: number
  /** Order among the rows of one client id. */
  number: number
  epoch: number
  update: Uint8Array
  edits: number
}

/** What a document held here when its edits began to wait: only together with it are they a text. */
export type OutboxBase = { sessionId: string; fileId: string; clientId: number; state: Uint8Array }

/** Why edits cannot go into their file by themselves any more. */
export type AsideReason = 'epoch' | 'file_gone' | 'refused' | 'denied'

/** Text that the server does not have, kept until the person has decided about it. */
export type KeptCopy = {
  copyId: string
  sessionId: string
  fileId: string
  path: string
  why: AsideReason
  edits: number
  /** What the file looked like here. */
  text: string
  /** What the server had for it at that moment; absent where the file was gone. */
  stored?: string
  /** ms since the epoch. */
  at: number
}

interface OutboxSchema extends DBSchema {
  outbox: { key: string; value: OutboxRow; indexes: { session: string } }
  bases: { key: [string, string, number]; value: OutboxBase; indexes: { session: string } }
  copies: { key: string; value: KeptCopy; indexes: { session: string } }
}

export type OutboxDatabase = IDBPDatabase<OutboxSchema>

/** Opens the browser's store of what was not sent yet. Rejects where the browser has none, as in some private windows. */
export async function openOutboxDatabase(onLost: () => void): Promise<OutboxDatabase> {
  return openDB<OutboxSchema>('flint', 1, {
    upgrade(database) {
      database.createObjectStore('outbox', { keyPath: 'pushId' }).createIndex('session', 'sessionId')
      database.createObjectStore('bases', { keyPath: ['sessionId', 'fileId', 'clientId'] }).createIndex('session', 'sessionId')
      database.createObjectStore('copies', { keyPath: 'copyId' }).createIndex('session', 'sessionId')
    },
    // A newer Flint in another tab wants to change the store: it cannot while this tab holds it open.
    blocking(_version, _newer, event) {
      ;(event.target as IDBDatabase).close()
      onLost()
    },
    terminated: onLost,
  })
}
