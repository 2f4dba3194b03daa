import type { ConnectionState } from '#session/session-state.ts'
import { Notice } from '#ui/notice.tsx'

/** In place of a session that this browser cannot show. */
export function DeadEnd({ connection }: { connection: ConnectionState }) {
  const home = { label: 'All sessions', href: '/' }
  if (connection.status === 'refused' && connection.reason === 'session_deleted')
    return (
      <Notice
        title="This session was deleted"
        what="Its owner deleted it, with its files and its conversation."
        safe="Your other sessions are as they were."
        doNext={home}
      />
    )
  return (
    <Notice
      title="No access to this session"
      what="Either there is no session at this address, or it belongs to another browser."
      safe="If it is yours, open it in the browser in which you started it, with the same profile."
      doNext={home}
    />
  )
}
