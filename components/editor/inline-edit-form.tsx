'use client'

import { CornerDownLeft, Sparkles, Square, X } from 'lucide-react'
import { useEffect, useEffectEvent, useImperativeHandle, useRef, useState, type Ref } from 'react'
import { limits } from '#protocol/limits.ts'
import type { LineRange } from '#session/target-lines.ts'
import { Button } from '#ui/button.tsx'
import { classNames } from '#ui/class-names.ts'
import { IconButton } from '#ui/icon-button.tsx'
import type { WordFailure } from './editor-props.ts'
import { InlineEditNote } from './inline-edit-note.tsx'
import { InlineEditOffers } from './inline-edit-offers.tsx'
import type { InlineEditSubject } from './inline-edit-subject.ts'
import { reviewKeys } from './review-keys.ts'
import { useInlineTurn } from './use-inline-turn.ts'

/** What the editor's own keys do with an open prompt. */
export type InlineEditHandle = { focus(): void; escape(): void }

export type InlineEditFormProps = {
  subject: InlineEditSubject
  wordFailure: WordFailure
  onMove(range: Pick<LineRange, 'start' | 'end'>, prompt: string): void
  /** The prompt was sent. */
  onAsked(): void
  onClose(): void
  ref: Ref<InlineEditHandle>
}

/** One line for the prompt; below it what becomes of it. */
export function InlineEditForm({ subject, wordFailure, onMove, onAsked, onClose, ref }: InlineEditFormProps) {
  const { turnId, phase, refusal, ask, stop, decide } = useInlineTurn(subject)
  const [prompt, setPrompt] = useState(subject.prompt)
  const group = useRef<HTMLDivElement>(null)
  const input = useRef<HTMLInputElement>(null)
  const isRunning = phase.kind === 'running'
  const isReview = phase.kind === 'review'
  const { fromLine, toLine } = subject.lines
  const lines = fromLine === toLine ? `line ${fromLine}` : `lines ${fromLine} to ${toLine}`

  // Somebody asked for the prompt: it has the focus once, and never takes it again.
  useEffect(() => input.current?.focus({ preventScroll: true }), [])
  const closeDecided = useEffectEvent(onClose)
  useEffect(() => {
    if (phase.kind === 'decided') closeDecided()
  }, [phase.kind])
  const escape = () => (isRunning ? stop() : onClose())
  useImperativeHandle(ref, () => ({ focus: () => input.current?.focus({ preventScroll: true }), escape }))

  const send = (text: string) => {
    if (text.trim() === '' || isRunning) return
    setPrompt(text)
    ask(text.trim())
    onAsked()
  }

  const onKeyDown = useEffectEvent((event: globalThis.KeyboardEvent) => {
    // Monaco listens around the widget, and would take keys for the code.
    event.stopPropagation()
    if (event.isComposing) return
    const mod = event.ctrlKey || event.metaKey
    if (event.key === 'Escape') escape()
    else if (mod && event.key === 'Enter' && isReview) decide('accept')
    else if (mod && event.shiftKey && event.key === 'Backspace' && isReview) decide('reject')
    else if (event.key === 'Enter' && event.target === input.current) send(prompt)
    else return
    event.preventDefault()
  })
  useEffect(() => {
    const element = group.current
    const listener = (event: globalThis.KeyboardEvent) => onKeyDown(event)
    element?.addEventListener('keydown', listener)
    return () => element?.removeEventListener('keydown', listener)
  }, [])

  return (
    <div
      ref={group}
      role="group"
      aria-label={`Edit ${lines} with the assistant`}
      className="w-full max-w-[640px] animate-appear overflow-hidden rounded-card border border-line-strong bg-bg-3 font-sans text-ui shadow-float focus-within:border-ember-text/60"
    >
      <div className="flex h-9 items-center gap-2 pr-1.5 pl-2.5">
        <Sparkles size={14} aria-hidden className={isRunning ? 'animate-breathe text-ember' : 'text-ember-text'} />
        <input
          ref={input}
          value={prompt}
          readOnly={isRunning}
          maxLength={limits.promptLength}
          autoComplete="off"
          spellCheck={false}
          aria-label={`Change ${lines}`}
          placeholder={isReview ? 'Change them again…' : 'Change these lines…'}
          onChange={(event) => setPrompt(event.target.value)}
          className="h-full min-w-0 flex-1 bg-transparent text-text-1 outline-none placeholder:text-text-3 read-only:text-text-2"
        />
        {isRunning ? (
          <Button size="small" variant="ember" onClick={stop} aria-keyshortcuts="Escape">
            <Square size={9} fill="currentColor" aria-hidden /> Stop
          </Button>
        ) : (
          <Button
            size="small"
            variant={isReview ? 'default' : 'ember'}
            disabled={prompt.trim() === ''}
            onClick={() => send(prompt)}
            aria-label="Ask"
          >
            <CornerDownLeft size={13} aria-hidden />
          </Button>
        )}
        <IconButton label="Close" keys="Esc" size="small" side="top" onClick={() => (isRunning && stop(), onClose())}>
          <X size={14} />
        </IconButton>
      </div>
      <div className={classNames('flex min-h-8 items-center gap-2 border-t border-line px-2.5 py-1', isReview && 'flex-wrap')}>
        <InlineEditNote turnId={turnId} phase={phase} refusal={refusal} lines={lines} wordFailure={wordFailure} />
        {isReview && (
          <div className="ml-auto flex gap-1.5">
            <Button size="small" onClick={() => decide('reject')}>
              Reject <span className="font-mono text-[10.5px] opacity-70">{reviewKeys.reject.shown}</span>
            </Button>
            <Button size="small" variant="strong" onClick={() => decide('accept')}>
              Accept <span className="font-mono text-[10.5px] opacity-70">{reviewKeys.accept.shown}</span>
            </Button>
          </div>
        )}
        {phase.kind === 'prompt' && <InlineEditOffers subject={subject} onAsk={send} onMove={onMove} />}
      </div>
    </div>
  )
}
