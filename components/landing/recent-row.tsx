'use client'

import type { RecentSession } from '#protocol/http.ts'
import { limits } from '#protocol/limits.ts'
import { InlineEdit } from '#ui/inline-edit.tsx'
import { Menu } from '#ui/menu.tsx'
import { Ellipsis, Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { relativeTime } from './relative-time.ts'

type RecentRowProps = { session: RecentSession; onRename(name: string): void; onDelete(): void }

const count = (amount: number, noun: string) => `${amount.toLocaleString('en')} ${noun}${amount === 1 ? '' : 's'}`

export function RecentRow({ session, onRename, onDelete }: RecentRowProps) {
  const [renaming, setRenaming] = useState(false)
  const [now] = useState(Date.now)

  if (renaming) {
    return (
      <li className="p-1.5">
        <InlineEdit
          label="Session name"
          value={session.name}
          maxLength={limits.nameLength}
          onEnd={(name) => {
            setRenaming(false)
            if (name) onRename(name)
          }}
        />
      </li>
    )
  }

  return (
    <li className="group relative flex items-center rounded-[5px] hover:bg-bg-hover">
      <a href={`/s/${session.sessionId}`} className="min-w-0 flex-1 rounded-[5px] py-1.5 pr-9 pl-2.5">
        <span className="block truncate font-medium">{session.name}</span>
        <span className="block truncate text-small text-text-3">
          {relativeTime(session.openedAt, now)} · {count(session.files, 'file')} · {count(session.turns, 'turn')}
        </span>
      </a>
      <Menu
        label={`Actions for ${session.name}`}
        entries={[
          { type: 'item', label: 'Rename', icon: <Pencil size={14} aria-hidden />, onSelect: () => setRenaming(true) },
          { type: 'item', label: 'Delete…', icon: <Trash2 size={14} aria-hidden />, danger: true, onSelect: onDelete },
        ]}
      >
        <button
          type="button"
          aria-label={`Rename or delete ${session.name}`}
          className="absolute right-1.5 grid size-7 place-items-center rounded-control text-text-3 hover:bg-bg-3 hover:text-text-1"
        >
          <Ellipsis size={15} aria-hidden />
        </button>
      </Menu>
    </li>
  )
}
