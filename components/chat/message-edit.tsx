'use client'

import { useRef, useState, type KeyboardEvent } from 'react'
import type { Message } from '#protocol/chat.ts'
import { limits } from '#protocol/limits.ts'
import { useSessionActions, useSessionStore } from '#session/session-provider.tsx'
import { Button } from '#ui/button.tsx'
import { commandFailureWording } from './failure-wording.ts'
import { nameables } from './nameables.ts'
import { withIds, withNames } from './message-names.ts'

/** A message of one's own being rewritten, in its place. Enter saves, Esc leaves it as it was. */
export function MessageEdit({ message, onDone }: { message: Message; onDone: () => void }) {
  const { editMessage } = useSessionActions()
  const store = useSessionStore()
  const people = () => nameables(store.read().participants)
  const [text, setText] = useState(() =>
    withNames(message.body, (id) => people().find((person) => person.id === id)?.name ?? id),
  )
  const [problem, setProblem] = useState<string | undefined>(undefined)
  const saving = useRef(false)
  const tooLong = text.length > limits.messageLength

  const save = async () => {
    if (text.trim() === '' || tooLong || saving.current) return
    saving.current = true
    const answer = await editMessage(message.messageId, withIds(text.trim(), people()))
    saving.current = false
    if (answer.ok) onDone()
    else setProblem(commandFailureWording(answer.error))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') onDone()
    else if (event.key === 'Enter' && !event.shiftKey) void save()
    else return
    event.preventDefault()
  }
  return (
    <div className="pl-[26px]">
      <textarea
        // Whoever chose to edit goes on typing here.
        ref={(area) => area?.focus()}
        aria-label="Edit your message"
        value={text}
        rows={Math.min(8, text.split('\n').length)}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className="block w-full resize-y rounded-control border border-line-strong bg-bg-2 px-2 py-1.5"
      />
      {(problem !== undefined || tooLong) && (
        <p role="alert" className="pt-1 text-small text-bad">
          {problem ?? commandFailureWording({ code: 'too_large' })}
        </p>
      )}
      <div className="flex gap-2 pt-1.5">
        <Button size="small" variant="strong" disabled={text.trim() === '' || tooLong} onClick={() => void save()}>
          Save
        </Button>
        <Button size="small" onClick={onDone}>
          Cancel
        </Button>
      </div>
    </div>
  )
}
