'use client'

import { useSession } from '#session/session-provider.tsx'
import { Button } from '#ui/button.tsx'
import { IconButton } from '#ui/icon-button.tsx'
import { ArrowDown, ArrowUp, Columns2, Rows2, X } from 'lucide-react'
import { useEffect, useEffectEvent, useRef, useState, type ComponentType, type KeyboardEvent, type Ref } from 'react'
import type { ComparedFile } from './compared-files.ts'
import { ComparisonList } from './comparison-list.tsx'
import { useCheckpoint, type CheckpointReading } from './use-checkpoint.ts'
import { useInline } from './use-inline.ts'

/** What the comparison asks of the editor that draws the two texts. */
export type DifferenceHandle = { next(): void; previous(): void }

export type DifferenceProps = { file: ComparedFile & { before: string }; inline: boolean; ref?: Ref<DifferenceHandle> }

type ComparisonProps = {
  turnId: string
  /** Draws a file's text before the turn beside its text now. */
  Difference: ComponentType<DifferenceProps>
  onClose(): void
}

/** The files before a turn beside what they are now, which goes on changing while it is looked at. Escape closes it. */
export function Comparison({ turnId, Difference, onClose }: ComparisonProps) {
  const number = useSession((state) => state.turns.find((turn) => turn.turnId === turnId)?.number)
  const { reading, again } = useCheckpoint(turnId)
  const [inline, setInline] = useInline()
  const [chosenId, setChosenId] = useState<string | undefined>(undefined)
  const difference = useRef<DifferenceHandle>(null)
  const panel = useRef<HTMLElement>(null)
  useFocusBack(panel)

  const files = reading.state === 'read' ? reading.files : []
  const chosen = files.find(({ fileId }) => fileId === chosenId) ?? files[0]
  const step = (way: 'next' | 'previous') => difference.current?.[way]()

  // Before Monaco, which has another use for F7.
  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (event.key !== 'F7' || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    step(event.shiftKey ? 'previous' : 'next')
  }
  // After Monaco, whose own widgets close first.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    onClose()
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys that work wherever the focus is inside
    <section
      ref={panel}
      aria-label={`Comparison with before turn ${number ?? ''}`}
      tabIndex={-1}
      onKeyDownCapture={onKeyDownCapture}
      onKeyDown={onKeyDown}
      className="absolute inset-0 z-20 flex flex-col bg-bg-2 outline-none"
    >
      <header className="flex h-9 shrink-0 items-center gap-1 border-b border-line pr-1.5 pl-3">
        <h2 className="min-w-0 flex-1 truncate font-semibold">
          Before turn {number} <span className="font-normal text-text-3">↔</span> now
        </h2>
        {chosen !== undefined && (
          <>
            <IconButton label="Previous change" keys="Shift+F7" size="small" onClick={() => step('previous')}>
              <ArrowUp size={14} aria-hidden />
            </IconButton>
            <IconButton label="Next change" keys="F7" size="small" onClick={() => step('next')}>
              <ArrowDown size={14} aria-hidden />
            </IconButton>
            <IconButton label={inline ? 'Show side by side' : 'Show inline'} size="small" onClick={() => setInline(!inline)}>
              {inline ? <Columns2 size={14} aria-hidden /> : <Rows2 size={14} aria-hidden />}
            </IconButton>
          </>
        )}
        <IconButton label="Close the comparison" keys="Esc" size="small" onClick={onClose}>
          <X size={14} aria-hidden />
        </IconButton>
      </header>
      {chosen === undefined ? (
        <NoFiles reading={reading} number={number} onAgain={again} />
      ) : (
        <div className="flex min-h-0 flex-1 flex-col wide:flex-row">
          <ComparisonList files={files} chosen={chosen} onChoose={(file) => setChosenId(file.fileId)} />
          <div className="relative min-h-0 min-w-0 flex-1">
            {chosen.before === null ? (
              <p className="p-4 text-text-2">{chosen.path} is not text, so there are no lines to compare.</p>
            ) : (
              <Difference ref={difference} file={{ ...chosen, before: chosen.before }} inline={inline} />
            )}
          </div>
        </div>
      )}
    </section>
  )
}

const failures = {
  gone: { title: 'There is no such checkpoint.', again: false },
  unreachable: { title: 'The server does not answer.', again: true },
  failed: { title: 'The checkpoint could not be read.', again: true },
} as const

function NoFiles({ reading, number, onAgain }: { reading: CheckpointReading; number: number | undefined; onAgain(): void }) {
  if (reading.state === 'loading') {
    return (
      <p role="status" className="p-4 text-text-3">
        Reading what the files were before turn {number}…
      </p>
    )
  }
  if (reading.state === 'read')
    return <p className="p-4 text-text-2">Nothing differs: every file is as it was before turn {number}.</p>
  const { title, again } = failures[reading.why]
  return (
    <div role="alert" className="p-4">
      <p className="font-semibold">{title}</p>
      <p className="pt-1 pb-3 text-text-2">Your files are safe and as they were.</p>
      {again && <Button onClick={onAgain}>Try again</Button>}
    </div>
  )
}

/** Takes the focus, and gives it back to where it was. */
function useFocusBack(panel: { current: HTMLElement | null }) {
  const take = useEffectEvent(() => {
    const before = document.activeElement
    // Its list of files may have taken it already.
    if (!panel.current?.contains(before)) panel.current?.focus()
    return before
  })
  useEffect(() => {
    const before = take()
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus()
    }
  }, [])
}
