import type { Saving } from '#session/saving-state.ts'
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

const saving = (change: Partial<Saving> = {}): Saving => ({
  pending: 0,
  unkept: 0,
  refused: 0,
  aside: 0,
  reading: false,
  ...change,
})

test('The status bar says whether everything is saved, is being saved, or waits.', () => {
  const label = (connection: ConnectionState, change: Partial<Saving>) => wordSaved(connection, saving(change)).label
  expect(label(online, {})).toBe('Saved')
  expect(label(online, { pending: 2 })).toBe('Saving…')
  expect(label(online, { reading: true })).toBe('Connecting…')
  expect(label(online, { pending: 3, refused: 2 })).toBe('Not saved · 2 edits')
  expect(label(online, { aside: 1 })).toBe('1 kept copy')
  expect(label(offline, {})).toBe('Offline')
  expect(label(offline, { pending: 1 })).toBe('Offline · 1 edit waiting')
  expect(label(offline, { pending: 1_204 })).toBe('Offline · 1,204 edits waiting')
  expect(label({ status: 'connecting', since: 0 }, {})).toBe('Connecting…')
})

test('“Saved” is never said while an edit is not stored, or may not be, or the connection is gone.', () => {
  const unsaved: Partial<Saving>[] = [
    { pending: 1 },
    { pending: 7, unkept: 7 },
    { refused: 1 },
    { aside: 1 },
    { reading: true },
  ]
  for (const change of [{}, ...unsaved])
    for (const connection of [online, offline, refused('denied')])
      expect(wordSaved(connection, saving(change)).label === 'Saved').toBe(
        connection === online && Object.keys(change).length === 0,
      )
})

test('A tab is said to be safe to close only where the browser keeps what waits.', () => {
  expect(wordSaved(offline, saving({ pending: 2 })).detail).toContain('also when the tab is closed')
  expect(wordSaved(offline, saving({ pending: 2, unkept: 1 })).detail).toContain('Do not close the tab')
})

test('A lost connection says what is safe, with what waits.', () => {
  const title = 'The connection to the server is lost. Flint keeps trying to get it back.'
  const goOn = 'You can go on typing in files that are open.'
  expect(wordTrouble(offline, saving({ pending: 2 }))).toEqual({
    title,
    safe: `2 edits that the server does not have yet are kept in this browser. ${goOn}`,
    action: 'reconnect',
  })
  expect(wordTrouble(offline, saving({ pending: 2, unkept: 2 }))?.safe).toBe(
    `2 edits that the server does not have yet are kept in this tab only: do not close it. ${goOn}`,
  )
  expect(wordTrouble(online, saving())).toBeUndefined()
})

test.each([...failureCodes, 'session_deleted' as const, 'closed_by_server' as const])(
  'A refusal with %s has words and a way on.',
  (reason) => {
    const trouble = wordTrouble(refused(reason), saving())
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
