'use client'

import { ArrowUp, ListPlus, Square } from 'lucide-react'
import { useEffect, useImperativeHandle, useRef, useState, type KeyboardEvent, type Ref } from 'react'
import { limits } from '#protocol/limits.ts'
import { permits } from '#protocol/roles.ts'
import type { Reference } from '#protocol/turns.ts'
import { runningTurn } from '#session/running-turn.ts'
import { useOwnPresence, useSession, useSessionActions } from '#session/session-provider.tsx'
import { Button } from '#ui/button.tsx'
import { toast } from '#ui/toast.tsx'
import { AudienceSwitch, type Audience } from './audience-switch.tsx'
import { commandFailureWording } from './failure-wording.ts'
import { MentionList } from './mention-list.tsx'
import { mentionOptions, type MentionOption } from './mention-options.ts'
import { mentionAt, replacedMention, switchedBy } from './mentions.ts'
import { withIds, type Nameable } from './message-names.ts'
import { nameables } from './nameables.ts'
import { PlaceOffer } from './place-offer.tsx'
import { ReadOnlyNote } from './read-only-note.tsx'
import { ReferenceChips } from './reference-chips.tsx'
import { referencesOf, type EditorSelection } from './references.ts'

export type ComposerHandle = {
  /** `audience`: whom to write to from now on; as it is where absent. */
  focus(audience?: Audience): void
  /** Sends a prompt as if it had been typed. */
  send(prompt: string): void
  /** Puts a prompt before what is being written, and the focus behind it. */
  take(prompt: string, references?: readonly Reference[]): void
}

type ComposerProps = { openFileIds: string[]; selection: EditorSelection | null; ref?: Ref<ComposerHandle> }

