import { expect } from 'vitest'
import type { SessionClient } from '../session-client.ts'
import type { smallServer } from './small-server.ts'
import { eventually, online, openDocument, status, tab } from './tab.ts'

type Small = Awaited<ReturnType<typeof smallServer>>

export const saving = (client: SessionClient) => client.store.read().saving

export const saved = (client: SessionClient) =>
  eventually(() => expect(saving(client)).toEqual({ pending: 0, unkept: 0, refused: 0, aside: 0, reading: false }))

/** Of the pushes that the server has received. */
export const pushIds = ({ received }: Small) =>
  received.filter(({ name }) => name === 'document.push').map(({ payload }) => (payload as { pushId: string }).pushId)

/** A tab with edits that the server does not have and the browser has kept. */
export async function tabOffline(small: Small, content = 'typed offline') {
  const client = tab(small.url)
  await online(client)
  const document = await openDocument(client, 'f1')
  small.refuses = true
  small.cut()
  await eventually(() => expect(status(client)).toBe('offline'))
  document.text.insert(document.text.length, content)
  await eventually(() => expect(client.edits.isAtRisk).toBe(false))
  expect(saving(client)).toMatchObject({ pending: 1, unkept: 0 })
  return client
}
