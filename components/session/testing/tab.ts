import 'fake-indexeddb/auto'
import { IDBFactory } from 'fake-indexeddb'
import { afterEach, expect, vi } from 'vitest'
import { systemClock } from '../clock.ts'
import type { FrameScheduler } from '../frame-scheduler.ts'
import type { BrowserPlace } from '../outbox/browser-place.ts'
import { openOutboxDatabase } from '../outbox/outbox-database.ts'
import type { RollCall } from '../outbox/roll-call.ts'
import { SessionClient } from '../session-client.ts'
import { smallServer } from './small-server.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
  present.clear()
  globalThis.indexedDB = new IDBFactory()
})

/** A started server that the end of the test closes. */
export async function server() {
  const started = await smallServer()
  closers.push(() => started.close())
  return started
}

const immediateFrames: FrameScheduler = {
  request(work) {
    let due = true
    queueMicrotask(() => due && work())
    return () => (due = false)
  },
}

let ids = 0

/** The tabs that show the session, as one browser knows them. */
const present = new Map<string, () => void>()

function rollCall(tabId: string): RollCall {
  return {
    present: async () => new Set(present.keys()),
    attend(onGone) {
      present.set(tabId, onGone)
      return () => {
        present.delete(tabId)
        for (const tell of present.values()) tell()
      }
    },
  }
}

/** A tab that connects to a server, in the one browser that there is. */
export function tab(url: string, frames: FrameScheduler = immediateFrames, place: Partial<BrowserPlace> = {}): SessionClient {
  const newId = () => `id-${(ids += 1)}`
  const tabId = newId()
  const client = new SessionClient({
    sessionId: 's1',
    url,
    clock: systemClock,
    frames,
    newId,
    place: { tabId, openDatabase: openOutboxDatabase, rollCall: rollCall(tabId), ...place },
  })
  closers.push(() => client.close())
  client.open()
  return client
}

/** Ends a tab without a word, as a crash does; what it has in memory is gone. */
export function crash(client: SessionClient) {
  present.clear()
  client.close()
}

export const eventually = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 5 })

export const status = (client: SessionClient) => client.store.read().connection.status

export const online = (client: SessionClient) => eventually(() => expect(status(client)).toBe('online'))

export async function openDocument(client: SessionClient, fileId: string) {
  const document = client.documents.open(fileId)
  await eventually(() => expect(document.status).toEqual({ state: 'open' }))
  return document
}