/** Where prompts and messages are written. Enter sends, Shift+Enter breaks the line, Esc stops the running turn, Mod+/ switches. */
export function Composer({ openFileIds, selection, ref }: ComposerProps) {
  const actions = useSessionActions()
  const presence = useOwnPresence()
  const you = useSession((state) => state.you)
  const running = useSession((state) => runningTurn(state.turns))
  const files = useSession((state) => state.files)
  const participants = useSession((state) => state.participants)
  const [text, setText] = useState('')
  const [caret, setCaret] = useState(0)
  const [chosenAudience, setAudience] = useState<Audience>('assistant')
  const [mentioned, setMentioned] = useState<string[]>([])
  const [picked, setPicked] = useState<Nameable[]>([])
  const [withSelection, setWithSelection] = useState(true)
  const [sending, setSending] = useState(false)
  const [chosen, setChosen] = useState(0)
  const area = useRef<HTMLTextAreaElement>(null)

  const mayWrite = you !== null && permits(you.role, 'reviewer')
  const mayAsk = you !== null && permits(you.role, 'editor')
  const audience = mayAsk ? chosenAudience : 'people'
  const toAssistant = audience === 'assistant'
  const own = running !== undefined && running.askedBy === you?.participantId
  const redirects = own && toAssistant
  const mention = mentionAt(text, caret)
  const known = { files, participants, you: you?.participantId }
  const found =
    mention === undefined ? [] : mentionOptions(known, { query: mention.query, audience, atStart: mention.from === 0 })
  const references = referencesOf(files, mentioned, withSelection ? selection : null)
  const tooLong = text.length > (toAssistant ? limits.promptLength : limits.messageLength)

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

  /** `queued`: behind one's own running turn instead of in its place. */
  const ask = async (prompt: string, queued = false) => {
    if (prompt.trim() === '' || sending || !mayAsk || prompt.length > limits.promptLength) return
    setSending(true)
    const redirect = own && !queued ? { redirect: running.turnId } : {}
    const result = await actions.startTurn({ prompt: prompt.trim(), references, openFileIds, ...redirect })
    setSending(false)
    if (!result.ok) {
      toast.error(commandFailureWording(result.error))
      return
    }
    setText((current) => (current === prompt ? '' : current))
    setMentioned([])
    setWithSelection(true)
  }
  const say = () => {
    if (text.trim() === '' || !mayWrite || tooLong) return
    const body = withIds(text.trim(), [...picked, ...nameables(participants)])
    if (body.length > limits.messageLength) return void toast.error(commandFailureWording({ code: 'too_large' }))
    actions.sendMessage(body)
    presence.messaging(false)
    setText('')
    setPicked([])
  }
  const submit = (queued = false) => (toAssistant ? void ask(text, queued) : say())

  const stop = async () => {
    if (running === undefined) return
    const result = await actions.stopTurn(running.turnId)
    if (!result.ok && result.error.code !== 'turn_over') toast.error(commandFailureWording(result.error))
  }

  useImperativeHandle(ref, () => ({
    focus: (wanted) => {
      if (wanted !== undefined) setAudience(wanted)
      area.current?.focus()
    },
    send: (prompt) => void ask(prompt),
    take: (prompt, along = []) => {
      setAudience('assistant')
      setText((current) => (current.trim() === '' ? prompt : `${prompt.trimEnd()}\n\n${current}`))
      setMentioned((held) => [...new Set([...held, ...along.map(({ fileId }) => fileId)])])
      area.current?.focus()
    },
  }))

  const take = (option: MentionOption) => {
    if (mention === undefined) return
    if (option.kind !== 'file') setAudience('people')
    const word = option.kind !== 'file' ? `@${option.label} ` : toAssistant ? '' : `${option.detail}${option.label}:1 `
    const next = replacedMention(text, mention, word)
    setText(next.text)
    setCaret(next.caret)
    if (option.kind !== 'file') setPicked((held) => [{ id: option.id, name: option.label }, ...held])
    else if (toAssistant) setMentioned((held) => (held.includes(option.id) ? held : [...held, option.id]))
    setChosen(0)
    area.current?.focus()
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === '/' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      if (mayAsk) setAudience(toAssistant ? 'people' : 'assistant')
      return
    }
    if (found.length > 0) {
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? found.length - 1 : 0
      const option = found[chosen % found.length]
      if (step > 0) setChosen((chosen + step) % found.length)
      else if ((event.key === 'Enter' || event.key === 'Tab') && option !== undefined) take(option)
      else if (event.key === 'Escape') setCaret(-1)
      else return
      event.preventDefault()
      return
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      submit(event.altKey)
    } else if (event.key === 'Escape' && running !== undefined && mayAsk) {
      event.preventDefault()
      void stop()
    }
  }

  if (you !== null && !mayWrite) return <ReadOnlyNote />
  const cannotSend = text.trim() === '' || (sending && toAssistant) || tooLong
  return (
    <div className="relative m-3 mt-1 rounded-panel border border-line-strong bg-bg-2 focus-within:border-text-3">
      {found.length > 0 && <MentionList options={found} chosen={chosen % found.length} onTake={take} />}
      <AudienceSwitch audience={audience} mayAsk={mayAsk} onAudience={setAudience} />
      <textarea
        ref={area}
        rows={1}
        value={text}
        aria-label={toAssistant ? 'Message to the assistant' : 'Message to the people'}
        aria-autocomplete="list"
        aria-controls={found.length > 0 ? 'composer-mentions' : undefined}
        aria-activedescendant={found.length > 0 ? `mention-${chosen % found.length}` : undefined}
        placeholder={
          !toAssistant
            ? 'Write to everyone here'
            : own
              ? 'Redirect the assistant…'
              : 'Ask for a change, or anything about these files'
        }
        onChange={(event) => {
          if (!toAssistant) presence.messaging(event.target.value !== '')
          const switched = mayAsk ? switchedBy(event.target.value) : undefined
          if (switched !== undefined) setAudience(switched.audience)
          setText(switched?.text ?? event.target.value)
          setCaret(switched === undefined ? event.target.selectionStart : switched.text.length)
          setChosen(0)
        }}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
        onKeyDown={onKeyDown}
        className="block max-h-55 min-h-14 w-full resize-none bg-transparent px-3 pt-2 pb-1 outline-none"
      />
      {tooLong && <p className="px-3 pb-1 text-small text-bad">{commandFailureWording({ code: 'too_large' })}</p>}
      <div className="flex min-h-10 items-center gap-1.5 px-2 pb-2">
        {toAssistant ? (
          <ReferenceChips
            references={references}
            files={files}
            onRemove={(fileId) => {
              if (selection?.fileId === fileId && !mentioned.includes(fileId)) setWithSelection(false)
              setMentioned((held) => held.filter((other) => other !== fileId))
            }}
          />
        ) : (
          <PlaceOffer
            selection={selection}
            onInsert={(place) => {
              setText((current) => `${current}${current === '' || /\s$/.test(current) ? '' : ' '}${place} `)
              area.current?.focus()
            }}
          />
        )}
        {running !== undefined && mayAsk && (
          <Button variant="ember" size="small" onClick={() => void stop()} aria-keyshortcuts="Escape">
            <Square size={10} fill="currentColor" aria-hidden /> Stop
          </Button>
        )}
        {redirects && !cannotSend && (
          <Button
            size="small"
            aria-label="Queue behind the running turn"
            title="Queue behind the running turn (Alt+Enter)"
            onClick={() => submit(true)}
          >
            <ListPlus size={14} aria-hidden />
          </Button>
        )}
        <Button
          variant={running === undefined && toAssistant ? 'ember' : toAssistant ? 'default' : 'strong'}
          size="small"
          aria-label={redirects ? 'Redirect' : 'Send'}
          disabled={cannotSend}
          onClick={() => submit()}
        >
          {redirects ? 'Redirect' : <ArrowUp size={14} aria-hidden />}
        </Button>
      </div>
    </div>
  )
}
