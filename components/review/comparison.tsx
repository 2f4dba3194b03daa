'use client'

import type { BaseId } from '#protocol/bases.ts'
import {
  useEffect,
  useEffectEvent,
  useImperativeHandle,
  useRef,
  useState,
  type ComponentType,
  type KeyboardEvent,
  type Ref,
} from 'react'
import type { AskedFile } from './ask-review-dialog.tsx'
import type { ComparedFile } from './compared-files.ts'
import { ComparisonHeader } from './comparison-header.tsx'
import { ComparisonList } from './comparison-list.tsx'
import { NoDifference } from './no-difference.tsx'
import { useBase } from './use-bases.ts'
import { useCompared } from './use-compared.ts'
import { useInline } from './use-inline.ts'
import { useThreadSteps } from './use-threads.ts'

/** What the comparison asks of the editor that draws the two texts. */
export type DifferenceHandle = { next(): void; previous(): void; comment(): void }

/** Which thread is shown in the code. */
export type ShownThread = { shownThreadId: string | null; onShow(threadId: string | null): void; onStep(step: 1 | -1): void }

export type DifferenceProps = {
  file: ComparedFile & { before: string }
  inline: boolean
  threads: ShownThread
  ref?: Ref<DifferenceHandle>
}

export type ComparisonHandle = {
  /** Begins a conversation about the selected lines as they are now. */
  comment(): void
  /** To the next thread that waits to be settled in the files that differ; false where there is none. */
  stepThread(step: 1 | -1): boolean
}

type ComparisonProps = {
  baseId: BaseId
  onBase(baseId: BaseId): void
  /** Draws a file's text in the base beside its text now. */
  Difference: ComponentType<DifferenceProps>
  threads: Omit<ShownThread, 'onStep'>
  /** Asks the assistant to review what changed in these files; undefined where the person may not. */
  onReview: ((files: AskedFile[], since: BaseId) => void) | undefined
  onExport(baseId: BaseId): void
  onClose(): void
  ref?: Ref<ComparisonHandle>
}

/** The files of a base beside what they are now, which goes on changing while it is looked at. Escape closes it. */
export function Comparison({ baseId, onBase, Difference, threads, onReview, onExport, onClose, ref }: ComparisonProps) {
  const base = useBase(baseId)
  const { reading, again } = useCompared(baseId)
  const [inline, setInline] = useInline()
  const [chosenId, setChosenId] = useState<string | undefined>(undefined)
  const difference = useRef<DifferenceHandle>(null)
  const panel = useRef<HTMLElement>(null)
  const threadAt = useThreadSteps()
  useFocusBack(panel)

  const files = reading.state === 'read' ? reading.files : []
  const chosen = files.find(({ fileId }) => fileId === chosenId) ?? files[0]
  const reviewable = files.filter(({ kind, before }) => kind !== 'deleted' && before !== null)
  const step = (way: 'next' | 'previous') => difference.current?.[way]()
  const stepThread = (places: 1 | -1) => {
    const next = threadAt(threads.shownThreadId, places, new Set(files.map(({ fileId }) => fileId)))
    if (next === undefined) return false
    setChosenId(next.thread.fileId)
    threads.onShow(next.thread.threadId)
    return true
  }
  useImperativeHandle(ref, () => ({ comment: () => difference.current?.comment(), stepThread }))

  // Before Monaco, which has another use for F7.
  const onKeyDownCapture = (event: KeyboardEvent) => {
    if (event.key !== 'F7' || event.ctrlKey || event.metaKey || event.altKey) return
    event.preventDefault()
    event.stopPropagation()
    step(event.shiftKey ? 'previous' : 'next')
  }
  // After Monaco, whose own widgets close first.
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !panel.current?.contains(event.target as Node)) return
    event.preventDefault()
    onClose()
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys that work wherever the focus is inside
    <section
      ref={panel}
      aria-label={`Comparison with ${base.wording}`}
      tabIndex={-1}
      onKeyDownCapture={onKeyDownCapture}
      onKeyDown={onKeyDown}
      className="absolute inset-0 z-20 flex flex-col bg-bg-2 outline-none"
    >
      <ComparisonHeader
        base={base}
        onBase={onBase}
        file={chosen}
        inline={inline}
        onInline={setInline}
        onStep={step}
        onReview={onReview && reviewable.length > 0 ? () => onReview(reviewable, baseId) : undefined}
        onExport={() => onExport(baseId)}
        onClose={onClose}
      />
      {chosen === undefined ? (
        <NoDifference reading={reading} base={base} onAgain={again} />
      ) : (
        <div className="flex min-h-0 flex-1 flex-col wide:flex-row">
          <ComparisonList files={files} chosen={chosen} onChoose={(file) => setChosenId(file.fileId)} />
          <div className="relative min-h-0 min-w-0 flex-1">
            {chosen.before === null ? (
              <p className="p-4 text-text-2">{chosen.path} is not text, so there are no lines to compare.</p>
            ) : (
              <Difference
                ref={difference}
                file={{ ...chosen, before: chosen.before }}
                inline={inline}
                threads={{ ...threads, onStep: stepThread }}
              />
            )}
          </div>
        </div>
      )}
    </section>
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
