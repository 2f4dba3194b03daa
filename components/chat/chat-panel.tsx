'use client'

import { Crosshair } from 'lucide-react'
import { useRef, type Ref } from 'react'
import { permits } from '#protocol/roles.ts'
import { useSession } from '#session/session-provider.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { Composer, type ComposerHandle } from './composer.tsx'
import { Conversation } from './conversation.tsx'
import { OpenPlaceContext, type OpenPlace } from './open-place.ts'
import { Queue } from './queue.tsx'
import { ReadOnlyStart } from './read-only-start.tsx'
import type { EditorSelection } from './references.ts'
import { Suggestions } from './suggestions.tsx'
import { TurnAnnouncer } from './turn-announcer.tsx'
import { TypingLine } from './typing-line.tsx'
import './chat.css'

export type ChatPanelProps = {
  openFileIds: string[]
  selection: EditorSelection | null
  /** Shows a hunk in the editor, opening its file. */
  onReveal: (hunkId: string, candidate?: number) => void
  /** Shows what differs between the files before a turn and now. */
  onCompare?: (turnId: string) => void
  /** Shows a line of a file, 1-based. */
  onOpenPlace: OpenPlace
  /** Whether the editor follows what the assistant writes. */
  follow: boolean
  setFollow: (follow: boolean) => void
  ref?: Ref<ComposerHandle>
}

/** The conversation of everyone in the session, with the assistant and with each other. */
export function ChatPanel({
  openFileIds,
  selection,
  onReveal,
  onCompare,
  onOpenPlace,
  follow,
  setFollow,
  ref,
}: ChatPanelProps) {
  const own = useRef<ComposerHandle>(null)
  const loaded = useSession((state) => state.loaded)
  const mayAsk = useSession(({ you }) => you !== null && permits(you.role, 'editor'))
  const asked = useSession((state) => state.turns.length > 0)
  const send = (prompt: string) => own.current?.send(prompt)
  const setHandle = (handle: ComposerHandle | null) => {
    own.current = handle
    if (typeof ref === 'function') ref(handle)
    else if (ref !== undefined && ref !== null) ref.current = handle
  }
  return (
    <section aria-label="Chat" className="flex h-full min-h-0 flex-col bg-bg-1">
      <header className="flex h-[34px] shrink-0 items-center gap-2 border-b border-line px-3">
        <h2 className="flex-1 font-semibold">Chat</h2>
        <IconButton
          label={follow ? 'Stop following the assistant' : 'Follow the assistant'}
          size="small"
          aria-pressed={follow}
          onClick={() => setFollow(!follow)}
          className="aria-pressed:text-ember-text"
        >
          <Crosshair size={14} />
        </IconButton>
      </header>
      <OpenPlaceContext value={onOpenPlace}>
        <Conversation
          onReveal={onReveal}
          onCompare={onCompare}
          onPrompt={(prompt) => own.current?.take(prompt)}
          empty={!loaded ? null : mayAsk ? <Suggestions onSend={send} first /> : <ReadOnlyStart />}
        />
      </OpenPlaceContext>
      <Queue onTakeBack={({ prompt, references }) => own.current?.take(prompt, references)} />
      {asked && mayAsk && <Suggestions onSend={send} first={false} />}
      <TypingLine />
      <Composer ref={setHandle} openFileIds={openFileIds} selection={selection} />
      <TurnAnnouncer />
    </section>
  )
}
