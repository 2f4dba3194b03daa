'use client'

import { Button } from '#ui/button.tsx'
import { limits } from '#protocol/limits.ts'
import { useSession } from '#session/session-provider.tsx'
import { FilePlus2 } from 'lucide-react'
import { useId, useState, type KeyboardEvent } from 'react'
import { keepDraft, readDraft, type Draft } from './drafts.ts'

type CommentFormProps = {
  label: string
  placeholder: string
  /** Under which name an unsent text is kept. */
  draftKey: string
  /** The lines as they are, to begin a suggestion with; undefined where none can be made. */
  suggestFrom?: (() => string | undefined) | undefined
  /** Something is pending already, so that what is written goes with it unless said otherwise. */
  inReview: boolean
  takesFocus?: boolean
  /** Resolves to whether it was taken. */
  onSend(draft: Draft, pending: boolean): Promise<boolean>
  onCancel(): void
}

/** Writes a comment: sent at once, or kept for one's review. Ctrl+Enter does what the strong button does, Escape gives up the field. */
export function CommentForm(props: CommentFormProps) {
  const { label, placeholder, draftKey, suggestFrom, inReview, takesFocus = false, onSend, onCancel } = props
  const sessionId = useSession((state) => state.session?.sessionId ?? '')
  const [draft, setDraft] = useState(() => readDraft(sessionId, draftKey))
  const [sending, setSending] = useState(false)
  const hint = useId()

  const change = (next: Draft) => {
    setDraft(next)
    keepDraft(sessionId, draftKey, next)
  }
  const isEmpty = draft.body.trim() === '' && draft.suggestion === undefined
  const send = async (pending: boolean) => {
    if (isEmpty || sending) return
    setSending(true)
    const taken = await onSend(draft, pending)
    setSending(false)
    if (taken) change({ body: '' })
  }
  const suggest = () => {
    const lines = suggestFrom?.()
    if (lines !== undefined) change({ ...draft, suggestion: lines.replace(/\n$/, '') })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // The editor and the workbench have other uses for some of these keys.
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault()
      void send(inReview)
    }
    if (event.key === 'Escape') {
      event.preventDefault()
      onCancel()
    }
  }

  return (
    <div className="flex flex-col gap-1.5">
      <textarea
        aria-label={label}
        aria-describedby={hint}
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- it appears because somebody wants to write
        autoFocus={takesFocus}
        value={draft.body}
        maxLength={limits.commentLength}
        placeholder={placeholder}
        rows={2}
        onChange={(event) => change({ ...draft, body: event.target.value })}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-60 min-h-14 w-full resize-none rounded-control border border-line-strong bg-bg-2 px-2.5 py-1.5 text-text-1 focus:border-focus focus:outline-1 focus:outline-offset-0 focus:outline-focus"
      />
      {draft.suggestion !== undefined && (
        <SuggestionField
          value={draft.suggestion}
          onChange={(suggestion) => change({ ...draft, suggestion })}
          onDrop={() => change({ body: draft.body })}
          onKeyDown={onKeyDown}
        />
      )}
      <div className="flex flex-wrap items-center gap-1.5">
        {suggestFrom !== undefined && draft.suggestion === undefined && (
          <Button size="small" variant="ghost" onClick={suggest}>
            <FilePlus2 size={13} aria-hidden />
            Suggest other lines
          </Button>
        )}
        <span id={hint} className="sr-only">
          Markdown. Control Enter sends it.
        </span>
        <span className="flex-1" />
        <Button size="small" variant="ghost" onClick={onCancel}>
          Cancel
        </Button>
        <Button
          size="small"
          variant={inReview ? 'default' : 'strong'}
          disabled={isEmpty || sending}
          onClick={() => void send(false)}
        >
          {inReview ? 'Send at once' : 'Comment'}
        </Button>
        <Button
          size="small"
          variant={inReview ? 'strong' : 'default'}
          disabled={isEmpty || sending}
          onClick={() => void send(true)}
        >
          {inReview ? 'Add to review' : 'Start a review'}
        </Button>
      </div>
    </div>
  )
}

type SuggestionFieldProps = {
  value: string
  onChange(value: string): void
  onDrop(): void
  onKeyDown(event: KeyboardEvent): void
}

function SuggestionField({ value, onChange, onDrop, onKeyDown }: SuggestionFieldProps) {
  return (
    <div className="rounded-control border border-line-strong bg-bg-2">
      <div className="flex items-center gap-2 border-b border-line px-2.5 py-0.5 text-small text-text-3">
        <span className="flex-1">Suggested lines</span>
        <Button size="small" variant="ghost" onClick={onDrop}>
          Without a suggestion
        </Button>
      </div>
      <textarea
        aria-label="Suggested lines"
        value={value}
        spellCheck={false}
        maxLength={limits.commentLength}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={onKeyDown}
        className="field-sizing-content block max-h-60 min-h-10 w-full resize-none overflow-x-auto px-2.5 py-1.5 font-mono text-[12px] leading-[18px] whitespace-pre text-text-1 outline-none focus-visible:shadow-[inset_0_0_0_1.5px_var(--focus)]"
      />
    </div>
  )
}
