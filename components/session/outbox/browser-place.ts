import { newId } from '../new-id.ts'
import { openOutboxDatabase, type OutboxDatabase } from './outbox-database.ts'
import { browserRollCall, type RollCall } from './roll-call.ts'

/** Where a tab is: in a browser that keeps things, among other tabs. */
export type BrowserPlace = {
  /** Never used by another tab, nor by this one after a reload. */
  tabId: string
  openDatabase(onLost: () => void): Promise<OutboxDatabase>
  rollCall: RollCall
}

export function thisBrowser(sessionId: string): BrowserPlace {
  const tabId = newId()
  return { tabId, openDatabase: openOutboxDatabase, rollCall: browserRollCall(sessionId, tabId) }
}

/** Outside a browser: alone, and nothing outlives the process. */
export const nowhere: BrowserPlace = {
  tabId: 'alone',
  openDatabase: () => Promise.reject(new Error('there is no IndexedDB here')),
  rollCall: { present: () => Promise.resolve(new Set()), attend: () => () => {} },
}
