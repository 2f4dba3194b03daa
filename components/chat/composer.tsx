'use client'

import { ArrowUp, Square } from 'lucide-react'
import { useEffect, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react'
import { limits } from '#protocol/limits.ts'
import { runningTurn } from '#session/running-turn.ts'
import { useSession, useSessionActions } from '#session/session-provider.tsx'
import { Button } from '#ui/button.tsx'
import { toast } from '#ui/toast.tsx'
import { commandFailureWording } from './failure-wording.ts'
import { MentionList } from './mention-list.tsx'
import { mentionAt, rankedFiles, withoutMention } from './mentions.ts'
import { ReferenceChips } from './reference-chips.tsx'
import { referencesOf, type EditorSelection } from './references.ts'

export type ComposerHandle = {
  focus(): void
  /** Sends a prompt as if it had been typed. */
  send(prompt: string): void
}

type ComposerProps = { openFileIds: string[]; selection: EditorSelection | null; ref?: Ref<ComposerHandle> }

/** Where prompts are written. Enter sends, Shift+Enter breaks the line, Esc stops the running turn. */
export function Composer({ openFileIds, selection, ref }: ComposerProps) {
  const actions = useSessionActions()
  const you = useSession((state) => state.you)
  const running = useSession((state) => runningTurn(state.turns))
  const files = useSession((state) => state.files)
  const [text, setText] = useState('')
  const [caret, setCaret] = useState(0)
  const [mentioned, setMentioned] = useState<string[]>([])
  const [withSelection, setWithSelection] = useState(true)
  const [sending, setSending] = useState(false)
  const [chosen, setChosen] = useState(0)
  const area = useRef<HTMLTextAreaElement>(null)

  const own = running !== undefined && running.askedBy === you?.participantId
  const mayAsk = you?.role === 'owner' || you?.role === 'editor'
  const mention = mentionAt(text, caret)
  const found = mention === undefined ? [] : rankedFiles(files, mention.query).slice(0, 8)
  const references = referencesOf(files, mentioned, withSelection ? selection : null)
  const tooLong = text.length > limits.promptLength

  useEffect(() => {
    const element = area.current
    if (element === null) return
    element.style.height = 'auto'
    element.style.height = `${Math.min(element.scrollHeight, 220)}px`
  }, [text])

  const ownTurn = own ? running.turnId : undefined
  useEffect(() => {
    // The button that asked is gone and took the focus along. On a touch screen focus would bring up the keyboard.
    const isLost = document.activeElement === document.body && matchMedia('(pointer: fine)').matches
    if (ownTurn !== undefined && isLost) area.current?.focus()
  }, [ownTurn])

  const send = async (prompt: string) => {
    if (prompt.trim() === '' || sending || !mayAsk || prompt.length > limits.promptLength) return
    setSending(true)
    const result = await actions.startTurn({
      prompt: prompt.trim(),
      references,
      openFileIds,
      ...(own ? { redirect: running.turnId } : {}),
    })
    setSending(false)
    if (!result.ok) {
      toast.error(commandFailureWording(result.error))
      return
    }
    setText((current) => (current === prompt ? '' : current))
    setMentioned([])
    setWithSelection(true)
  }

  const stop = async () => {
    if (running === undefined) return
    const result = await actions.stopTurn(running.turnId)
    if (!result.ok && result.error.code !== 'turn_over') toast.error(commandFailureWording(result.error))
  }

  useImperativeHandle(ref, () => ({ focus: () => area.current?.focus(), send: (prompt) => void send(prompt) }))

  const take = (fileId: string) => {
    if (mention === undefined) return
    const next = withoutMention(text, mention)
    setText(next.text)
    setCaret(next.caret)
    setMentioned((held) => (held.includes(fileId) ? held : [...held, fileId]))
    setChosen(0)
    area.current?.focus()
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (found.length > 0) {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? found.length - 1 : 0
      const file = found[chosen % found.length]
      if (step > 0) setChosen((chosen + step) % found.length)
      else if ((event.key === 'Enter' || event.key === 'Tab') && file !== undefined) take(file.fileId)
      else if (event.key === 'Escape') setCaret(-1)
      else return
      event.preventDefault()
      return
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      void send(text)
    } else if (event.key === 'Escape' && running !== undefined) {
      event.preventDefault()
      void stop()
    }
  }

  return (
    <div className="relative m-3 rounded-panel border border-line-strong bg-bg-2 focus-within:border-text-3">
      {found.length > 0 && <MentionList files={found} chosen={chosen % found.length} onTake={take} />}
      <textarea
        ref={area}
        rows={1}
        value={text}
        disabled={!mayAsk}
        aria-label="Message to the assistant"
        aria-autocomplete="list"
        aria-controls={found.length > 0 ? 'composer-mentions' : undefined}
        aria-activedescendant={found.length > 0 ? `mention-${chosen % found.length}` : undefined}
        placeholder={
          own
            ? 'Redirect the assistant…'
            : mayAsk
              ? 'Ask for a change, or anything about these files'
              : 'You may read this session'
        }
        onChange={(event) => {
          setText(event.target.value)
          setCaret(event.target.selectionStart)
          setChosen(0)
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        className="block max-h-55 min-h-16 w-full resize-none bg-transparent px-3 pt-2.5 pb-1 outline-none"
      />
      {tooLong && <p className="px-3 pb-1 text-small text-bad">{commandFailureWording({ code: 'too_large' })}</p>}
      <div className="flex min-h-10 items-center gap-1.5 px-2 pb-2">
        <ReferenceChips
          references={references}
          files={files}
          onRemove={(fileId) => {
            if (selection?.fileId === fileId && !mentioned.includes(fileId)) setWithSelection(false)
            setMentioned((held) => held.filter((other) => other !== fileId))
          }}
        />
        {running !== undefined && (
          <Button variant="ember" size="small" onClick={() => void stop()} aria-keyshortcuts="Escape">
            <Square size={10} fill="currentColor" aria-hidden /> Stop
          </Button>
        )}
        <Button
          variant={running === undefined ? 'ember' : 'default'}
          size="small"
          aria-label={own ? 'Redirect' : 'Send'}
          disabled={text.trim() === '' || sending || !mayAsk || tooLong}
          onClick={() => void send(text)}
        >
          {own ? 'Redirect' : <ArrowUp size={14} aria-hidden />}
        </Button>
      </div>
    </div>
  )
}
