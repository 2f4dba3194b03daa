'use client'

import { ArrowDown, ArrowUp, Ellipsis, GripVertical, Pencil, X } from 'lucide-react'
import type { KeyboardEvent } from 'react'
import { useSession } from '#session/session-provider.tsx'
import type { TurnInfo } from '#session/session-state.ts'
import { IconButton } from '#ui/icon-button.tsx'
import { Menu, type MenuEntry } from '#ui/menu.tsx'
import { Avatar } from '#ui/avatar.tsx'
import { usePerson } from './use-person.ts'

type QueueRowProps = {
  turn: TurnInfo
  /** 0 runs next. */
  place: number
  count: number
  mayMove: boolean
  /** The turn that is being dragged, if one is. */
  dragged: string | undefined
  onDrag: (turnId: string | undefined) => void
  onDrop: () => void
  onMove: (place: number) => void
  onRemove: () => void
  /** Out of the queue and into the composer. */
  onTakeBack: () => void
}

/** One prompt that waits: who asked, and what can be done with it. Alt with an arrow key moves it. */
export function QueueRow({ turn, place, count, mayMove, dragged, ...on }: QueueRowProps) {
  const asker = usePerson(turn.askedBy)
  const owner = useSession(({ you }) => you?.role === 'owner')
  const mayRemove = asker.you || owner
  const entries: MenuEntry[] = [
    ...(mayMove && place > 0
      ? [
          { type: 'item', label: 'Run next', icon: <ArrowUp size={13} />, onSelect: () => on.onMove(0) } as const,
          { type: 'item', label: 'Move up', keys: 'Alt+↑', onSelect: () => on.onMove(place - 1) } as const,
        ]
      : []),
    ...(mayMove && place < count - 1
      ? [
          {
            type: 'item',
            label: 'Move down',
            keys: 'Alt+↓',
            icon: <ArrowDown size={13} />,
            onSelect: () => on.onMove(place + 1),
          } as const,
        ]
      : []),
    ...(asker.you
      ? [{ type: 'item', label: 'Take back and edit', icon: <Pencil size={13} />, onSelect: on.onTakeBack } as const]
      : []),
    ...(mayRemove
      ? [{ type: 'item', label: 'Remove', icon: <X size={13} />, danger: true, onSelect: on.onRemove } as const]
      : []),
  ]
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0
    if (!event.altKey || !mayMove || step === 0) return
    event.preventDefault()
    on.onMove(place + step)
  }
  const name = asker.you ? 'you' : asker.name
  const label = `Prompt ${place + 1} of ${count}, from ${name}`
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the menu and Alt with an arrow key do the same
    <li
      aria-label={`${label}: ${turn.prompt}`}
      draggable={mayMove}
      onDragStart={(event) => {
        event.dataTransfer.effectAllowed = 'move'
        event.dataTransfer.setData('text/plain', turn.prompt)
        on.onDrag(turn.turnId)
      }}
      onDragEnd={() => on.onDrag(undefined)}
      onDragOver={(event) => dragged !== undefined && event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        on.onDrop()
      }}
      className={`flex h-7 min-w-0 items-center gap-1.5 rounded-control hover:bg-bg-hover ${dragged === turn.turnId ? 'opacity-50' : ''}`}
    >
      {mayMove && <GripVertical size={12} aria-hidden className="shrink-0 cursor-grab text-text-3" />}
      <Avatar name={asker.name} colour={asker.colour} />
      <span className="max-w-24 shrink-0 truncate text-small text-text-3" title={asker.name}>
        {name}
      </span>
      <span className="min-w-0 flex-1 truncate" title={turn.prompt}>
        {turn.prompt}
      </span>
      {mayRemove && (
        <IconButton label={`Remove the prompt ${turn.prompt.slice(0, 40)}`} size="small" onClick={on.onRemove}>
          <X size={13} />
        </IconButton>
      )}
      {entries.length > 0 && (
        <Menu entries={entries} label={`Actions: ${label}`} side="top">
          <IconButton label={`Actions: ${label}`} size="small" onKeyDown={onKeyDown}>
            <Ellipsis size={14} />
          </IconButton>
        </Menu>
      )}
    </li>
  )
}
