import { afterEach, expect, vi } from 'vitest'
import { systemClock } from '../clock.ts'
import type { FrameScheduler } from '../frame-scheduler.ts'
import { SessionClient } from '../session-client.ts'
import { smallServer } from './small-server.ts'

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).toReversed()) await close()
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

/** A tab that connects to a server. */
export function tab(url: string, frames: FrameScheduler = immediateFrames): SessionClient {
  const newId = () => `push-${(ids += 1)}`
  const client = new SessionClient({ sessionId: 's1', url, clock: systemClock, frames, newId })
  closers.push(() => client.close())
  client.open()
  return client
}

export const eventually = (check: () => void) => vi.waitFor(check, { timeout: 5_000, interval: 5 })

export const status = (client: SessionClient) => client.store.read().connection.status

export const online = (client: SessionClient) => eventually(() => expect(status(client)).toBe('online'))

export async function openDocument(client: SessionClient, fileId: string) {
  const document = client.documents.open(fileId)
  await eventually(() => expect(document.status).toEqual({ state: 'open' }))
  return document
}
