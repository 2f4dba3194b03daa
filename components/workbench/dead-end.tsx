import { WaitingPage } from '#sharing/waiting-page.tsx'
import type { ConnectionState } from '#session/session-state.ts'
import { Notice } from '#ui/notice.tsx'

type DeadEndProps = { sessionId: string; connection: ConnectionState }

/** In place of a session that this browser cannot show. */
export function DeadEnd({ sessionId, connection }: DeadEndProps) {
  const home = { label: 'All sessions', href: '/' }
  switch (connection.status === 'refused' ? connection.reason : undefined) {
    case 'awaiting_approval':
      return <WaitingPage sessionId={sessionId} />
    case 'session_deleted':
      return (
        <Notice
          title="This session was deleted"
          what="Its owner deleted it, with its files and its conversation."
          safe="Your other sessions are as they were."
          doNext={home}
        />
      )
    case 'declined':
      return (
        <Notice
          title="You were not let in"
          what="An owner of this session has declined to let this browser in."
          safe="If that was a mistake, ask them for a new link."
          doNext={home}
        />
      )
    case 'removed':
      return (
        <Notice
          title="You are not in this session any more"
          what="An owner has taken you out of it."
          safe="What you wrote there stays. To come back, ask the owner for a link."
          doNext={home}
        />
      )
    case 'moved':
      return (
        <Notice
          title="You are in this session from another browser now"
          what="Your recovery code was used there, and this browser lost its place."
          safe="If that was not you, use your new code at once, or ask another owner to remove whoever it was."
          doNext={{ label: 'Enter a recovery code', href: '/recover' }}
          otherwise={home}
        />
      )
    default:
      return (
        <Notice
          title="No access to this session"
          what="Either there is no session at this address, or this browser was not let into it."
          safe="If it is yours, open it in the browser in which you started it, or use your recovery code. If you were invited, open the whole link again."
          doNext={home}
          otherwise={{ label: 'Enter a recovery code', href: '/recover' }}
        />
      )
  }
}
