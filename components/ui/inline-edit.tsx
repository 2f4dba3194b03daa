'use client'

import { useCallback, useId, useRef, useState } from 'react'
import { classNames } from './class-names.ts'

type InlineEditProps = {
  label: string
  value: string
  /** Editing is over: with the trimmed new text, or without one where it was given up, did not change or is not valid. */
  onEnd(value?: string): void
  /** Why a text will not do, or undefined. */
  validate?(value: string): string | undefined
  /** Which part is selected at first, as [start, end]. Default: all. */
  selection?: [number, number]
  maxLength?: number
  placeholder?: string
  className?: string
}

/** Edits a name where it stands: Enter and leaving commit, Escape gives up. Takes the focus when it appears. */
export function InlineEdit({ label, value, onEnd, validate, selection, maxLength, placeholder, className }: InlineEditProps) {
  // Somebody else may rename the same thing meanwhile; who has changed nothing here does not take that back.
  const [initial] = useState(value)
  const [text, setText] = useState(value)
  const problem = text.trim() === initial ? undefined : validate?.(text.trim())
  const problemId = useId()
  const ended = useRef(false)
  const [[start, end]] = useState(selection ?? ([0, value.length] as const))

  const take = useCallback(
    (input: HTMLInputElement | null) => {
      input?.focus()
      input?.setSelectionRange(start, end)
    },
    [start, end],
  )
  const finish = (commit: boolean) => {
    if (ended.current) return
    ended.current = true
    const wanted = text.trim()
    if (commit && wanted && wanted !== initial && !problem) onEnd(wanted)
    else onEnd()
  }

  return (
    <span className="relative block min-w-0 flex-1">
      <input
        ref={take}
        aria-label={label}
        aria-invalid={problem !== undefined}
        aria-describedby={problem ? problemId : undefined}
        autoComplete="off"
        spellCheck={false}
        value={text}
        maxLength={maxLength}
        placeholder={placeholder}
        onChange={(event) => setText(event.target.value)}
        onBlur={() => finish(true)}
        onKeyDown={(event) => {
          event.stopPropagation()
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter' && !problem) finish(true)
          if (event.key === 'Escape') {
            event.preventDefault()
            finish(false)
          }
        }}
        className={classNames(
          'h-6 w-full rounded-[4px] border border-focus bg-bg-2 px-1.5 text-text-1 outline-1 outline-offset-0 outline-focus focus-visible:outline-1 focus-visible:outline-offset-0 aria-invalid:border-bad aria-invalid:outline-bad',
          className,
        )}
      />
      {problem && (
        <span
          id={problemId}
          role="alert"
          className="absolute top-full left-0 z-20 mt-0.5 block w-max max-w-64 rounded-[4px] border border-bad bg-bg-3 px-2 py-1 text-small whitespace-normal text-text-1 shadow-float"
        >
          {problem}
        </span>
      )}
    </span>
  )
}
