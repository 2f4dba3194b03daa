'use client'

import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { permits } from '#protocol/roles.ts'
import { useSession } from '#session/session-provider.tsx'
import type { TurnInfo } from '#session/session-state.ts'
import { IconButton } from '#ui/icon-button.tsx'
import { Menu, type MenuEntry } from '#ui/menu.tsx'
import { RestoreDialog } from './restore-dialog.tsx'

/** What can be done with a turn that has ended, by its checkpoint. */
export function TurnMenu({ turn, onCompare }: { turn: TurnInfo; onCompare: ((turnId: string) => void) | undefined }) {
  const mayRestore = useSession(({ you }) => you !== null && permits(you.role, 'editor'))
  const [restoring, setRestoring] = useState(false)
  const entries: MenuEntry[] = [
    ...(onCompare === undefined
      ? []
      : [{ type: 'item', label: 'Compare files with before this turn', onSelect: () => onCompare(turn.turnId) } as const]),
    ...(mayRestore
      ? [{ type: 'item', label: 'Restore what was before this turn…', onSelect: () => setRestoring(true) } as const]
      : []),
  ]
  if (turn.status !== 'ended' || turn.hasCheckpoint !== true || entries.length === 0) return null
  return (
    <>
      <Menu entries={entries} label={`Actions for turn ${turn.number}`}>
        <IconButton label={`Actions for turn ${turn.number}`} size="small" className="-my-1">
          <Ellipsis size={14} />
        </IconButton>
      </Menu>
      <RestoreDialog turn={turn} open={restoring} onOpenChange={setRestoring} />
    </>
  )
}
