import type { ConnectionState } from '#session/session-state.ts'

export type SavedState = { tone: 'ok' | 'busy' | 'warn' | 'bad'; label: string; detail: string }

const edits = (count: number) => (count === 1 ? '1 edit' : `${count.toLocaleString('en')} edits`)

/** What the status bar says about the connection and one's own edits. */
export function wordSaved(connection: ConnectionState, pending: number): SavedState {
  switch (connection.status) {
    case 'connecting':
      return { tone: 'busy', label: 'Connecting…', detail: 'Waiting for the server.' }
    case 'online':
      if (pending > 0) return { tone: 'busy', label: 'Saving…', detail: `${edits(pending)} on the way to the server’s disk.` }
      return {
        tone: 'ok',
        label: 'Saved',
        detail:
          connection.transport === 'websocket'
            ? 'Every edit is on the server’s disk.'
            : 'Every edit is on the server’s disk. A proxy blocks WebSockets, so everything takes a little longer.',
      }
    case 'offline':
      if (pending > 0)
        return {
          tone: 'warn',
          label: `Offline · ${edits(pending)} waiting`,
          detail: 'They are kept in this tab and sent as soon as the connection is back. Do not close the tab.',
        }
      return { tone: 'warn', label: 'Offline', detail: 'Everything you typed before is saved. You can go on typing.' }
    case 'refused':
      return { tone: 'bad', label: 'Disconnected', detail: 'The server ended this tab’s connection.' }
  }
}

export type Trouble = { title: string; safe: string; action?: 'reconnect' | 'reload' | 'home' }

/** Whether a trouble leaves nothing to show: the person has no session here. */
export function isDeadEnd(connection: ConnectionState): boolean {
  return (
    connection.status === 'refused' &&
    (connection.reason === 'denied' || connection.reason === 'not_found' || connection.reason === 'session_deleted')
  )
}

/** What happened to a connection that is not there, what is safe, and what to do about it. */
export function wordTrouble(connection: ConnectionState, pending: number): Trouble | undefined {
  const kept =
    pending > 0
      ? `${edits(pending)} that the server does not have yet ${pending === 1 ? 'is' : 'are'} kept in this tab.`
      : 'Everything you typed is saved.'
  switch (connection.status) {
    case 'online':
      return undefined
    case 'connecting':
      return { title: 'The server takes longer than usual to answer.', safe: 'Flint goes on trying.', action: 'reconnect' }
    case 'offline':
      return {
        title: 'The connection to the server is lost. Flint keeps trying to get it back.',
        safe: `${kept} You can go on typing.`,
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
