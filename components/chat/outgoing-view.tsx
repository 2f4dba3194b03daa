'use client'

import { Clock, TriangleAlert } from 'lucide-react'
import { useSession, useSessionActions } from '#session/session-provider.tsx'
import type { OutgoingMessage } from '#session/chat-state.ts'
import { Button } from '#ui/button.tsx'
import { commandFailureWording } from './failure-wording.ts'
import { MessageBody } from './message-body.tsx'

/** Messages of one's own that the server has not got yet: on their way, waiting for the connection, or refused. */
export function OutgoingMessages() {
  const outgoing = useSession(({ chat }) => chat.outgoing)
  const online = useSession(({ connection }) => connection.status === 'online')
  const acknowledged = useSession(({ chat }) => chat.messages)
  // Its event may come before its answer.
  const shown = outgoing.filter(({ messageId }) => acknowledged.every((message) => message.messageId !== messageId))
  return shown.map((message) => <Outgoing key={message.messageId} message={message} online={online} />)
}

function Outgoing({ message, online }: { message: OutgoingMessage; online: boolean }) {
  const { resendMessage, discardMessage } = useSessionActions()
  return (
    <article aria-label="Message of yours, not sent yet" className="px-3.5 pt-1.5 pb-0.5">
      <div className="pl-[26px]">
        <div className="opacity-60">
          <MessageBody body={message.body} />
        </div>
        {message.failure === undefined ? (
          <p className="flex items-center gap-1.5 text-small text-text-3">
            <Clock size={11} aria-hidden />
            {online ? 'Sending…' : 'Kept here. It is sent when the connection is back.'}
          </p>
        ) : (
          <div role="alert" className="flex flex-wrap items-center gap-2 pt-1 text-small">
            <span className="flex items-center gap-1.5 text-bad">
              <TriangleAlert size={12} aria-hidden /> Not sent. {commandFailureWording(message.failure)}
            </span>
            <Button size="small" onClick={() => resendMessage(message.messageId)}>
              Send again
            </Button>
            <Button size="small" variant="ghost" onClick={() => discardMessage(message.messageId)}>
              Discard
            </Button>
          </div>
        )}
      </div>
    </article>
  )
}
