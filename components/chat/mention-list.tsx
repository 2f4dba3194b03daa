'use client'

import { Avatar } from '#ui/avatar.tsx'
import type { MentionOption } from './mention-options.ts'

/** People and files to mention, above the composer. The composer keeps the focus and moves the choice. */
export function MentionList({
  options,
  chosen,
  onTake,
}: {
  options: MentionOption[]
  chosen: number
  onTake: (option: MentionOption) => void
}) {
  return (
    <div
      id="composer-mentions"
      role="listbox"
      aria-label="Mentions"
      className="absolute right-0 bottom-full left-0 z-10 mb-1.5 max-h-60 overflow-y-auto rounded-card border border-line-strong bg-bg-1 p-1 shadow-float"
    >
      {options.map((option, index) => (
        <div
          key={`${option.kind} ${option.id}`}
          id={`mention-${index}`}
          role="option"
          tabIndex={-1}
          aria-selected={index === chosen}
          onMouseDown={(event) => {
            event.preventDefault()
            onTake(option)
          }}
          className="flex h-7 cursor-pointer items-center gap-2 rounded-[5px] px-2 leading-7 hover:bg-bg-hover aria-selected:bg-bg-hover"
        >
          {option.kind === 'person' && <Avatar name={option.label} colour={option.colour} />}
          {option.kind === 'assistant' && <Avatar assistant />}
          <span className="max-w-[70%] shrink-0 truncate">{option.label}</span>
          <span className="min-w-0 truncate text-small text-text-3">{option.detail}</span>
        </div>
      ))}
    </div>
  )
}
