'use client'

import { useFileMarks } from '#files/use-file-marks.ts'
import { classNames } from '#ui/class-names.ts'
import { Code, FileDiff, Files, MessageSquare } from 'lucide-react'
import type { ReactNode } from 'react'

export type NarrowView = 'files' | 'changes' | 'editor' | 'chat'

type NarrowPanelsProps = {
  view: NarrowView
  onView(view: NarrowView): void
  /** Files or changes, as `view` says. */
  side: ReactNode
  center: ReactNode
  chat: ReactNode
}

const views = [
  { view: 'files', label: 'Files', Icon: Files },
  { view: 'changes', label: 'Changes', Icon: FileDiff },
  { view: 'editor', label: 'Code', Icon: Code },
  { view: 'chat', label: 'Chat', Icon: MessageSquare },
] as const

/** One panel at a time, with a switch below; the others stay as they are. */
export function NarrowPanels({ view, onView, side, center, chat }: NarrowPanelsProps) {
  const marks = useFileMarks()
  const panels = [
    { key: 'side', shown: view === 'files' || view === 'changes', content: side },
    { key: 'center', shown: view === 'editor', content: center },
    { key: 'chat', shown: view === 'chat', content: chat },
  ]
  return (
    <>
      <main className="flex min-h-0 flex-1 flex-col">
        {panels.map(({ key, shown, content }) => (
          <div key={key} className={classNames('min-h-0 flex-1 flex-col overflow-hidden bg-bg-1', shown ? 'flex' : 'hidden')}>
            {content}
          </div>
        ))}
      </main>
      <nav aria-label="Panels" className="grid h-11 shrink-0 grid-cols-4 border-t border-line bg-bg-1">
        {views.map(({ view: target, label, Icon }) => (
          <button
            key={target}
            type="button"
            aria-current={target === view}
            onClick={() => onView(target)}
            className={classNames(
              'relative flex items-center justify-center gap-1.5 outline-offset-[-2px]',
              target === view ? 'font-medium text-text-1 shadow-[inset_0_1.5px_0_var(--text-1)]' : 'text-text-3',
            )}
          >
            <Icon size={16} aria-hidden />
            {label}
            {target === 'changes' && marks.size > 0 && view !== 'changes' && (
              <span role="img" aria-label="Changes to look at" className="size-1.5 rounded-full bg-ember" />
            )}
          </button>
        ))}
      </nav>
    </>
  )
}
