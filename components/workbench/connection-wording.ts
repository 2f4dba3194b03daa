import type { Saving } from '#session/saving-state.ts'
import type { ConnectionState } from '#session/session-state.ts'

export type SavedState = { tone: 'ok' | 'busy' | 'warn' | 'bad'; label: string; detail: string }

const edits = (count: number) => (count === 1 ? '1 edit' : `${count.toLocaleString('en')} edits`)

/** What the status bar says about the connection and one's own edits. */
export function wordSaved(connection: ConnectionState, saving: Saving): SavedState {
  const { pending, unkept, refused, aside } = saving
  switch (connection.status) {
    case 'connecting':
      return { tone: 'busy', label: 'Connecting…', detail: 'Waiting for the server.' }
    case 'online':
      if (refused > 0)
        return {
          tone: 'bad',
          label: `Not saved · ${edits(refused)}`,
          detail: 'The server does not accept them. Their file says what to do.',
        }
      if (saving.reading) return { tone: 'busy', label: 'Connecting…', detail: 'Looking for edits that wait in this browser.' }
      if (pending > 0) return { tone: 'busy', label: 'Saving…', detail: `${edits(pending)} on the way to the server’s disk.` }
      if (aside > 0)
        return {
          tone: 'warn',
          label: aside === 1 ? '1 kept copy' : `${aside} kept copies`,
          detail: 'Edits of yours could not go into their file. They wait in this browser for you to decide.',
        }
      return { tone: 'ok', label: 'Saved', detail: wordStored(connection.transport) }
    case 'offline':
      if (pending > 0)
        return {
          tone: unkept > 0 ? 'bad' : 'warn',
          label: `Offline · ${edits(pending)} waiting`,
          detail:
            unkept > 0
              ? 'They are kept in this tab only, because the browser stores nothing more. Do not close the tab.'
              : 'They are kept in this browser, also when the tab is closed, and sent when the session is open with a connection.',
        }
      return { tone: 'warn', label: 'Offline', detail: 'Everything you typed before is saved. You can go on typing.' }
    case 'refused':
      return { tone: 'bad', label: 'Disconnected', detail: 'The server ended this tab’s connection.' }
  }
}

function wordStored(transport: 'websocket' | 'polling'): string {
  const stored = 'Every edit is on the server’s disk.'
  return transport === 'websocket' ? stored : `${stored} A proxy blocks WebSockets, so everything takes a little longer.`
}

export type Trouble = { title: string; safe: string; action?: 'reconnect' | 'reload' | 'home' }

const deadEnds: readonly Refused['reason'][] = [
  'denied',
  'not_found',
  'session_deleted',
  'awaiting_approval',
  'declined',
  'removed',
  'moved',
]

/** Whether a trouble leaves nothing to show: the person has no session here. */
export function isDeadEnd(connection: ConnectionState): boolean {
  return connection.status === 'refused' && deadEnds.includes(connection.reason)
}

/** What happened to a connection that is not there, what is safe, and what to do about it. */
export function wordTrouble(connection: ConnectionState, { pending, unkept }: Saving): Trouble | undefined {
  const place = unkept > 0 ? 'this tab only: do not close it' : 'this browser'
  const kept =
    pending > 0
      ? `${edits(pending)} that the server does not have yet ${pending === 1 ? 'is' : 'are'} kept in ${place}.`
      : 'Everything you typed is saved.'
  switch (connection.status) {
    case 'online':
      return undefined
    case 'connecting':
      return { title: 'The server takes longer than usual to answer.', safe: 'Flint goes on trying.', action: 'reconnect' }
    case 'offline':
      return {
        title: 'The connection to the server is lost. Flint keeps trying to get it back.',
        safe: `${kept} You can go on typing in files that are open.`,
        action: 'reconnect',
      }
    case 'refused':
      return { ...wordRefusal(connection.reason), safe: kept }
  }
}

type Refused = Extract<ConnectionState, { status: 'refused' }>

function wordRefusal(reason: Refused['reason']): Omit<Trouble, 'safe'> {
  switch (reason) {
    case 'session_deleted':
      return { title: 'This session was deleted.', action: 'home' }
    case 'denied':
    case 'not_found':
      return { title: 'This browser has no access to the session.', action: 'home' }
    case 'limit_reached':
      return {
        title: 'The server has as many connections as it can serve. Close other tabs, then connect again.',
        action: 'reconnect',
      }
    case 'too_large':
      return { title: 'The server closed the connection because one message was too large.', action: 'reconnect' }
    case 'rate_limited':
      return { title: 'The server closed the connection because too much was sent at once.', action: 'reconnect' }
    case 'invalid_payload':
    case 'unknown_command':
      return {
        title: 'This tab and the server do not understand each other; one is probably older. Reload the page.',
        action: 'reload',
      }
    default:
      return { title: 'The server closed the connection and does not want it back by itself.', action: 'reconnect' }
  }
}
