'use client'

import { UnreadBadge } from '#chat/unread-badge.tsx'
import { useFileMarks } from '#files/use-file-marks.ts'
import { classNames } from '#ui/class-names.ts'
import { Code, FileDiff, Files, MessageSquare, MessagesSquare, Search } from 'lucide-react'
import type { ReactNode } from 'react'

export type NarrowView = 'files' | 'search' | 'changes' | 'threads' | 'people' | 'editor' | 'chat'

type NarrowPanelsProps = {
  view: NarrowView
  onView(view: NarrowView): void
  /** Files, search, changes, threads or people, as `view` says. */
  side: ReactNode
  center: ReactNode
  chat: ReactNode
}

const views = [
  { view: 'files', label: 'Files', Icon: Files },
  { view: 'search', label: 'Search', Icon: Search },
  { view: 'changes', label: 'Changes', Icon: FileDiff },
  { view: 'threads', label: 'Review', Icon: MessagesSquare },
  { view: 'editor', label: 'Code', Icon: Code },
  { view: 'chat', label: 'Chat', Icon: MessageSquare },
] as const

/** One panel at a time, with a switch below; the others stay as they are. */
export function NarrowPanels({ view, onView, side, center, chat }: NarrowPanelsProps) {
  const marks = useFileMarks()
  const panels = [
    { key: 'side', shown: view !== 'editor' && view !== 'chat', content: side },
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
      <nav aria-label="Panels" className="grid h-12 shrink-0 grid-cols-6 border-t border-line bg-bg-1">
        {views.map(({ view: target, label, Icon }) => (
          <button
            key={target}
            type="button"
            aria-current={target === view}
            onClick={() => onView(target)}
            className={classNames(
              'relative flex flex-col items-center justify-center text-[11px] leading-4 outline-offset-[-2px]',
              target === view ? 'font-medium text-text-1 shadow-[inset_0_1.5px_0_var(--text-1)]' : 'text-text-3',
            )}
          >
            <Icon size={16} aria-hidden />
            {label}
            {target === 'chat' && view !== 'chat' && (
              <span className="absolute top-2.5 left-1/2 ml-2 size-2">
                <UnreadBadge />
              </span>
            )}
            {target === 'changes' && marks.size > 0 && view !== 'changes' && (
              <span
                role="img"
                aria-label="Changes to look at"
                className="absolute top-2 left-1/2 ml-2.5 size-1.5 rounded-full bg-ember"
              />
            )}
          </button>
        ))}
      </nav>
    </>
  )
}
