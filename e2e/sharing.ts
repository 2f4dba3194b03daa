import { expect, type Page } from '@playwright/test'
import { io, type Socket } from 'socket.io-client'
import parser from 'socket.io-msgpack-parser'
import type { Result } from '../protocol/failures.ts'
import type { LinkRole } from '../protocol/links.ts'

/** Asks the server of the page's session as the person in that browser, on a connection beside the page's own. */
export async function askAs<Value>(page: Page, ...commands: [name: string, payload: unknown][]): Promise<Value> {
  const { origin, pathname } = new URL(page.url())
  const cookies = await page.context().cookies(origin)
  const socket: Socket = io(origin, {
    parser,
    transports: ['websocket'],
    reconnection: false,
    forceNew: true,
    extraHeaders: { origin, cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; ') },
  })
  try {
    const sessionId = pathname.split('/').at(-1)
    let answer: unknown
    for (const [name, payload] of [['session.join', { sessionId, cursors: [] }] as [string, unknown], ...commands]) {
      const result = (await socket.timeout(10_000).emitWithAck(name, payload)) as Result<unknown>
      if (!result.ok) throw new Error(`${name} was refused: ${result.error.code}`)
      answer = result.value
    }
    return answer as Value
  } finally {
    socket.disconnect()
  }
}

/** Makes a link to the session that `owner`'s page shows, and resolves with its whole address. */
export async function createLink(owner: Page, role: LinkRole): Promise<string> {
  const link = { role, label: '', expiresInMs: 86_400_000 }
  const { secret } = await askAs<{ secret: string }>(owner, ['link.create', link])
  return `${owner.url().split('#')[0]}#${secret}`
}

/** Opens a link, gives a name, and waits until the session is there. */
export async function joinThroughLink(page: Page, address: string, name: string): Promise<void> {
  await page.goto(address)
  await page.getByRole('textbox', { name: 'Your name' }).fill(name)
  await page.getByRole('button', { name: 'Join', exact: true }).click()
  await expect(page.getByRole('status').getByText('Saved', { exact: true })).toBeVisible()
}
