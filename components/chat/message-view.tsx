'use client'

import { Ellipsis, Pencil, Quote, Sparkles, Trash2 } from 'lucide-react'
import { memo, useState } from 'react'
import type { Message } from '#protocol/chat.ts'
import { permits } from '#protocol/roles.ts'
import { useSession, useSessionActions, useSessionStore } from '#session/session-provider.tsx'
import { Button } from '#ui/button.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { Menu, type MenuEntry } from '#ui/menu.tsx'
import { toast } from '#ui/toast.tsx'
import { Avatar } from '#ui/avatar.tsx'
import { commandFailureWording } from './failure-wording.ts'
import { MessageBody } from './message-body.tsx'
import { MessageEdit } from './message-edit.tsx'
import { assistant, mentionedIn } from './message-names.ts'
import { promptOf, quoteOf } from './message-prompt.ts'
import { Time } from './time.tsx'
import { usePerson } from './use-person.ts'

type MessageViewProps = {
  message: Message
  continued: boolean
  /** Puts a prompt into the composer, addressed to the assistant. */
  onPrompt: (prompt: string) => void
}

/** What a person wrote to the others. */
export const MessageView = memo(function MessageView({ message, continued, onPrompt }: MessageViewProps) {
  const author = usePerson(message.author)
  const mayAsk = useSession(({ you }) => you !== null && permits(you.role, 'editor'))
  const you = useSession((state) => state.you?.participantId)
  const mentioned = mentionedIn(message.body)
  const mentionsYou = you !== undefined && mentioned.has(you)
  const [editing, setEditing] = useState(false)
  const asks = mayAsk && mentioned.has(assistant.id)
  const store = useSessionStore()
  const names = () => store.read().participants

  return (
    <article
      aria-label={`Message from ${author.name}`}
      className={`group relative px-3.5 ${continued ? 'pt-0.5' : 'pt-2.5'} pb-0.5 ${mentionsYou ? 'shadow-[inset_2px_0_0_var(--info)]' : ''}`}
    >
      {!continued && (
        <header className="mb-0.5 flex min-w-0 items-center gap-2 text-[12px] text-text-2">
          <Avatar name={author.name} colour={author.colour} />
          <span className="min-w-0 truncate" title={author.name}>
            {author.name}
          </span>
          <Time at={message.createdAt} />
        </header>
      )}
      {message.deleted ? (
        <p className="pl-[26px] text-text-3 italic">Message deleted</p>
      ) : editing ? (
        <MessageEdit message={message} onDone={() => setEditing(false)} />
      ) : (
        <div className="pl-[26px]">
          <MessageBody body={message.body} />
          {message.editedAt !== undefined && <p className="text-small text-text-3">edited</p>}
          {asks && (
            <Button size="small" className="mt-1" onClick={() => onPrompt(promptOf(message.body, names()))}>
              <Sparkles size={12} aria-hidden className="text-ember-text" /> Ask the assistant this
            </Button>
          )}
        </div>
      )}
      {!message.deleted && !editing && (
        <MessageMenu
          message={message}
          author={author.name}
          onEdit={() => setEditing(true)}
          onQuote={mayAsk ? () => onPrompt(quoteOf(message.body, author.name, names())) : undefined}
        />
      )}
    </article>
  )
})

type MessageMenuProps = { message: Message; author: string; onEdit: () => void; onQuote: (() => void) | undefined }

function MessageMenu({ message, author, onEdit, onQuote }: MessageMenuProps) {
  const { deleteMessage } = useSessionActions()
  const own = useSession(({ you }) => you?.participantId === message.author)
  const owner = useSession(({ you }) => you?.role === 'owner')
  const remove = async () => {
    const answer = await deleteMessage(message.messageId)
    if (!answer.ok) toast.error(commandFailureWording(answer.error))
  }
  const entries: MenuEntry[] = [
    ...(own ? [{ type: 'item', label: 'Edit', icon: <Pencil size={13} />, onSelect: onEdit } as const] : []),
    ...(onQuote ? [{ type: 'item', label: 'Quote in a prompt', icon: <Quote size={13} />, onSelect: onQuote } as const] : []),
    ...(own || owner
      ? [
          {
            type: 'item',
            label: own ? 'Delete' : `Delete for everyone`,
            icon: <Trash2 size={13} />,
            danger: true,
            onSelect: () => void remove(),
          } as const,
        ]
      : []),
  ]
  if (entries.length === 0) return null
  const label = `Actions for the message from ${author}`
  return (
    <span className="absolute top-1 right-2 rounded-control bg-bg-1 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 has-data-[state=open]:opacity-100 pointer-coarse:opacity-100">
      <Menu entries={entries} label={label}>
        <IconButton label={label} size="small">
          <Ellipsis size={14} />
        </IconButton>
      </Menu>
    </span>
  )
}
