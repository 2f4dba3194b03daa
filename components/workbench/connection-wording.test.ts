import type { ConnectionState } from '#session/session-state.ts'
import { failureCodes } from '#protocol/failures.ts'
import { expect, test } from 'vitest'
import { isDeadEnd, wordSaved, wordTrouble } from './connection-wording.ts'

const online: ConnectionState = { status: 'online', since: 0, transport: 'websocket' }
const offline: ConnectionState = { status: 'offline', since: 0 }
const refused = (reason: Extract<ConnectionState, { status: 'refused' }>['reason']): ConnectionState => ({
  status: 'refused',
  since: 0,
  reason,
})

test('The status bar says whether everything is saved, is being saved, or waits.', () => {
  expect(wordSaved(online, 0).label).toBe('Saved')
  expect(wordSaved(online, 2).label).toBe('Saving…')
  expect(wordSaved(offline, 0).label).toBe('Offline')
  expect(wordSaved(offline, 1).label).toBe('Offline · 1 edit waiting')
  expect(wordSaved(offline, 1_204).label).toBe('Offline · 1,204 edits waiting')
  expect(wordSaved({ status: 'connecting', since: 0 }, 0).label).toBe('Connecting…')
})

test('“Saved” is never said while an edit is not stored or the connection is gone.', () => {
  for (const pending of [0, 1, 7])
    for (const connection of [online, offline, refused('denied')])
      expect(wordSaved(connection, pending).label === 'Saved').toBe(connection === online && pending === 0)
})

test('A lost connection says what is safe, with what waits.', () => {
  expect(wordTrouble(offline, 2)).toEqual({
    title: 'The connection to the server is lost. Flint keeps trying to get it back.',
    safe: '2 edits that the server does not have yet are kept in this tab. You can go on typing.',
    action: 'reconnect',
  })
  expect(wordTrouble(online, 0)).toBeUndefined()
})

test.each([...failureCodes, 'session_deleted' as const, 'closed_by_server' as const])(
  'A refusal with %s has words and a way on.',
  (reason) => {
    const trouble = wordTrouble(refused(reason), 0)
    expect(trouble).toEqual({
      title: expect.stringMatching(/\.$/),
      safe: 'Everything you typed is saved.',
      action: expect.any(String),
    })
  },
)

test('Only a session that this browser cannot have is a dead end.', () => {
  expect(
    ['denied', 'not_found', 'session_deleted', 'rate_limited', 'closed_by_server'].map((reason) =>
      isDeadEnd(refused(reason as 'denied')),
    ),
  ).toEqual([true, true, true, false, false])
  expect(isDeadEnd(offline)).toBe(false)
})
